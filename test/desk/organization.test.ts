import { describe, expect, it, test } from "vitest";
import { organizationOf } from "../../src/desk/organization.ts";
import { partIn } from "../../src/desk/part-in.ts";
import type { EmailAddress, Organization } from "../../src/desk/types.ts";

const organization = (key: string, domains: string[], active = true): Organization => ({
  key,
  name: key,
  domains,
  tags: [],
  attributes: {},
  active,
});
const desk = {
  organizations: {
    fabrikam: organization("fabrikam", ["fabrikam.example"]),
    lab: organization("lab", ["lab.fabrikam.example"]),
    gone: organization("gone", ["gone.example"], false),
  },
};
const at = (text: string) => text as EmailAddress;

describe("organizationOf", () => {
  test.each([
    ["joe@fabrikam.example", "fabrikam"],
    ["joe@mail.fabrikam.example", "fabrikam"],
    ["joe@lab.fabrikam.example", "lab"],
    ["joe@x.lab.fabrikam.example", "lab"],
    ["joe@notfabrikam.example", null],
    ["joe@example", null],
    ["joe@gone.example", null],
  ])("by the domain: %s is of %s", (address, key) => {
    expect(organizationOf(desk, at(address), null)).toBe(key);
  });

  it("goes by the person's own setting first, as long as the desk knows it", () => {
    expect(organizationOf(desk, at("joe@gmail.com"), "fabrikam")).toBe("fabrikam");
    expect(organizationOf(desk, at("joe@fabrikam.example"), "lab")).toBe("lab");
    expect(organizationOf(desk, at("joe@fabrikam.example"), "none")).toBeNull();
    for (const forgotten of ["gone", "never"])
      expect(organizationOf(desk, at("joe@fabrikam.example"), forgotten)).toBe("fabrikam");
  });
});

describe("partIn", () => {
  const maria = { name: "Maria", address: at("maria@home.example") };
  const oliver = { name: "Oliver", address: at("oliver@home.example") };
  const ticket = { customer: maria, participants: [oliver] };

  it("is by any address of the person, the customer before the participant", () => {
    expect(partIn(ticket, ["maria@work.example", maria.address])).toBe("customer");
    expect(partIn(ticket, [oliver.address, "o@x.example"])).toBe("participant");
    expect(partIn(ticket, [oliver.address, maria.address])).toBe("customer");
    expect(partIn(ticket, ["zoe@else.example"])).toBeUndefined();
  });
});

import { expect, it } from "vitest";
import { PERMISSIONS, may, rolesFor } from "../../src/desk/permission.ts";
import type { Permission } from "../../src/desk/permission.ts";
import { ROLES } from "../../src/desk/types.ts";

it("keeps from a trainee what asks for experience", () => {
  expect(may("trainee", "reply")).toBe(true);
  expect(may("trainee", "assign")).toBe(false);
  expect(may("trainee", "department")).toBe(false);
  expect(may("agent", "assign")).toBe(true);
  expect(rolesFor("now")).toBe("agent, lead, admin");
});

it("never takes a right away from a higher role", () => {
  for (const permission of Object.keys(PERMISSIONS) as Permission[]) {
    const rights = ROLES.map((role) => may(role, permission));
    expect(rights).toEqual(rights.toSorted((a, b) => Number(a) - Number(b)));
    expect(may("admin", permission)).toBe(true);
  }
});

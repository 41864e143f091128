import { describe, expect, test } from "vitest";
import { parseAddressList, readAddressList } from "../../src/mail/address-list.ts";
import { canonicalAddress, isFreemail, isNoReply, sameOrganizationDomain, stripPlus } from "../../src/mail/address.ts";
import type { EmailAddress } from "../../src/mail/types.ts";

const address = (text: string): EmailAddress => text as EmailAddress;

describe("canonicalAddress", () => {
  test.each([
    ["Maria.Santos@Home.Example", "maria.santos@home.example"],
    [" <maria@home.example> ", "maria@home.example"],
    ['"maria.santos"@home.example', "maria.santos@home.example"],
    ['"maria@work"@home.example', '"maria@work"@home.example'],
    ["maria@münchen.example", "maria@xn--mnchen-3ya.example"],
    ["maria@XN--MNCHEN-3YA.example.", "maria@xn--mnchen-3ya.example"],
    ["maria@localhost", "maria@localhost"],
    ["maria@[192.0.2.1]", "maria@[192.0.2.1]"],
    ["a..b@mobile.example", "a..b@mobile.example"],
  ])("%s is %s", (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
  });

  test.each([
    "", "maria", "@home.example", "maria@", "maria santos@home.example", "maria@home.example\r\nBcc: eve@evil.example",
    "maria@home.example,eve@evil.example", '"a b"@home.example', "maria@ex%61mple.com", "maria@1.2", "maria@home..example",
    "maria@-home.example", "maria\u0000@home.example", "maria@home.example>", `${"a".repeat(250)}@home.example`,
  ])("%j is refused", (text) => {
    expect(canonicalAddress(text)).toBeUndefined();
  });
});

describe("parseAddressList", () => {
  test.each<[string, string[]]>([
    ["maria@home.example", [" maria@home.example"]],
    ['"Santos, Maria" <maria@home.example>, tom@fabrikam.example (Tom Baker)', ["Santos, Maria maria@home.example", "Tom Baker tom@fabrikam.example"]],
    ["=?utf-8?q?Jos=C3=A9_M=C3=BCller?= <jose@home.example>", ["José Müller jose@home.example"]],
    ["Team: ann@nw.example, Dev <dev@nw.example>; , maria@home.example", [" ann@nw.example", "Dev dev@nw.example", " maria@home.example"]],
    ["undisclosed-recipients:;", []],
    ["<@relay.example,@b.example:maria@home.example>", [" maria@home.example"]],
    ["<@relay.example:maria@home.example>", [" maria@home.example"]],
    ["maria . santos @ home . example", [" maria.santos@home.example"]],
    ['"Maria <maria@home.example>', ['"Maria maria@home.example']],
    ["Maria (a (nested) comment) <maria@home.example>", ["Maria maria@home.example"]],
    ['"john doe"@home.example', []],
    ["nobody at all, maria@home.example", [" maria@home.example"]],
    ['"eve@evil.example" <maria@home.example>', ["eve@evil.example maria@home.example"]],
  ])("%s", (value, expected) => {
    expect(parseAddressList(value).map(({ name, address: found }) => `${name} ${found}`)).toEqual(expected);
  });

  test("what a careful reader must know is told", () => {
    expect(readAddressList("A: a@x.example;")).toMatchObject({ group: true, doubtful: false });
    expect(readAddressList("Maria <a@x.example> <b@x.example>")).toMatchObject({ doubtful: true });
    expect(readAddressList("=?utf-8?q?Maria_=3Ca=40x.example=3E?=")).toMatchObject({ doubtful: true });
    expect(readAddressList("Maria <a@x.example>")).toEqual({ addresses: [{ name: "Maria", address: "a@x.example" }], group: false, doubtful: false });
  });

  test("a very long list is cut", () => {
    const list = readAddressList(Array.from({ length: 3000 }, (_, i) => `a${i}@x.example`).join(","));
    expect(list.addresses).toHaveLength(500);
    expect(list.doubtful).toBe(true);
  });
});

test("stripPlus keeps everything but the tag", () => {
  expect(stripPlus(address("support+a17-x@nw.example"))).toBe("support@nw.example");
  expect(stripPlus(address("+odd@nw.example"))).toBe("+odd@nw.example");
});

test("no-reply addresses", () => {
  const mute = ["no-reply", "noreply", "do_not_reply", "orders-noreply", "noreply+1", "nicht-antworten", "nepasrepondre", "donotreply2"];
  const read = ["maria", "reply", "snoreply", "noreplace", "norbert.reply"];
  const says = (local: string): boolean => isNoReply(address(`${local}@shop.example`));
  expect(mute.filter((local) => !says(local))).toEqual([]);
  expect(read.filter(says)).toEqual([]);
});

test("an organization is a domain with its subdomains, never a freemail domain or a registry's suffix", () => {
  expect(sameOrganizationDomain(address("a@fabrikam.example"), address("b@fabrikam.example"))).toBe(true);
  expect(sameOrganizationDomain(address("a@mail.fabrikam.example"), address("b@fabrikam.example"))).toBe(true);
  expect(sameOrganizationDomain(address("a@notfabrikam.example"), address("b@fabrikam.example"))).toBe(false);
  expect(sameOrganizationDomain(address("a@gmail.com"), address("b@gmail.com"))).toBe(false);
  expect(sameOrganizationDomain(address("a@one.co.uk"), address("b@co.uk"))).toBe(false);
  expect(isFreemail("GMX.de")).toBe(true);
  expect(isFreemail("fabrikam.example")).toBe(false);
});

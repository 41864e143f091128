import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddresses } from "../../src/sandbox/address-header.ts";
import { type Arrival, authenticationResults, withoutForgedResults } from "../../src/sandbox/trace.ts";
import { AUTHSERV } from "./fixture.ts";

const ANN_SESSION: Arrival = {
  authservId: AUTHSERV,
  from: "ann@desk.example",
  authenticatedAs: "ann@desk.example",
  helo: "home",
  queueId: "q1",
  at: 0,
};
const isKnown = (address: string): boolean => address.endsWith("@desk.example");
const dmarcOf = (head: string): string | undefined => {
  return /dmarc=(\w+)/.exec(authenticationResults(Buffer.from(head), ANN_SESSION, isKnown))?.[1];
};

describe("line ends that parsers disagree about", () => {
  it.each(["\r", "\n", "\r\n"])("%j cannot hide a second From", (end) => {
    expect(dmarcOf(`From: ann@desk.example${end}From: support@desk.example\r\n\r\n`)).toBe("fail");
    expect(dmarcOf(`Subject: x${end}From: ann@desk.example\r\n\r\n`)).toBe("pass");
  });

  it.each(["\r", "\n", "\r\n"])("%j cannot hide a forged result", (end) => {
    const raw = `Subject: x${end}Authentication-Results: ${AUTHSERV}; dmarc=pass${end}To: y\r\n\r\nbody`;
    expect(withoutForgedResults(Buffer.from(raw), AUTHSERV).toString()).toBe(`Subject: x${end}To: y\r\n\r\nbody`);
  });

  it("an empty line made of two lone CRs does not end the header", () => {
    const raw = `Subject: x\r\rAuthentication-Results: ${AUTHSERV}; dmarc=pass\r\n\r\n`;
    expect(withoutForgedResults(Buffer.from(raw), AUTHSERV).toString()).toBe("Subject: x\r\r\r\n");
  });
});

it("a body that looks like a header is left alone, as are other servers' results", () => {
  const raw = Buffer.from(
    `Authentication-Results: mx.other.example; dmarc=pass\r\n\r\nAuthentication-Results: ${AUTHSERV}; x\r\n`,
  );
  expect(withoutForgedResults(raw, AUTHSERV)).toBe(raw);
});

describe("addresses", () => {
  it.each([
    ["maria@home.example", "|maria|home.example"],
    ["Maria Santos <maria@home.example>", "Maria Santos|maria|home.example"],
    ['"Santos, \\"M\\"" <maria@home.example> (at (home))', 'Santos, "M"|maria|home.example'],
    ['"a b"@home.example', "|a b|home.example"],
    ["Team: a@x.example, b@x.example;", "|a|x.example;|b|x.example"],
    ["undisclosed-recipients:;", ""],
    ["maria@[192.0.2.1]", "|maria|[192.0.2.1]"],
  ])("reads %s", (value, expected) => {
    const { addresses, malformed } = parseAddresses(value);
    expect(malformed).toBe(false);
    expect(addresses.map(({ name, local, domain }) => `${name}|${local}|${domain}`).join(";")).toBe(expected);
  });

  it("never throws, and needs no time for a megabyte of brackets, quotes or comments", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (value) => parseAddresses(value) !== undefined));
    const start = performance.now();
    for (const mark of ["<", '"', "(", "<(", "a@", ","]) parseAddresses(mark.repeat(1_000_000 / mark.length));
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

it("a message of any bytes gets a verdict and keeps its body", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const raw = Buffer.from(bytes);
      expect(authenticationResults(raw, ANN_SESSION, isKnown)).toMatch(/; dmarc=(pass|fail|none)/);
      expect(withoutForgedResults(raw, AUTHSERV)).toEqual(raw);
    }),
  );
});

/** Our own check of signatures, with keys of our own and a resolver that answers from a table. */
import { generateKeyPairSync } from "node:crypto";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import type { DKIMSignOptions } from "mailauth";
import { expect, test } from "vitest";
import type { Resolver } from "../../src/mail/context.ts";
import { parse } from "../../src/mail/parse.ts";
import type { Authentication } from "../../src/mail/types.ts";
import { ARRIVED_AT, CONTEXT } from "./context.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = publicKey.export({ type: "spki", format: "der" }).toString("base64");
const DAY = 24 * 3600_000;

const MAIL = [
  "From: Dev Rao <dev@fabrikam.example>",
  "To: support+a17-token@nw.example",
  "Subject: Re: [NW-48201] Cannot log in",
  "Date: Mon, 23 Nov 2026 10:04:00 +0100",
  "Message-ID: <d1@fabrikam.example>",
  "Content-Type: text/plain; charset=utf-8",
  "",
  "#close",
  "Done.",
  "",
].join("\r\n");

const records: Record<string, string> = {
  "k1._domainkey.fabrikam.example": `v=DKIM1; k=rsa; p=${key}`,
  "k1._domainkey.mail.fabrikam.example": `v=DKIM1; k=rsa; p=${key}`,
  "k1._domainkey.evil.example": `v=DKIM1; k=rsa; p=${key}`,
  "testing._domainkey.fabrikam.example": `v=DKIM1; k=rsa; t=y; p=${key}`,
};

const resolver: Resolver = (name, rrtype) => {
  const record = rrtype === "TXT" ? records[name] : undefined;
  if (record) return Promise.resolve([[record]]);
  return Promise.reject(Object.assign(new Error(`no ${rrtype} of ${name}`), { code: "ENOTFOUND" }));
};

async function signed(options: Partial<DKIMSignOptions> = {}, mail = MAIL): Promise<string> {
  // All of it goes into signatureData: outside it, mailauth 7.1 signs nothing and reports no error.
  const signature = {
    signingDomain: "fabrikam.example",
    selector: "k1",
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }),
    headerList: ["From", "To", "Subject", "Date", "Message-ID"],
    expires: new Date(ARRIVED_AT + 30 * DAY),
    ...options,
  };
  const { signatures, errors } = await dkimSign(mail, {
    ...signature,
    signTime: new Date(ARRIVED_AT - 60_000),
    signatureData: [signature],
  });
  expect(errors).toEqual([]);
  expect(signatures).toMatch(/^DKIM-Signature:/);
  return signatures + mail;
}

async function check(mail: string, arrivedAt = ARRIVED_AT): Promise<Authentication> {
  return (await parse(Buffer.from(mail), { ...CONTEXT, mx: undefined, resolver, arrivedAt })).auth;
}

test("a signature over everything passes, by dkim", async () => {
  expect(await check(await signed())).toEqual({ result: "pass", by: "dkim", dmarc: "none", detail: "dkim=pass d=fabrikam.example" });
});

test("a subdomain of the organization is aligned (relaxed)", async () => {
  expect((await check(await signed({ signingDomain: "mail.fabrikam.example" }))).result).toBe("pass");
});

test.each([
  ["an altered body", (mail: string) => mail.replace("Done.", "Done. Refund 5000.")],
  ["an altered subject", (mail: string) => mail.replace("48201", "48202")],
  ["an altered recipient", (mail: string) => mail.replace("a17-token", "a18-token")],
  ["an added second Subject", (mail: string) => `Subject: Re: [NW-1] Other\r\n${mail}`],
  ["an added second Content-Type", (mail: string) => `Content-Type: text/html\r\n${mail}`],
  ["an added second From", (mail: string) => `From: Boss <boss@fabrikam.example>\r\n${mail}`],
  ["a signature taken off", (mail: string) => mail.slice(mail.indexOf("From: Dev"))],
])("%s does not pass", async (_name, alter) => {
  const auth = await check(alter(await signed()));
  expect(auth.result).not.toBe("pass");
  expect(auth.by).toBe("nobody");
});

test.each<[string, Partial<DKIMSignOptions>, RegExp]>([
  ["l= leaves room to append", { maxBodyLength: 8 }, /l= leaves part of the body unsigned/],
  ["another domain's signature", { signingDomain: "evil.example" }, /not aligned/],
  ["a key that is not there", { selector: "nowhere" }, /no key|temperror|neutral|ENOTFOUND/i],
  ["a signer that is testing", { selector: "testing" }, /testing/],
  ["an expired signature", { expires: new Date(ARRIVED_AT - 1000) }, /expired/],
])("%s does not pass", async (_name, options, why) => {
  const auth = await check(await signed(options));
  expect(auth.result).toBe("none");
  expect(auth.detail).toMatch(why);
});

test.each(["To", "Subject", "Date", "Message-ID"])("%s must be signed", async (name) => {
  const headerList = ["From", "To", "Subject", "Date", "Message-ID"].filter((header) => header !== name);
  const auth = await check(await signed({ headerList }));
  expect(auth.result).toBe("none");
  expect(auth.detail).toContain(`${name.toLowerCase()} is not signed`);
});

test("a signature that does not name From does not pass", async () => {
  const mail = await signed();
  const without = mail.replace(/(?<=[ ;]h=)([^;]*)/, (list) => list.replace(/:?\s*From/, ""));
  expect(without).not.toBe(mail);
  expect((await check(without)).result).toBe("none");
});

test("a message without Message-ID does not pass, though its signature is good", async () => {
  const auth = await check(await signed({}, MAIL.replace(/^Message-ID.*\r\n/m, "")));
  expect(auth).toMatchObject({ result: "none", detail: expect.stringMatching(/message-id is not signed/) as string });
});

test("a Date more than a week from the arrival does not pass, either way", async () => {
  const mail = await signed();
  expect((await check(mail, ARRIVED_AT + 6 * DAY)).result).toBe("pass");
  expect((await check(mail, ARRIVED_AT + 8 * DAY)).detail).toMatch(/more than a week/);
  expect((await check(mail, ARRIVED_AT - 8 * DAY)).detail).toMatch(/more than a week/);
});

test("a resolver that fails is no pass and no exception", async () => {
  const broken: Resolver = () => Promise.reject(new Error("the network is down"));
  const { auth } = await parse(Buffer.from(await signed()), { ...CONTEXT, mx: undefined, resolver: broken });
  expect(auth.result).toBe("none");
});

test("the trusted server's dmarc=fail outweighs a good signature", async () => {
  const received = "Received: from a.example by mx.nw.example with ESMTP; Mon, 23 Nov 2026 10:04:01 +0100\r\n";
  const results = "Authentication-Results: mx.nw.example; dmarc=fail header.from=fabrikam.example\r\n";
  const { auth } = await parse(Buffer.from(results + received + (await signed())), { ...CONTEXT, resolver });
  expect(auth).toMatchObject({ result: "fail", by: "authserv", dmarc: "fail" });
});

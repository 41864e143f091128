/** The signing keys of the agents' domain and of the forger's, with a resolver that answers from a table. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import type { DKIMSignOptions } from "mailauth";
import type { Resolver } from "../../src/mail/context.ts";
import { NOW } from "../desk/proof-world.ts";

export const DOMAIN = "nw.example";
export const EVIL = "evil.example";
export const DATE = "Mon, 23 Nov 2026 10:00:00 +0000";
export const DAY = 24 * 3600_000;

const keys = {
  agents: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  evil: generateKeyPairSync("rsa", { modulusLength: 2048 }),
};
const record = (key: KeyObject, flags = "") =>
  `v=DKIM1; k=rsa; ${flags}p=${key.export({ type: "spki", format: "der" }).toString("base64")}`;
const RECORDS: Record<string, string> = {
  [`k1._domainkey.${DOMAIN}`]: record(keys.agents.publicKey),
  [`testing._domainkey.${DOMAIN}`]: record(keys.agents.publicKey, "t=y; "),
  [`k1._domainkey.${EVIL}`]: record(keys.evil.publicKey),
};
export const resolver: Resolver = (name, rrtype) => {
  const found = rrtype === "TXT" ? RECORDS[name] : undefined;
  if (found) return Promise.resolve([[found]]);
  return Promise.reject(Object.assign(new Error(`no ${rrtype} of ${name}`), { code: "ENOTFOUND" }));
};

export const SIGNED = ["From", "To", "Subject", "Date", "Message-ID"];

/** The mail with a signature above it, of the agents' domain and over everything, unless said otherwise. */
export async function sign(
  mail: string,
  options: Partial<DKIMSignOptions> & { evil?: true; at?: number } = {},
): Promise<string> {
  const { evil, at = NOW - 60_000, ...more } = options;
  const signature = {
    signingDomain: evil ? EVIL : DOMAIN,
    selector: "k1",
    privateKey: (evil ? keys.evil : keys.agents).privateKey.export({ type: "pkcs8", format: "pem" }),
    headerList: SIGNED,
    expires: new Date(NOW + 30 * DAY),
    ...more,
  };
  const { signatures, errors } = await dkimSign(mail, {
    ...signature,
    signTime: new Date(at),
    signatureData: [signature],
  });
  if (errors.length > 0) throw new Error(String(errors[0]?.err));
  return signatures + mail;
}

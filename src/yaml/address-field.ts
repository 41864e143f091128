/** Addresses as scalars of a file: canonical, because they are compared with canonical ones. */
import { canonicalAddress, canonicalDomain } from "../mail/address.ts";
import { scalar } from "./fields.ts";

/** One bare address in its canonical form. */
export const address = (example: string) =>
  scalar("an email address", `one address, e.g. ${example}`, (input) =>
    /[<>]/.test(input) ? undefined : canonicalAddress(input),
  );

/** `example.com`, in ASCII and lower case. */
export const domain = () =>
  scalar("a domain", "a domain, e.g. example.com", (input) =>
    input.includes(".") ? canonicalDomain(input.trim().replace(/^@/, "")) : undefined,
  );

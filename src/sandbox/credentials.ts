/** Who may log in to the sandbox, by IMAP and by SMTP. Nothing of this is kept on disk. */
import type { MailStore } from "./mail-store.ts";

export type PersonOptions = {
  readonly address: string;
  readonly name: string;
  readonly password: string;
  /** Access tokens that XOAUTH2 and OAUTHBEARER take in place of the password. */
  readonly tokens?: readonly string[];
};

/** The password of everybody whose mailbox was made by the first message to it. */
export const CATCH_ALL_PASSWORD = "postern";

/** Each returns the address that has proven itself, in lower case, or undefined. */
export type Credentials = {
  readonly byPassword: (address: string, password: string) => string | undefined;
  readonly byToken: (address: string, token: string) => string | undefined;
  /** True for the addresses whose mail nobody else may write: those of `people`. */
  readonly isKnown: (address: string) => boolean;
};

export function credentialsOf(people: readonly PersonOptions[], store: MailStore, catchAll: boolean): Credentials {
  const known = new Map(people.map((person) => [person.address.toLowerCase(), person]));
  const passwordOf = (address: string): string | undefined => {
    const caught = catchAll && store.people.has(address) ? CATCH_ALL_PASSWORD : undefined;
    return known.get(address)?.password ?? caught;
  };
  return {
    byPassword: (name, password) => {
      const address = name.toLowerCase();
      return passwordOf(address) === password ? address : undefined;
    },
    byToken: (name, token) => {
      const address = name.toLowerCase();
      return known.get(address)?.tokens?.includes(token) ? address : undefined;
    },
    isKnown: (address) => known.has(address.toLowerCase()),
  };
}

/** What a command of the IMAP server is made of; the commands themselves are in the files beside this one. */
import type { Token } from "./imap-parse.ts";
import type { ImapSession } from "./imap-session.ts";

export type Invocation = { readonly name: string; readonly byUid: boolean };

/** The tagged answer without its tag: `OK done`, `NO [TRYCREATE] no such mailbox`. Undefined when there is none. */
export type Reply = string | undefined;

export type Command = {
  /** The state of the connection that the command needs (RFC 9051 section 3). */
  readonly state: "any" | "authenticated" | "selected";
  /** The capability without which the command does not exist. */
  readonly capability?: string;
  /** True when the command can be prefixed with UID. */
  readonly takesUid?: true;
  readonly run: (session: ImapSession, args: readonly Token[], invocation: Invocation) => Reply | Promise<Reply>;
};

export type CommandTable = Readonly<Record<string, Command>>;

export const NO_SUCH_MAILBOX = "NO [NONEXISTENT] no such mailbox";
export const TRY_CREATE = "NO [TRYCREATE] no such mailbox";
export const READ_ONLY = "NO [READ-ONLY] the mailbox was opened with EXAMINE";

/** The configuration of one installation, read and checked. Paths are absolute, durations milliseconds, sizes bytes. */
import type { EmailAddress } from "../mail/types.ts";

/** `implicit` = TLS from the first byte (993, 465); `starttls` = upgraded, and refused if it cannot be; `none` = plaintext. */
export type Tls = "implicit" | "starttls" | "none";

/** A PEM file with the certificate authority that signed the server's certificate. */
export type CaFile = { readonly file: string; readonly pem: string };

/** What happens on the server to a message that is stored. */
export type After = "seen" | "leave" | "delete" | { readonly move: string };

export type MailboxConfig = {
  /** Its key in the file; the `mailbox` of every message read from it. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: Tls;
  readonly ca?: CaFile;
  readonly user: string;
  /** Exactly one of password and accessToken is set. */
  readonly password?: string;
  readonly accessToken?: string;
  readonly folder: string;
  readonly after: After;
  readonly pollMs: number;
  /** A larger message stays on the server and is listed. */
  readonly maxBytes: number;
  /** Whether `local+anything@` reaches this mailbox; tokens then travel in Reply-To. */
  readonly plusAddressing: boolean;
  readonly address?: EmailAddress;
  /** Messages fetched and committed together. */
  readonly batch: number;
};

export type SmtpConfig = {
  readonly host: string;
  readonly port: number;
  readonly tls: Tls;
  readonly ca?: CaFile;
  /** Undefined = no authentication; then neither password nor accessToken is set. */
  readonly user?: string;
  readonly password?: string;
  readonly accessToken?: string;
  readonly connections: number;
  /** The name said in EHLO; undefined = this machine's. */
  readonly ehloName?: string;
  readonly timeouts: { readonly connectMs: number; readonly greetingMs: number; readonly replyMs: number };
};

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How sure we must be that an agent sent a command: challenge without proof, hold without proof, or the token suffices. */
export type AgentProof = "confirm" | "strict" | "token";

export type Config = {
  /** The file it came from; null when it was made in code. */
  readonly file: string | null;
  readonly dataDir: string;
  /** `sqlite:/absolute/path` or `postgres://…`. */
  readonly database: string;
  /** `embedded`, `redis://…`, `rediss://…` or `postgres://…`. */
  readonly queue: string;
  readonly keyFile: string;
  /** A folder of mail templates that take the place of ours, null = ours alone. */
  readonly templates: string | null;
  /** In which customers are written to, by the language of their message; the first is for everybody else. */
  readonly languages: readonly string[];
  readonly mailboxes: Readonly<Record<string, MailboxConfig>>;
  readonly smtp: SmtpConfig;
  /** Null = no web server. `url` is how people reach it, without a slash at its end; undefined = they do not. */
  readonly web: { readonly host: string; readonly port: number; readonly url?: string } | null;
  /** The one server whose Authentication-Results are believed (RFC 8601 section 2.2). */
  readonly trustedAuthservId?: string;
  /** The `by` name of our own MX in its Received line. */
  readonly mxHost?: string;
  /** Whether DKIM signatures are checked here, with DNS. */
  readonly dkim: boolean;
  readonly policies: { readonly agentProof: AgentProof };
  readonly leaseTtlMs: number;
  readonly sweepMs: number;
  /** How often is looked for what is due because time has passed. */
  readonly clockMs: number;
  readonly log: { readonly level: LogLevel; readonly format: "pretty" | "json" };
  readonly parser: {
    readonly threads: number;
    readonly memoryBytes: number;
    readonly timeMs: number;
    /** For 8-bit text that states no charset and is no UTF-8. */
    readonly legacyCharset: string;
  };
  readonly workers: { readonly route: number; readonly deliver: number };
};

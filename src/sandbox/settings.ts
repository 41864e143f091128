/**
 * The sandbox's fixed facts: where its files are, who lives in its mail world, and the configuration of the gateway in
 * it. It is an ordinary configuration: nothing in the gateway knows that it runs in a sandbox.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { configFromObject } from "../config.ts";
import type { Config } from "../config/types.ts";
import { formatError } from "../yaml/problem.ts";
import { CATCH_ALL_PASSWORD, type PersonOptions } from "./credentials.ts";

/** Everybody's password: the world is on loopback, and one who was written to first gets it as well. */
export const PASSWORD = CATCH_ALL_PASSWORD;

/** The name of the world's mail server in Authentication-Results, which the gateway trusts. */
export const AUTHSERV_ID = "mail.nw.example";

export const HOST = "127.0.0.1";

/** Asked for first, so that a mail client set up once keeps working; another one is taken when somebody has them. */
export const PREFERRED_PORTS: Ports = { imapPort: 11_143, smtpPort: 11_025 };

export type Ports = { readonly imapPort: number; readonly smtpPort: number };

const person = (address: string, name: string): PersonOptions => ({ address, name, password: PASSWORD });

/** The mailboxes that the gateway reads, by their name in the configuration. */
export const DESK_MAILBOXES = { support: "support@nw.example", it: "it@nw.example" } as const;

/** People by the name that the command line knows them by. */
export const PEOPLE = {
  maria: person("maria@fabrikam.example", "Maria Santos"),
  dev: person("dev@nw.example", "Dev Patel"),
  ann: person("ann@nw.example", "Ann Lee"),
  ben: person("ben@nw.example", "Ben Ortiz"),
} as const;

/** A stranger: the world knows nothing of her, so that she proves nothing. */
export const MALLORY: PersonOptions = person("mallory@elsewhere.example", "Mallory");

/** Everybody whose mail nobody else may write. */
export const RESIDENTS: readonly PersonOptions[] = [
  ...Object.values(PEOPLE),
  person(DESK_MAILBOXES.support, "Northwind Support"),
  person(DESK_MAILBOXES.it, "Northwind IT"),
];

export type Place = {
  readonly dir: string;
  /** Journal and messages of the mail world. */
  readonly mailDir: string;
  /** Says which process runs here and where it listens. */
  readonly runningFile: string;
  /** The same configuration as a file, for the other commands of `postern`. */
  readonly configFile: string;
  readonly logFile: string;
  readonly database: string;
};

/** The sandbox of a working directory. Nothing is created. */
export function placeIn(workingDir: string): Place {
  const dir = join(workingDir, ".postern", "sandbox");
  return {
    dir,
    mailDir: join(dir, "mail"),
    runningFile: join(dir, "running.json"),
    configFile: join(dir, "postern.yaml"),
    logFile: join(dir, "gateway.log"),
    database: `sqlite:${join(dir, "postern.db")}`,
  };
}

/** The gateway's configuration for a world on these ports, also written to `place.configFile`. */
export function sandboxConfig(place: Place, ports: Ports): Config {
  const file = configuration(ports);
  const result = configFromObject(file, { baseDir: place.dir });
  if (!result.ok) throw new Error(result.errors.map(formatError).join("\n"));
  mkdirSync(place.dir, { recursive: true });
  const head = "# Written anew by every start of the sandbox.\n";
  writeFileSync(place.configFile, head + stringify(file));
  return result.config;
}

function configuration({ imapPort, smtpPort }: Ports) {
  const mailbox = (user: string) => ({ host: HOST, port: imapPort, tls: "none", user, password: PASSWORD });
  return {
    data_dir: ".",
    mailboxes: { support: mailbox(DESK_MAILBOXES.support), it: mailbox(DESK_MAILBOXES.it) },
    smtp: { host: HOST, port: smtpPort, tls: "none", user: DESK_MAILBOXES.support, password: PASSWORD },
    web: "off",
    trusted_authserv_id: AUTHSERV_ID,
    mx_host: AUTHSERV_ID,
    // The world's own verdict is the proof here, and a DNS look-up would leave this machine.
    dkim: false,
    // Short, so that a start after a crash does not wait long for the leases of the dead process.
    lease_ttl: "3s",
    sweep: "2s",
  };
}

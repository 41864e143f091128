/** Which servers this machine can run, and which packages bring those that it cannot. */
import { execFileSync } from "node:child_process";
import { accessSync, constants, readdirSync } from "node:fs";
import { join } from "node:path";

/** Debian's package names; other systems have the same programs under similar names. */
export const NEEDS = {
  dovecot: { install: "dovecot-imapd dovecot-lmtpd", present: () => hasDovecot() },
  redis: { install: "redis-server", present: () => findBinary("redis-server") !== undefined },
  postgres: { install: "postgresql", present: () => postgresBinary("postgres") !== undefined },
  chromium: { install: "chromium", present: () => chromium() !== undefined },
} as const;

export type Need = keyof typeof NEEDS;

/** Those of `needs` that this machine lacks. */
export const missing = (needs: readonly Need[]): Need[] => needs.filter((need) => !NEEDS[need].present());

/** Where servers live that are not on the PATH of an ordinary user. */
const SERVER_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/opt/homebrew/sbin", "/opt/homebrew/bin"];

/** The path of a program, or undefined. */
export function findBinary(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(":").filter(Boolean), ...SERVER_FOLDERS];
  return folders.map((folder) => join(folder, name)).find(executable);
}

/** A program of PostgreSQL. Debian keeps a folder for each version: the newest that has both programs wins. */
export function postgresBinary(name: "postgres" | "initdb"): string | undefined {
  const folders = versionsOf("/usr/lib/postgresql").map((version) => join("/usr/lib/postgresql", version, "bin"));
  const complete = folders.find((folder) => executable(join(folder, "initdb")) && executable(join(folder, "postgres")));
  return complete ? join(complete, name) : findBinary(name);
}

/** Chromium or Chrome, or undefined. */
export const chromium = (): string | undefined =>
  ["chromium", "chromium-browser", "google-chrome"].map(findBinary).find((path) => path !== undefined);

/** The configuration of 2.4 is another language than the one of 2.3, which this harness speaks. */
function hasDovecot(): boolean {
  const dovecot = findBinary("dovecot");
  if (!dovecot || !findBinary("doveadm")) return false;
  const folders = ["/usr/lib/dovecot", "/usr/libexec/dovecot", "/usr/local/libexec/dovecot"];
  const parts = folders.some((folder) => executable(join(folder, "imap")) && executable(join(folder, "lmtp")));
  return parts && execFileSync(dovecot, ["--version"], { encoding: "utf8" }).startsWith("2.3.");
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Version folders, newest first: 17, 15, 9.6. */
function versionsOf(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted((a, b) => Number(b) - Number(a));
  } catch {
    return [];
  }
}

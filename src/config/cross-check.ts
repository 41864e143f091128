/** Mistakes that lie between keys of postern.yaml. They look at the plain values, so they are found beside mistakes of single keys. */
import type { Problem } from "../yaml/problem.ts";
import type { Plain } from "../yaml/source.ts";
import { tlsFor } from "./schema.ts";
import type { Tls } from "./types.ts";

type Keys = { [key: string]: Plain };
const mapOf = (value: Plain): Keys => (typeof value === "object" && !Array.isArray(value) ? value : {});
const textOf = (value: Plain): string | undefined => (typeof value === "string" ? value : undefined);

/** Every mistake that needs more than one key to be seen. */
export function crossCheck(file: Plain): Problem[] {
  const root = mapOf(file);
  const mailboxes = Object.entries(mapOf(root["mailboxes"]));
  const none: Problem[] =
    "mailboxes" in root && typeof root["mailboxes"] === "object" && mailboxes.length === 0
      ? [{ path: ["mailboxes"], message: "holds no mailbox. Write at least one." }]
      : [];
  return [
    ...none,
    ...mailboxes.flatMap(([name, mailbox]) => [
      ...serverProblems(mapOf(mailbox), ["mailboxes", name], true),
      ...moveProblems(mapOf(mailbox), name),
    ]),
    ...twins(mailboxes),
    ...serverProblems(mapOf(root["smtp"]), ["smtp"], false),
  ];
}

function serverProblems(server: Keys, path: string[], needsLogin: boolean): Problem[] {
  const found: Problem[] = [];
  if (Object.keys(server).length === 0) return found;
  const host = textOf(server["host"]);
  const insecure = /^(true|yes|on)$/i.test(textOf(server["insecure"]) ?? "");
  const tls = tlsFor(Number(textOf(server["port"])), textOf(server["tls"]) as Tls | undefined);
  if (tls === "none" && host !== undefined && !isLoopback(host) && !insecure) {
    found.push({
      path: [...path, "tls"],
      message: `none sends passwords and mail to ${host} readable by anyone on the way. Write implicit or starttls; if the network is private, add insecure: true.`,
    });
  }
  const secrets = ["password", "access_token"].filter((key) => server[key] !== undefined);
  if (secrets.length === 2)
    found.push({
      path: [...path, "access_token"],
      at: "key",
      message: "stands beside a password. Keep one of the two.",
    });
  if (needsLogin && secrets.length === 0)
    found.push({
      path: [...path, "password"],
      message: "is missing. Write password: ${NAME} or file:PATH, or an access_token.",
    });
  if (!needsLogin && secrets.length === 1 && server["user"] === undefined)
    found.push({
      path: [...path, "user"],
      message: `is missing, and there is a ${secrets[0]}. Write the user name that belongs to it.`,
    });
  if (!needsLogin && secrets.length === 0 && server["user"] !== undefined)
    found.push({
      path: [...path, "password"],
      message: "is missing, and there is a user. Write password: ${NAME} or file:PATH, or take the user out.",
    });
  return found;
}

/** A message moved into the folder it is read from would be new again. */
function moveProblems(mailbox: Keys, name: string): Problem[] {
  const after = mailbox["after"];
  const target = typeof after === "string" ? /^move to (.+)$/.exec(after)?.[1] : textOf(mapOf(after)["move"]);
  const folder = textOf(mailbox["folder"]) ?? "INBOX";
  return target !== undefined && sameFolder(target, folder)
    ? [
        {
          path: ["mailboxes", name, "after"],
          message: `moves mail into ${folder}, where it is read from. Write another folder.`,
        },
      ]
    : [];
}

/** RFC 9051 section 5.1: INBOX in any case is the same folder; other names are exact. */
const sameFolder = (a: string, b: string): boolean => a === b || (/^inbox$/i.test(a) && /^inbox$/i.test(b));

/** One folder under two names would be read twice. */
function twins(mailboxes: [string, Plain][]): Problem[] {
  const seen = new Map<string, string>();
  const found: Problem[] = [];
  for (const [name, value] of mailboxes) {
    const mailbox = mapOf(value);
    const folder = textOf(mailbox["folder"]) ?? "INBOX";
    if (textOf(mailbox["host"]) === undefined || textOf(mailbox["user"]) === undefined) continue;
    const place = JSON.stringify([
      textOf(mailbox["host"])!.toLowerCase(),
      textOf(mailbox["port"]),
      textOf(mailbox["user"]),
      /^inbox$/i.test(folder) ? "INBOX" : folder,
    ]);
    const first = seen.get(place);
    if (first !== undefined)
      found.push({
        path: ["mailboxes", name],
        at: "key",
        message: `reads the same folder of the same mailbox as ${first}. Keep one of the two.`,
      });
    seen.set(place, first ?? name);
  }
  return found;
}

/** Loopback by name or number (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3). */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    name === "::1" ||
    name === "0:0:0:0:0:0:0:1"
  );
}

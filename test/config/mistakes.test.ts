import { describe, expect, it } from "vitest";
import { configFromObject, loadConfig } from "../../src/config.ts";
import { join } from "node:path";
import { formatError } from "../../src/yaml/problem.ts";
import { folder, load, MINIMAL, OBJECT } from "./load.ts";

describe("mistakes", () => {
  it("are all reported, each with its place and what to write instead", () => {
    const text = `mailboxes:
  support:
    host: imap.x.example
    port: 9x93
    tls: nome
    usr: bob
    poll: 60
  other:
    host: mail.x.example
    user: x
    tls: none
smtp:
  host: smtp.x.example
  user: joe
database: mysql://me:hunter2@h/db
parser: { memory: 1MB, threads: 0 }
`;
    expect(load(text)).toEqual([
      "postern.yaml:2:3 mailboxes.support.user: is missing. Write the user name of this mailbox, e.g. support@example.com.",
      "postern.yaml:2:3 mailboxes.support.password: is missing. Write password: ${NAME} or file:PATH, or an access_token.",
      'postern.yaml:4:11 mailboxes.support.port: "9x93" is not a port number. Write a number from 1 to 65535, e.g. 993.',
      'postern.yaml:5:10 mailboxes.support.tls: "nome" is not known here. Did you mean "none"? Write implicit or starttls or none.',
      expect.stringMatching(
        /^postern\.yaml:6:5 mailboxes\.support\.usr: there is no key "usr" here\. Did you mean "user"\? Known/,
      ),
      'postern.yaml:7:11 mailboxes.support.poll: "60" is not a duration. Write a number with a unit (s, m, h, d), e.g. 60s.',
      "postern.yaml:8:3 mailboxes.other.password: is missing. Write password: ${NAME} or file:PATH, or an access_token.",
      expect.stringMatching(
        /^postern\.yaml:11:10 mailboxes\.other\.tls: .*mail\.x\.example readable .* insecure: true\.$/,
      ),
      expect.stringMatching(/^postern\.yaml:12:1 smtp\.password: is missing, and there is a user/),
      "postern.yaml:15:11 database: the value is not a database. Write sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME.",
      'postern.yaml:16:19 parser.memory: "1MB" is out of range. Write a size from 64MB to 8GB, e.g. 256MB.',
      'postern.yaml:16:33 parser.threads: "0" is not a number of threads. Write a number from 1 to 64, e.g. 2.',
    ]);
  });

  it.each([
    ["a file that is not there", undefined, /^nothing\.yaml: there is no file nothing\.yaml\. Create it/],
    ["an empty file", "", /mailboxes: is missing or empty\. Write/],
    ["a list", "- a\n", /:1:1: .*a list is not a map/],
    ["a key twice", `${MINIMAL}smtp: {}\n`, /:5:1: the key "smtp" is here twice\. Keep one/],
    ["a tab", "smtp:\n\thost: x\n", /:2:1: the line is indented with a tab\. Write spaces/],
    [
      "an open bracket",
      "a: [1, 2\nb: 3\n",
      /:1:4: the \[ that is opened here is not closed\. Write \] where it ends\.$/,
    ],
    ["a colon too many", "a: b: c\n", /:1:4: a second ": " stands on this line/],
    [
      "an unquoted variable in braces",
      "smtp: { host: ${HOST} }\n",
      /:1:\d+: a \$\{NAME\} inside \{ \} or \[ \] must be in quotes/,
    ],
    ["two documents", `${MINIMAL}---\na: 1\n`, /a second document begins here/],
    ["an unknown alias", "smtp: *nope\n", /:1:7 smtp: \*nope refers to an anchor/],
    ["an anchor inside itself", "smtp: &a { host: *a }\n", /nested too deeply/],
    ["a list for a map", "mailboxes: [a]\n", /:1:12 mailboxes: a list is not a map/],
    [
      "a bad mailbox name",
      MINIMAL.replace("support:", "Support Desk:"),
      /:3:3 mailboxes\.Support Desk: cannot be the key of a mailbox/,
    ],
    ["no mailbox", "mailboxes: {}\nsmtp: { host: x }\n", /:1:12 mailboxes: holds no mailbox/],
    [
      "a password and a token",
      MINIMAL.replace("sesame", "sesame, access_token: t"),
      /access_token: stands beside a password/,
    ],
    [
      "mail moved to where it came from",
      MINIMAL.replace("user:", "after: move to inbox, user:"),
      /after: moves mail into INBOX, where it is read/,
    ],
    [
      "a mailbox read twice",
      MINIMAL.replace("smtp:", "  b: { host: IMAP.x.example, user: support, password: p }\nsmtp:"),
      /:4:3 mailboxes\.b: reads the same folder of the same mailbox as support/,
    ],
    [
      "a certificate that is none",
      MINIMAL.replace("user:", "ca: postern.yaml, user:"),
      /ca: postern\.yaml holds no certificate/,
    ],
    ["a ${ without a name", MINIMAL.replace("sesame", '"pa${"'), /holds a \$\{ that does not name a variable/],
  ])("tells of %s", (_, text, message) => {
    const errors = text === undefined ? missing() : load(text);
    expect(errors).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
  });

  function missing(): string[] {
    const result = loadConfig(join(folder, "nothing.yaml"), {});
    return result.ok ? [] : result.errors.map((error) => formatError(error).replaceAll(`${folder}/`, ""));
  }

  it("are found in an object too", () => {
    const result = configFromObject({ ...OBJECT, web: { port: 99_999 }, queue: "kafka" }, { baseDir: folder });
    expect(result.ok ? [] : result.errors.map(formatError)).toEqual([
      "configuration queue: the value is not a queue. Write embedded, redis://HOST:6379 or postgres://USER:PASSWORD@HOST/NAME.",
      'configuration web.port: "99999" is not a port number. Write a number from 1 to 65535, e.g. 8025, or off.',
    ]);
  });
});

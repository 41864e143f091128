import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configFromObject, configPath, loadConfig } from "../../src/config.ts";
import { config, folder, load, MAILBOX, MINIMAL, OBJECT } from "./load.ts";

describe("a configuration that is right", () => {
  it("fills in every default", () => {
    expect(config(MINIMAL)).toEqual({
      file: join(folder, "postern.yaml"),
      dataDir: join(folder, ".postern"),
      database: `sqlite:${join(folder, ".postern/postern.db")}`,
      queue: "embedded",
      keyFile: join(folder, ".postern/key"),
      templates: null,
      languages: ["en", "de", "es", "fr", "it", "nl", "pt"],
      mailboxes: {
        support: {
          name: "support",
          host: "imap.x.example",
          port: 993,
          tls: "implicit",
          user: "support",
          password: "sesame",
          folder: "INBOX",
          after: "seen",
          pollMs: 60_000,
          maxBytes: 52_428_800,
          plusAddressing: true,
          batch: 50,
        },
      },
      smtp: {
        host: "smtp.x.example",
        port: 465,
        tls: "implicit",
        connections: 4,
        timeouts: { connectMs: 30_000, greetingMs: 30_000, replyMs: 600_000 },
      },
      web: { host: "127.0.0.1", port: 8025 },
      dkim: true,
      policies: { agentProof: "confirm" },
      leaseTtlMs: 15_000,
      sweepMs: 10_000,
      clockMs: 30_000,
      log: { level: "info", format: "pretty" },
      parser: { threads: 2, memoryBytes: 268_435_456, timeMs: 10_000, legacyCharset: "windows-1252" },
      workers: { route: 4, deliver: 4 },
    });
  });

  it("moves the database and the key with data_dir", () => {
    const { database, keyFile } = config(`${MINIMAL}data_dir: /var/lib/postern`);
    expect([database, keyFile]).toEqual(["sqlite:/var/lib/postern/postern.db", "/var/lib/postern/key"]);
  });

  it("takes a value as it is written: a password is never a number", () => {
    for (const password of ["0123", "1e5", "true", "0x1F", "12:30"]) {
      expect(config(MINIMAL.replace("sesame", password)).mailboxes["support"]?.password).toBe(password);
    }
  });

  it.each([
    ["tls: starttls", 143, "starttls"],
    ["port: 143", 143, "starttls"],
    ["port: 1993", 1993, "implicit"],
    ["tls: none, insecure: true", 143, "none"],
  ])("derives port and tls of a mailbox from %s", (keys, port, tls) => {
    const { support } = config(MINIMAL.replace("user: support", `user: support, ${keys}`)).mailboxes;
    expect([support?.port, support?.tls]).toEqual([port, tls]);
  });

  it.each([
    ["tls: starttls", 587],
    ["tls: none, insecure: true", 25],
  ])("derives the port of smtp from %s", (keys, port) => {
    expect(config(MINIMAL.replace("smtp.x.example", `smtp.x.example, ${keys}`)).smtp.port).toBe(port);
  });

  it.each([
    ["leave", "leave"],
    ["move to Done / 2026", { move: "Done / 2026" }],
    ["{ move: Done }", { move: "Done" }],
  ])("reads after: %s", (written, after) => {
    expect(config(MINIMAL.replace("user:", `after: ${written}, user:`)).mailboxes["support"]?.after).toEqual(after);
  });

  it("takes the address under which people reach the web server", () => {
    const { web } = config(`${MINIMAL}web: { url: "https://desk.example.com/" }\n`);
    expect(web).toEqual({ host: "127.0.0.1", port: 8025, url: "https://desk.example.com" });
  });

  it.each(["web: off", "web: { port: off }"])("switches the web server off with %s", (line) => {
    expect(config(MINIMAL + line).web).toBeNull();
  });

  it("needs no insecure for plaintext on this machine", () => {
    for (const host of ["localhost", "127.0.0.1", "127.9.9.9", '"::1"', "mail.localhost"]) {
      expect(config(MINIMAL.replace("imap.x.example", `${host}, tls: none`)).mailboxes["support"]?.tls).toBe("none");
    }
  });

  it("accepts the documented example", () => {
    const result = loadConfig("postern.example.yaml", { IMAP_PASSWORD: "a", SMTP_PASSWORD: "b" });
    expect(result).toMatchObject({ ok: true, config: { smtp: { password: "b" } } });
  });
});

describe("variables and files", () => {
  it("fills variables into values, with defaults and a literal ${", () => {
    const text = MINIMAL.replace("sesame", () => '"a${ONE}b${TWO:-two}$${ONE}"').replace(
      "smtp.x.example",
      '"${HOST}.x.example"',
    );
    const filled = config(text, { ONE: "1", HOST: "out" });
    expect(filled.mailboxes["support"]?.password).toBe("a1btwo${ONE}");
    expect(filled.smtp.host).toBe("out.x.example");
  });

  it("does not fill a variable's value again", () => {
    expect(config(MINIMAL.replace("sesame", '"${A}"'), { A: "${B}" }).mailboxes["support"]?.password).toBe("${B}");
  });

  it("takes an empty value for left out", () => {
    expect(
      config(MINIMAL.replace("smtp.x.example", 'smtp.x.example, user: "${SMTP_USER:-}"')).smtp.user,
    ).toBeUndefined();
  });

  it("names a variable that is not set, once, and goes on", () => {
    expect(load(`${MINIMAL.replace("sesame", '"${SECRET}"')}swep: 3s`)).toEqual([
      "postern.yaml:3:61 mailboxes.support.password: the environment variable SECRET is not set. Set it, or write ${SECRET:-default}.",
      expect.stringContaining('postern.yaml:5:1 swep: there is no key "swep" here. Did you mean "sweep"?'),
    ]);
  });

  it("reads a secret from a file beside the configuration, without its newline", () => {
    writeFileSync(join(folder, "secret"), "open \n");
    expect(config(MINIMAL.replace("sesame", "file:secret")).mailboxes["support"]?.password).toBe("open ");
    writeFileSync(join(folder, "url"), "postgres://me:pw@db/postern\n");
    expect(config(`${MINIMAL}database: file:url`).database).toBe("postgres://me:pw@db/postern");
  });

  it("names a secret's file that is missing or empty", () => {
    writeFileSync(join(folder, "empty"), "\n");
    expect(load(MINIMAL.replace("sesame", "file:nowhere"))).toEqual([
      "postern.yaml:3:61 mailboxes.support.password: there is no file nowhere. Create it, or write the path of the right one.",
    ]);
    expect(load(MINIMAL.replace("sesame", "file:empty"))).toEqual([
      "postern.yaml:3:61 mailboxes.support.password: the file empty is empty. Put the value into it.",
    ]);
  });

  it("finds the file that was asked for, then POSTERN_CONFIG, then postern.yaml", () => {
    expect(configPath("/a.yaml", { POSTERN_CONFIG: "/b.yaml" })).toBe("/a.yaml");
    expect(configPath(undefined, { POSTERN_CONFIG: "/b.yaml" })).toBe("/b.yaml");
    expect(configPath(undefined, {})).toBe(join(process.cwd(), "postern.yaml"));
  });
});

describe("configFromObject", () => {
  it("gives what the file would give", () => {
    const object = { ...OBJECT, dkim: false, workers: { route: 2 } };
    const result = configFromObject(object, { baseDir: folder });
    expect(result).toEqual({
      ok: true,
      config: { ...config(`${MINIMAL}dkim: false\nworkers: { route: 2 }\n`), file: null },
    });
  });

  it("takes ${ literally", () => {
    const mailboxes = { support: { ...MAILBOX, password: "${HOME}" } };
    expect(configFromObject({ ...OBJECT, mailboxes }, { baseDir: folder })).toMatchObject({
      config: { mailboxes: { support: { password: "${HOME}" } } },
    });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configFromObject } from "../../src/config.ts";
import { effectiveConfig } from "../../src/config/effective.ts";
import { formatError } from "../../src/yaml/problem.ts";
import { config, MAILBOX, MINIMAL } from "./load.ts";

describe("secrets", () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9]{12,30}$/);
  const load = (object: object) => configFromObject(object, { baseDir: "/tmp" });

  it("are masked in the effective configuration, also inside URLs", () => {
    fc.assert(
      fc.property(secret, secret, fc.constantFrom("", "@", "/", ":"), (one, two, odd) => {
        const result = load({
          mailboxes: { support: { ...MAILBOX, password: one } },
          smtp: { host: "x.example", user: "u", access_token: two },
          database: `postgres://me:${one}${odd}${one}@db.example/postern`,
          queue: `redis://:${two}@localhost:6379`,
        });
        if (!result.ok) throw new Error(result.errors.map(formatError).join());
        const shown = effectiveConfig(result.config);
        expect(shown).not.toContain(one);
        expect(shown).not.toContain(two);
        expect(shown).toContain("password: ••••••");
        expect(shown).toContain("redis://:••••••@localhost:6379");
      }),
    );
  });

  it("are never part of a message", () => {
    fc.assert(
      fc.property(secret, (value) => {
        const result = load({
          mailboxes: {
            support: { ...MAILBOX, password: [value], access_token: { value }, host: `imap://me:${value}@x` },
          },
          smtp: { host: "x.example", user: "u", password: { value }, port: `postgres://me:${value}@h/d` },
          database: `mysql://me:${value}@db`,
          queue: value,
        });
        expect(result.ok).toBe(false);
        expect(JSON.stringify(result)).not.toContain(value);
      }),
    );
  });
});

describe("effectiveConfig", () => {
  it("is a configuration: reading it gives the same values", () => {
    const before = config(`${MINIMAL}web: off\nsweep: 90s\nparser: { memory: 100MB }\n`);
    expect(config(effectiveConfig(before))).toEqual({
      ...before,
      mailboxes: { support: { ...before.mailboxes["support"], password: "••••••" } },
    });
  });
});

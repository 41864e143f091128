import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { customerLanguage } from "../../../src/desk/language.ts";
import { closingSoon } from "../../../src/desk/notices/notice-closing.ts";
import { acknowledgement, closureNotice } from "../../../src/desk/notices/notice.ts";
import { agentReply } from "../../../src/desk/notices/notice-reply.ts";
import { loadTemplateSet } from "../../../src/templates.ts";
import { rejection } from "../../../src/desk/notices/notice-canned.ts";
import { toMaria } from "./notice-world.ts";

const DAY = 24 * 3600_000;
const LANGUAGES = ["en", "de", "es", "fr", "it", "nl", "pt"];
const GREETING: Record<string, RegExp> = {
  en: /^Hello Maria/,
  de: /^Guten Tag Maria/,
  es: /^Hola, Maria/,
  fr: /^Bonjour Maria/,
  it: /^Buongiorno Maria/,
  nl: /^Hallo Maria/,
  pt: /^Olá, Maria/,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "postern-languages-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("mail to a customer in their language", () => {
  test.each(LANGUAGES)("%s has all of it, and its times in its own words", async (language) => {
    const templates = (await loadTemplateSet(null, LANGUAGES)).inLanguage(language);
    expect(templates.language).toBe(language);
    const tomorrow = { ...toMaria.ticket, respondDueAt: toMaria.now + 24 * 3600_000 };
    const ack = acknowledgement({ ...toMaria, templates, ticket: tomorrow });
    expect(ack.text).toMatch(GREETING[language]!);
    expect(ack.text).toContain("NW-48201");
    expect(/\b(?:tomorrow|today)\b/.test(ack.text)).toBe(language === "en");
    const closed = closureNotice({ ...toMaria, templates, eventId: 7 });
    expect(closed.text).toMatch(GREETING[language]!);
    const canned = acknowledgement({ ...toMaria, templates, text: "Choose a new password." });
    expect(canned.text).toMatch(/^Choose a new password\.\n\n.*NW-48201\.\n\n/);
    const rejected = rejection({ ...toMaria, templates, entryId: 3, text: "We do not buy anything." });
    expect(rejected.text).toMatch(/^We do not buy anything\.\n\n.*NW-48201/);
    expect(rejected.headers).toContainEqual({ name: "auto-submitted", value: "auto-replied" });
    expect(rejected.text.includes("nobody is working on it")).toBe(language === "en");
    const pending = { ...toMaria.ticket, lastAgentAt: toMaria.now - 11 * DAY, lastCustomerAt: null };
    const soon = closingSoon({ ...toMaria, templates, ticket: pending, eventId: 8, closeAt: toMaria.now + 3 * DAY });
    expect(soon.text).toMatch(GREETING[language]!);
    for (const part of ["NW-48201", /\b26\b/, /\b10\b/]) expect(soon.text).toMatch(part);
    expect(/\b(?:We will|reply)\b/.test(soon.text)).toBe(language === "en");
    const reply = agentReply({
      ...toMaria,
      templates,
      entryId: 3,
      agent: "dev",
      text: "It works again.",
      closing: true,
    });
    expect(reply.text).toContain("It works again.");
    expect(reply.text.trimEnd().split("\n").at(-1)).not.toBe("");
    expect(reply.text.includes("We consider")).toBe(language === "en");
  });

  test("an unknown language is the first one's", async () => {
    const templates = await loadTemplateSet(null, ["de", "en"]);
    expect(templates.inLanguage("fi").language).toBe("de");
    expect(templates.inLanguage(null).language).toBe("de");
    expect(templates.inLanguage("en").inLanguage("de").language).toBe("de");
  });

  test("an admin's own mail is not replaced by a translation of ours, but by one of theirs", async () => {
    await writeFile(join(folder, "acknowledgement.txt.liquid"), "Subject: Got it\n\nOurs to all\n");
    const all = await loadTemplateSet(folder, ["en", "de"]);
    expect(acknowledgement({ ...toMaria, templates: all.inLanguage("de") }).text).toBe("Ours to all\n");
    expect(closureNotice({ ...toMaria, templates: all.inLanguage("de"), eventId: 7 }).text).toMatch(/^Guten Tag/);
    await mkdir(join(folder, "de"));
    await writeFile(join(folder, "de", "acknowledgement.txt.liquid"), "Subject: Da\n\nAn alle Deutschen\n");
    const both = await loadTemplateSet(folder, ["en", "de"]);
    expect(acknowledgement({ ...toMaria, templates: both.inLanguage("de") }).text).toBe("An alle Deutschen\n");
    expect(acknowledgement({ ...toMaria, templates: both.inLanguage("en") }).text).toBe("Ours to all\n");
  });

  test("a language without templates stops the start and says what to do", async () => {
    await expect(loadTemplateSet(folder, ["en", "fi"])).rejects.toThrow(
      /no mail templates in "fi"\. Write them into .*fi, or take "fi" out of languages\./,
    );
  });

  test("is used only when the message tells for certain", () => {
    expect(customerLanguage({ code: "de", confidence: 0.95 })).toBe("de");
    expect(customerLanguage({ code: "de", confidence: 0.5 })).toBeNull();
    expect(customerLanguage(undefined)).toBeNull();
  });
});

/** Reads the mail templates from their folders, once, at the start. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseTemplates, type TemplateFile, type Templates } from "./desk/notices/notice-template.ts";

const OURS = fileURLToPath(new URL("../templates", import.meta.url));

/** The templates that come with Postern, in English: all of them. Other languages have those for customers only. */
export const OUR_TEMPLATES = join(OURS, "en");

/**
 * All templates of an installation: those of the first language for everybody, and for each further language what a
 * customer gets who writes in it. In each language the order is: the admin's folder for it, the admin's folder, ours for it, ours
 * in English. So what an admin has written anew is never replaced by a translation of ours.
 * @param own the admin's folder, null for none; may hold a folder for a language (`de/`)
 * @param languages BCP 47 primary tags; rejects when there are no templates for one of them
 */
export async function loadTemplateSet(own: string | null, languages: readonly string[]): Promise<Templates> {
  const loaded = new Map<string, Templates>();
  for (const language of languages) {
    const theirs = own === null ? [] : [join(own, language), own];
    const candidates = [...theirs, join(OURS, language), OUR_TEMPLATES];
    const folders = candidates.filter((folder) => folder === own || folder === OUR_TEMPLATES || existsSync(folder));
    if (!folders.some((folder) => basename(folder) === language))
      throw new Error(
        `There are no mail templates in "${language}". Write them into ${join(own ?? "a folder of your own (templates:)", language)}, or take "${language}" out of languages.`,
      );
    loaded.set(language, await loadTemplates([...new Set(folders)], language));
  }
  const [first] = loaded.values();
  if (!first) throw new Error("languages: write at least one, e.g. [en].");
  const inLanguage = (language: string | null): Templates => {
    const found = language === null ? first : (loaded.get(language) ?? first);
    return { ...found, inLanguage };
  };
  return inLanguage(null);
}

/**
 * Loads `*.liquid` of every folder. A file of an earlier folder takes the place of the same file in a later one, so an
 * admin's folder stands before ours and need hold only what differs. Rejects with the system's error when a folder cannot
 * be read, and with TemplateProblems (file, line, what to write) when a template is wrong.
 * @param folders in order of precedence, each holding one language: `["/etc/postern/mail", "…/templates/en"]`
 * @param language BCP 47 tag of the folders' language, for `lang` and for times
 */
export async function loadTemplates(folders: readonly string[] = [OUR_TEMPLATES], language = "en"): Promise<Templates> {
  const files = new Map<string, TemplateFile>();
  for (const folder of folders) {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".liquid")).sort();
    for (const name of names) {
      const path = join(folder, name);
      if (!files.has(name)) files.set(name, { name, path, text: await readFile(path, "utf8") });
    }
  }
  return parseTemplates([...files.values()], language);
}

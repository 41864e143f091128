/** Reads the mail templates from their folders, once, at the start. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseTemplates, type TemplateFile, type Templates } from "./desk/notice-template.ts";

/** The templates that come with Postern, in English. */
export const OUR_TEMPLATES = fileURLToPath(new URL("../templates/en", import.meta.url));

/** The folders to read: an admin's own, if there is one, before ours. */
export const templateFolders = (own: string | null): string[] =>
  own === null ? [OUR_TEMPLATES] : [own, OUR_TEMPLATES];

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

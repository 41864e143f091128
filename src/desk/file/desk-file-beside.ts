/** Files that a desk file names: calendars of holidays, messages of examples. Whoever reads the desk file brings their bytes. */
import { Wrong } from "../../yaml/fields.ts";
import { formatSize } from "../../yaml/units.ts";
import { readYaml } from "../../yaml/source.ts";
import { entriesOf, listOf, mapOf } from "./desk-file-plain.ts";

/** By the name that stands in the desk file; an Error says why a file could not be read. */
export type DeskFiles = ReadonlyMap<string, Buffer | string | Error>;

export type Beside = {
  readonly files: DeskFiles;
  /** UTC ms; holidays that come again every year are dated for some years around it. */
  readonly now: number;
};

export const NOTHING_BESIDE: Beside = { files: new Map(), now: 0 };

/** Larger files are refused: a calendar of holidays has some tens of kilobytes. In bytes. */
export const MAX_CALENDAR = 1_048_576;
/** An example is stored with the desk and shown in it. In bytes. */
export const MAX_MESSAGE = 262_144;

export const isCalendarName = (text: string): boolean => /^[^\r\n]{1,500}\.ics$/i.test(text);
export const isMessageName = (text: string): boolean => /^[^\r\n:]{1,500}\.eml$/i.test(text);

/** The names of all files that a desk file needs, each once, as they stand there; none while it is not YAML. */
export function filesNamed(text: string): string[] {
  const root = mapOf(readYaml(text, "").value);
  const holidays = entriesOf(root["schedules"]).flatMap(([, schedule]) => listOf(schedule["holidays"]));
  const examples = listOf(root["rules"]).flatMap(([rule]) => listOf(mapOf(rule)["examples"]));
  const messages = examples.map(([example]) => mapOf(mapOf(example)["given"])["eml"]);
  const named = [
    ...holidays.map(([value]) => value).filter((value) => typeof value === "string" && isCalendarName(value)),
    ...messages.filter((value) => typeof value === "string" && isMessageName(value)),
  ];
  return [...new Set(named as string[])];
}

/** The bytes of a named file, or why there are none. */
export function fileBeside(beside: Beside, name: string, most: number): Buffer | Wrong {
  const found = beside.files.get(name);
  if (found === undefined)
    return new Wrong(`there is no file ${name} here. Write a path that begins at the folder of the desk file.`);
  if (found instanceof Error)
    return new Wrong(
      `${name} cannot be read (${found.message}). Write a path that begins at the folder of the desk file.`,
    );
  const bytes = typeof found === "string" ? Buffer.from(found) : found;
  if (bytes.length > most) return new Wrong(`${name} is larger than ${formatSize(most)}. Name a smaller file.`);
  return bytes.length === 0 ? new Wrong(`${name} is empty. Name another file.`) : bytes;
}

/** `canned:` and `lists:`: texts for many answers, and named lists that rules ask for. */
import type { z } from "zod";
import { list, text } from "../../yaml/fields.ts";
import { liquidText, TEXT_VARIABLES } from "./desk-file-liquid.ts";
import { fold } from "../words.ts";

/** In characters: some pages. */
const LONGEST_CANNED = 20_000;
const LONGEST_ENTRY = 320;

export const cannedField = () =>
  liquidText("a text", "Hi {{ customer.first_name }}, …", LONGEST_CANNED, TEXT_VARIABLES);

/** Each entry once, whatever its capitals; as it was written, for whoever reads the export. */
export const listField = () =>
  list(text("an entry", "an address, @ and a domain, or a word", LONGEST_ENTRY), 1).transform((entries) => {
    const seen = new Map(entries.toReversed().map((entry) => [fold(entry), entry]));
    return entries.filter((entry) => seen.get(fold(entry)) === entry);
  });

export type ListFile = z.output<ReturnType<typeof listField>>;

/** What customers write, in their languages. */
import { SENTENCES_EAST } from "./sentences-east.ts";
import { SENTENCES_WEST } from "./sentences-west.ts";

export const SENTENCES: Readonly<Record<string, readonly string[]>> = { ...SENTENCES_WEST, ...SENTENCES_EAST };

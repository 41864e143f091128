/** Every language that Postern reads words of, the most frequent in mail first. */
import { CS } from "./cs.ts";
import { DA } from "./da.ts";
import { DE } from "./de.ts";
import { EN } from "./en.ts";
import { ES } from "./es.ts";
import { FI } from "./fi.ts";
import { FR } from "./fr.ts";
import { IT } from "./it.ts";
import { NB } from "./nb.ts";
import { NL } from "./nl.ts";
import { PL } from "./pl.ts";
import { PT } from "./pt.ts";
import { SK } from "./sk.ts";
import { SV } from "./sv.ts";
import type { LanguageWords } from "./types.ts";

export const ALL_WORDS: readonly LanguageWords[] = [EN, DE, FR, ES, IT, NL, PT, SV, DA, NB, FI, PL, CS, SK];

/** Every language that Postern reads words of, the most frequent in mail first. */
import { AR } from "./ar.ts";
import { BG } from "./bg.ts";
import { CA } from "./ca.ts";
import { CS } from "./cs.ts";
import { DA } from "./da.ts";
import { DE } from "./de.ts";
import { EL } from "./el.ts";
import { EN } from "./en.ts";
import { ES } from "./es.ts";
import { ET } from "./et.ts";
import { FA } from "./fa.ts";
import { FI } from "./fi.ts";
import { FR } from "./fr.ts";
import { HE } from "./he.ts";
import { HR } from "./hr.ts";
import { HU } from "./hu.ts";
import { ID } from "./id.ts";
import { IT } from "./it.ts";
import { JA } from "./ja.ts";
import { KO } from "./ko.ts";
import { LT } from "./lt.ts";
import { LV } from "./lv.ts";
import { NB } from "./nb.ts";
import { NL } from "./nl.ts";
import { PL } from "./pl.ts";
import { PT } from "./pt.ts";
import { RO } from "./ro.ts";
import { RU } from "./ru.ts";
import { SK } from "./sk.ts";
import { SL } from "./sl.ts";
import { SR } from "./sr.ts";
import { SV } from "./sv.ts";
import { TH } from "./th.ts";
import { TR } from "./tr.ts";
import { UK } from "./uk.ts";
import { VI } from "./vi.ts";
import { ZH } from "./zh.ts";
import type { LanguageWords } from "./types.ts";

export const ALL_WORDS: readonly LanguageWords[] = [
  EN,
  DE,
  FR,
  ES,
  IT,
  NL,
  PT,
  SV,
  DA,
  NB,
  FI,
  PL,
  CS,
  SK,
  HU,
  RO,
  BG,
  RU,
  UK,
  EL,
  TR,
  HE,
  AR,
  FA,
  JA,
  KO,
  ZH,
  VI,
  TH,
  ID,
  LT,
  LV,
  ET,
  HR,
  SR,
  SL,
  CA,
];

/** In which language a customer is written to. */
import type { MessageLanguage } from "../mail/types.ts";

/** Below this the desk's own language is the safer guess. 0 to 1. */
const SURE = 0.8;

/** @returns a BCP 47 primary tag, null when the message does not tell for certain */
export function customerLanguage(language: MessageLanguage | undefined): string | null {
  return language !== undefined && language.confidence >= SURE ? language.code : null;
}

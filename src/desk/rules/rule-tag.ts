/** Tags of rules: plain, or with what a pattern caught in them. What came from a mail is never read as Liquid. */
import { renderLiquid } from "../notices/notice-template.ts";
import { tagOf } from "../words.ts";

/** `{{ match.order }}`, which needs no template engine. */
const SIMPLE = /\{\{-?\s*match\.(\w+)\s*-?\}\}/g;
const LIQUID = /\{[{%]/;

export type TagReading = { readonly tag: string } | { readonly why: string };

/** The tag that a rule means, or why it comes to none. @param match what the rule's named groups caught, "" for nothing */
export function readRuleTag(text: string, match: Readonly<Record<string, string>>): TagReading {
  if (!LIQUID.test(text)) return valid(text, text);
  const simple = [...text.matchAll(SIMPLE)].map(([, name]) => name ?? "");
  if (LIQUID.test(text.replaceAll(SIMPLE, ""))) return rendered(text, match);
  const empty = simple.find((name) => !match[name]);
  if (empty !== undefined) return { why: `${text}: match.${empty} caught nothing` };
  return valid(
    text.replaceAll(SIMPLE, (_whole, name: string) => match[name] ?? ""),
    text,
  );
}

function rendered(text: string, match: Readonly<Record<string, string>>): TagReading {
  try {
    return valid(renderLiquid(text, { match }), text);
  } catch (error) {
    return { why: `${text}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function valid(written: string, text: string): TagReading {
  const tag = tagOf(written);
  return tag === undefined ? { why: `${text}: "${written.slice(0, 60)}" cannot be a tag` } : { tag };
}

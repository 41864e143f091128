/** Markers of lists: `- ` for bullets, `3. `, `c. `, `iv. ` for numbers, as the list and its items say. */
import type { HtmlElement } from "./tree.ts";

export type List = {
  /** Marker of the next item. */
  next(item: HtmlElement): string;
};

/** Numbers beyond this are not counted on. */
const MAX_NUMBER = 1_000_000;

export function listOf(element: HtmlElement, unmarked: boolean): List {
  if (unmarked) return { next: () => "" };
  if (element.name !== "ol") return { next: () => "- " };
  const items = element.children.filter((child) => typeof child !== "string" && child.name === "li").length;
  const reversed = element.attributes?.["reversed"] !== undefined;
  let number = numberIn(element.attributes?.["start"]) ?? (reversed ? items : 1);
  return {
    next(item) {
      number = numberIn(item.attributes?.["value"]) ?? number;
      const marker = `${numeral(number, item.attributes?.["type"] ?? element.attributes?.["type"] ?? "1")}. `;
      number += reversed ? -1 : 1;
      return marker;
    },
  };
}

function numberIn(value: string | undefined): number | undefined {
  const number = /^\s*(-?\d{1,7})/.exec(value ?? "")?.[1];
  return number === undefined || Math.abs(Number(number)) > MAX_NUMBER ? undefined : Number(number);
}

function numeral(number: number, type: string): string {
  if (number < 1) return String(number);
  if (type === "a" || type === "A") return cased(letters(number), type === "A");
  if ((type === "i" || type === "I") && number < 4000) return cased(roman(number), type === "I");
  return String(number);
}

const cased = (text: string, upper: boolean): string => (upper ? text.toUpperCase() : text);

/** 1 → a, 26 → z, 27 → aa */
function letters(number: number): string {
  let text = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26))
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  return text;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];

/** 4 → iv */
function roman(number: number): string {
  let text = "";
  let rest = number;
  for (const [value, numerals] of ROMAN)
    while (rest >= value) {
      text += numerals;
      rest -= value;
    }
  return text;
}

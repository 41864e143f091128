/** The small desk with rules, canned texts, an organization and a topic of the test's own. */
import type { Desk } from "../../src/desk/types.ts";
import { testDesk } from "../db/desks.ts";

const MORE = `
canned:
  reset: "Hi {{ customer.first_name }}, choose a new password. ({{ ticket.number }})"
  sorry: "We do not buy anything."
  leak: "Ask ben@nw.example yourself."
organizations:
  fabrikam: { name: Fabrikam Ltd, domains: [fabrikam.example] }
`;

/** @param rules items of the desk file's `rules`, YAML */
export const ruleDesk = (rules: string, change: (text: string) => string = (text) => text): Desk =>
  testDesk((text) => change(`${text.slice(0, text.indexOf("rules:"))}${MORE}rules:\n${rules}`));

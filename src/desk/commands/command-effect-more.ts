/** Effects of commands about the text and its readers, and of those that are more than a change of fields. */
import type { CommandName } from "./command-table.ts";
import type { Act, Effect, EffectOf } from "./command-scene.ts";

type Rows<N extends CommandName> = { readonly [K in N]: EffectOf<K> };

const KEPT = "there is no text to send";

export const TEXT_EFFECTS: Rows<"note" | "now" | "reply" | "reply-all" | "to" | "canned"> = {
  note: (_command, { text }) => {
    const refused = text === "none" ? "there is no text to keep as a note" : undefined;
    return { result: "kept as a note; nothing was sent to the customer", refused };
  },
  now: (_command, { text, commands }) => {
    if (text === "reply") return { result: "sent without waiting for #undo" };
    const closes = commands.some(({ name }) => name === "close");
    return { result: closes ? "the notice leaves at once" : "your mail that waits leaves at once, if there is one" };
  },
  reply: (_command, { text, ticket }) =>
    text === "reply" ? { result: `to ${ticket.customer.address} alone` } : { result: KEPT, refused: KEPT },
  "reply-all": (_command, { text }) =>
    text === "reply" ? { result: "to everybody who takes part" } : { result: KEPT, refused: KEPT },
  to: ({ address }, { text }) =>
    text === "reply" ? { result: `to ${address} alone` } : { result: KEPT, refused: KEPT },
  canned: ({ canned }, { text }) => {
    const refused = text === "note" ? "a prepared text is an answer to the customer, and #note sends none" : undefined;
    return { result: `"${canned}" is in your answer`, refused };
  },
};

const act = (one: Act): Effect => ({ acts: [one], result: "" });

/** Their results come from the stage that carries them out. */
export const ACT_EFFECTS: Rows<"merge" | "link" | "split" | "wrong" | "spam" | "resend" | "cc" | "accept"> = {
  merge: ({ number }) => act({ act: "merge", number }),
  link: ({ number }) => act({ act: "link", number }),
  split: ({ entries }) => act({ act: "split", entries }),
  wrong: () => act({ act: "wrong" }),
  spam: () => act({ act: "spam" }),
  resend: () => act({ act: "resend" }),
  cc: ({ address, addressName }) => act({ act: "cc", person: { address, name: addressName } }),
  accept: ({ always }) => act({ act: "accept", always }),
};

const NOT_HERE = "this answers a question of ours; nothing was asked here";
const elsewhere = (): Effect => ({ result: NOT_HERE, refused: NOT_HERE });

/** What the plan itself does (`query`, `presence`, undo), or what has no place in an answer about a ticket. */
export const ELSEWHERE: Rows<
  | "open"
  | "list"
  | "mine"
  | "search"
  | "show"
  | "stats"
  | "status"
  | "away"
  | "back"
  | "who"
  | "help"
  | "undo"
  | "confirm"
  | "send"
  | "new"
  | "block"
> = {
  open: () => {
    const refused = "a ticket for a caller is opened by a new mail to the desk; #reopen opens this one again";
    return { result: refused, refused };
  },
  list: () => ({ result: "the list follows" }),
  mine: () => ({ result: "the list follows" }),
  search: () => ({ result: "what was found follows" }),
  show: () => ({ result: "the thread follows" }),
  stats: () => ({ result: "the figures follow" }),
  status: () => ({ result: "follows" }),
  who: () => ({ result: "the list follows" }),
  help: () => ({ result: "the list of commands follows" }),
  away: () => ({ result: "noted" }),
  back: () => ({ result: "noted" }),
  undo: () => ({ result: "takes back your last commands" }),
  confirm: () => ({ result: "confirmed" }),
  send: elsewhere,
  new: elsewhere,
  block: elsewhere,
};

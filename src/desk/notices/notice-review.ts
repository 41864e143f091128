/** Mails about a trainee's answer: to who reviews it, and to the trainee about what became of it. */
import type { OutboundMessage } from "../../mail/types.ts";
import { deskMail } from "./notice.ts";
import { clockOf, orNull } from "./notice-text.ts";
import type * as facts from "./notice-facts.ts";
import { agentNames } from "./notice-frame.ts";
import { preparedAnswers, sentence, shown } from "./notice-holds.ts";
import type { AgentKey, Ticket } from "../types.ts";
import * as words from "./notice-words.ts";

const SEND: readonly facts.PreparedAnswer[] = [{ type: "#send", meaning: "" }];

export type ReviewFacts = facts.AgentFacts & {
  readonly ticket: Ticket;
  readonly inboundId: number;
  readonly reminder?: boolean;
  readonly trainee: AgentKey;
  /** What the customer wrote last; undefined when there is nothing of theirs. */
  readonly asked?: { readonly from: string; readonly at: number; readonly text: string };
  /** What would be sent. */
  readonly text: string;
  readonly commands: readonly string[];
  readonly files: readonly string[];
};

/** Shows the reviewer what would be sent, and what it answers. */
export function reviewRequest(f: ReviewFacts): OutboundMessage {
  const { asked } = f;
  return deskMail(f, "review-request", f.reminder ? "STILL WAITING" : "Please review", {
    trainee: agentNames(f.desk, f.trainee),
    customer: { name: words.personName(f.ticket.customer.name, f.ticket.customer.address) },
    commands: orNull(words.shortLine(f.commands.join(", "), 300)),
    files: orNull(words.shortLine(f.files.join(", "), 300)),
    prepared: preparedAnswers(f, SEND),
    asked: asked && {
      from: words.shortLine(asked.from, 60),
      at: words.timeAndDay(asked.at, f.now, clockOf(f)),
      words: shown(f, asked.text),
    },
    text: shown(f, f.text),
  });
}

/** To the trainee. `outcome`: a sentence; `said`: words of the reviewer's. */
export function reviewNews(
  f: facts.AgentFacts & {
    readonly heading: string;
    readonly outcome: string;
    readonly said?: string;
    readonly text: string;
  },
): OutboundMessage {
  return deskMail(f, "review-news", f.heading, {
    outcome: `${sentence(words.shortLine(f.outcome, 400))}.`,
    said: f.said === undefined ? null : orNull(shown(f, f.said)),
    text: shown(f, f.text),
  });
}

/** What would happen to a message, in words: the judgement, whether it may be answered, who decides what, what follows. */
import { columns, explainRoute } from "./explain.ts";
import { effectText } from "./explain-effect.ts";
import type { Routed } from "../rules/routing.ts";
import { causeText } from "../rules/routing.ts";
import type { Desk, Ticket, Trigger, Verdict } from "../types.ts";

export type Trial = {
  readonly verdict: Verdict;
  /** Whether evidence in other messages could be looked up. */
  readonly looked: boolean;
  readonly desk: Pick<Desk, "version">;
  /** Why it would not be answered automatically; undefined = it would, as far as budgets allow. */
  readonly against: string | undefined;
  /** The ticket that it would be added to. */
  readonly ticket: Pick<Ticket, "publicNumber" | "status"> | undefined;
  /** What the rules run for; undefined = they do not look at it. */
  readonly trigger: Trigger | undefined;
  readonly routed: Routed | undefined;
  /** Whom the assignment comes to now, and why; undefined where there is none, or no store to count in. */
  readonly picked: { readonly agent: string | null; readonly because: string } | undefined;
};

/** @param all also the conditions that did not hold, part by part */
export function explainTrial(trial: Trial, all: boolean): readonly string[] {
  const { against, trigger, routed } = trial;
  const head = columns([
    ["what it is", arrival(trial)],
    ["answered", against === undefined ? "yes, as far as the budgets allow" : `no: ${against}`],
  ]);
  if (routed === undefined || trigger === undefined)
    return [...head, "rules       do not look at it; --trigger opened tells what they would do with a new ticket"];
  const trace = { ...routed.trace, because: pickedWords(trial) };
  return [
    ...head,
    "",
    `For "${trigger.replaceAll("_", " ")}"${about(trial)}, ${deskWords(trial.desk)}`,
    ...explainRoute(trace, { all, indent: 2 }),
    ...effectLines(routed),
  ];
}

const deskWords = ({ version }: Pick<Desk, "version">): string =>
  version === 0 ? "by a desk that is not applied" : `by version ${version} of the desk`;

const about = ({ ticket }: Trial): string => (ticket ? ` in ${ticket.publicNumber} (${ticket.status})` : "");

function pickedWords({ picked }: Trial): string | undefined {
  if (picked === undefined) return undefined;
  return `now ${picked.agent ?? "nobody"}, for ${picked.because}`;
}

function arrival({ verdict, ticket, looked }: Trial): string {
  const blind = looked ? "" : " (without a store: no other message was looked at)";
  return `${kindOf(verdict, ticket)}: ${verdict.because}${blind}`;
}

function kindOf(verdict: Verdict, ticket: Trial["ticket"]): string {
  switch (verdict.verdict) {
    case "open-ticket":
      return verdict.linkedTo === null ? "a new ticket" : "a new ticket, linked to an older one";
    case "follow-up":
      return `goes into ${ticket?.publicNumber ?? "a ticket"}, ${AS[verdict.as]}${verdict.reopens ? ", which it reopens" : ""}`;
    case "agent-reply":
      return `a reply of ${verdict.agent} in ${ticket?.publicNumber ?? "a ticket"}`;
    case "answer-to-hold":
      return `${verdict.agent} answers about message ${verdict.inboundId}`;
    case "command-mail":
      return `commands of ${verdict.agent}`;
    case "forwarded-in":
      return `a customer's mail that ${verdict.agent} forwarded`;
    case "record-report":
      return "no ticket";
    case "duplicate":
      return `a copy of message ${verdict.of}`;
    case "hold":
      return "held until somebody decides";
    case "quarantine":
      return "quarantined";
  }
}

const AS = {
  customer: "from its customer",
  participant: "from somebody who takes part",
  "agent-note": "as an agent's note",
  outside: "as an answer past the desk",
  stranger: "from somebody else",
} as const;

const WIDEST_EFFECT = 72;

function effectLines({ effects }: Routed): readonly string[] {
  if (effects.length === 0) return [];
  const rows = effects.map(({ effect, match, cause }) => [effectText(effect, match), causeText(cause)]);
  return ["  what follows", ...columns(rows, WIDEST_EFFECT).map((line) => `    ${line}`)];
}

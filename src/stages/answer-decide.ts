/** `#accept [always]`, `#new` and `#block` about a stranger's message that is held. */
import { acceptDomain } from "../db/accepted-domain.ts";
import { COMMANDS } from "../desk/commands/command-table.ts";
import type { ParsedCommand } from "../desk/commands/command.ts";
import { may, rolesFor } from "../desk/permission.ts";
import type { Answered, Answering } from "./answering.ts";
import { notUnderstood } from "./answering.ts";
import { domainToAccept } from "./accept.ts";
import { Refused } from "./refused.ts";
import { blockHeld, type Decided, settleHeld } from "./settle-held.ts";

type Decision = ParsedCommand & { readonly name: "accept" | "new" | "block" };

const isDecision = (command: ParsedCommand): command is Decision =>
  command.name === "accept" || command.name === "new" || command.name === "block";

export async function answerDecide(answering: Answering): Promise<Answered> {
  const { reading, agent } = answering;
  const commands = reading.kind === "ok" ? reading.commands : [];
  const [decision, ...others] = commands;
  // One word decides; a phone's signature below it is nobody's answer.
  if (!decision || !isDecision(decision) || others.some(({ name }) => name !== decision.name))
    return notUnderstood(reading, "#accept, #new or #block");
  const { permission } = COMMANDS[decision.name];
  if (!may(agent.role, permission)) {
    const result = `not done: #${decision.name} is not for a ${agent.role}, but for: ${rolesFor(permission)}`;
    return { command: decision.line, result, done: false };
  }
  try {
    const outcome = await decide(answering, decision);
    return { command: decision.line, result: sentence(outcome), done: "done" in outcome };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { command: decision.line, result: `not done: ${error.message}`, done: false };
  }
}

async function decide(answering: Answering, decision: Decision): Promise<Decided> {
  const { recording, agent, held, message, ticket } = answering;
  const { unit, again } = recording;
  const written = decision.name === "accept" && decision.always ? "#accept always" : `#${decision.name}`;
  const cause = { kind: "command", detail: `${written} by ${agent.key}` } as const;
  const actor = { kind: "agent", agent: agent.key } as const;
  if (decision.name === "block") return await blockHeld(unit, held.id, { actor, cause });
  const always = decision.name === "accept" && decision.always && ticket && message?.from;
  const domain = always ? domainToAccept(message.from.address, unit.desk) : undefined;
  const settled = await settleHeld(unit, held.id, decision.name, cause, again);
  if (!domain || !ticket || "refused" in settled) return settled;
  await acceptDomain(unit.tx, ticket, domain, unit.now);
  return {
    done: `${settled.done} Whoever writes from ${domain} takes part in tickets of ${ticket.customer.address} from now on.`,
  };
}

const sentence = (outcome: Decided): string => ("done" in outcome ? outcome.done : outcome.refused);

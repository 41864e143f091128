/** An agent's mail that was no answer to the customer: they are told at once that nothing left. */
import type { InboundRow } from "../db/inbound.ts";
import type { TokenFact } from "../desk/intake-facts.ts";
import { commandReceipt } from "../desk/notices/notice.ts";
import { notSent } from "../desk/notices/notice-holds.ts";
import type { Agent, Ticket } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { sees } from "./sees.ts";
import type { Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";

export type NotSent = {
  readonly ticket: Ticket;
  readonly agent: Agent;
  readonly inbound: InboundRow;
  readonly message: InboundMessage;
  /** What came with the mail. */
  readonly token: TokenFact | undefined;
  readonly why: string;
  /** It is a note that `#confirm` still sends. */
  readonly kept?: true;
};

export async function tellNotSent(unit: Unit, told: NotSent): Promise<void> {
  const { ticket, agent, inbound, message, token, why, kept } = told;
  // A number in a subject anybody can write: it opens no ticket to an agent who has never had a mail of it.
  const hasMail = token?.genuine === true && token.ticketId !== null;
  if (!hasMail && !(await sees(unit, agent, ticket))) return await tellUnseen(unit, told);
  await mailAgent(
    unit,
    ticket,
    { agent, address: agent.emails[0]!, name: agent.name },
    { kind: "receipt", cause: `inbound ${inbound.id}`, inboundId: inbound.id },
    (facts) => {
      const note = { noted: true, ...(kept ? { kept, inboundId: inbound.id } : {}) } as const;
      return notSent({ ...facts, ...note, text: message.replyText, because: why });
    },
  );
}

/** Says nothing of the ticket, and an answer to it does nothing there. */
async function tellUnseen(unit: Unit, { ticket, agent, inbound, kept }: NotSent): Promise<void> {
  const { supportAddress, mailbox, publicNumber } = ticket;
  const result = `${kept ? `kept as a note in ${publicNumber}, and ` : ""}sent to nobody; you may not see that ticket, nor act on it`;
  await mailAgent(
    unit,
    { supportAddress, mailbox },
    { agent, address: agent.emails[0]!, name: agent.name },
    { kind: "receipt", cause: `inbound ${inbound.id}`, tokenMode: "list", inboundId: inbound.id },
    (facts) => commandReceipt({ ...facts, results: [{ command: "your mail", result }], refused: true }),
  );
}

/** Who asks what, and from where the answer comes. */
import type { InboundRow } from "../db/inbound.ts";
import { answerInLines } from "../desk/notices/notice-list.ts";
import type { Agent, Ticket } from "../desk/types.ts";
import type { Place } from "./letters.ts";
import type { Unit } from "./stage.ts";
import { mailAgent, type Reader } from "./tell.ts";

/** Who asks, and about which ticket; in a new mail to the desk about none, and `place` says from where the answer comes. */
export type Asked = {
  readonly agent: Agent;
  readonly inbound: InboundRow;
} & (
  | { readonly ticket: Ticket; readonly place?: Place }
  | { readonly ticket: undefined; readonly place: Place; readonly unsent?: boolean }
);

export const readerOf = (agent: Agent): Reader => ({ agent, address: agent.emails[0]!, name: agent.name });

/** From where an answer comes that is about no ticket. */
export const placeOf = ({ ticket, place }: Asked): Place =>
  place ?? { supportAddress: ticket!.supportAddress, mailbox: ticket!.mailbox };

/** One answer a question, and a ticket where several are asked about in one mail. */
export const causeOf = ({ inbound, ticket }: Asked, what: string): string =>
  `inbound ${inbound.id}: ${what}${ticket ? `, ticket ${ticket.id}` : ""}`;

/** Beside a question text is for nobody. */
export const unsentLine = (asked: Asked): string | undefined =>
  asked.ticket === undefined && asked.unsent ? "Your text was not sent to anybody." : undefined;

/** An answer of some lines about no ticket. */
export async function mailLines(
  unit: Unit,
  asked: Asked,
  { what, title, lines }: { readonly what: string; readonly title: string; readonly lines: readonly string[] },
): Promise<void> {
  const unsent = unsentLine(asked);
  const mail = {
    kind: "receipt",
    cause: causeOf(asked, what),
    tokenMode: "list",
    inboundId: asked.inbound.id,
  } as const;
  await mailAgent(unit, placeOf(asked), readerOf(asked.agent), mail, (facts) =>
    answerInLines({ ...facts, title, lines: unsent ? [...lines, "", unsent] : lines }),
  );
}

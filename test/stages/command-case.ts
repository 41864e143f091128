/** One command by mail on the whole street: what it says, what it leaves behind, what the customer gets, and its #undo. */
import { linksOf } from "../../src/db/ticket-link.ts";
import type { CommandName } from "../../src/desk/commands/command-table.ts";
import type { Desk, Ticket } from "../../src/desk/types.ts";
import { testDesk } from "../db/desks.ts";
import { agentAnswers, SECOND, type Sent, type Street } from "./street.ts";

export type World = {
  readonly street: Street;
  /** Ann's, of a customer who lives alone. */
  readonly ticket: Ticket;
  readonly customer: string;
  /** What Ann was told of it. */
  readonly notice: Sent;
  /** Another ticket of the same customer, where the case has two. */
  readonly other?: Ticket;
};

export type Case = {
  readonly command: CommandName;
  /** When a command has several. */
  readonly but?: string;
  readonly two?: true;
  readonly before?: (world: World) => Promise<Partial<World> | undefined>;
  readonly mail: string | ((world: World) => string);
  /** The question that Ann has to say yes to. */
  readonly asked?: RegExp;
  /** Names of the events that are new then, in this order; others may stand between them. */
  readonly events: readonly string[];
  /** The lines of the receipt. */
  readonly says: RegExp;
  /** What the customer gets; undefined = nothing. */
  readonly customer?: RegExp;
  /** `back`: the ticket is as it was. Else what Ann is told. */
  readonly undo: "back" | RegExp;
};

export function commandDesk(): Desk {
  return testDesk((text) =>
    text
      .replace("assign: round-robin", "assign: ann")
      .replace("role: lead,", "role: lead, notify: { receipts: always },")
      .replace("sla:\n", "sla:\n  gold: { respond: 10m, resolve: 1d, during: always }\n")
      .replace(
        "rules:",
        'canned:\n  reset: "Dear {{ customer.first_name }}, please press the button for ten seconds."\nrules:',
      ),
  );
}

let worlds = 0;

export async function openWorld(street: Street, two = false): Promise<World> {
  const customer = `maria@home${++worlds}.example`;
  const from = `Maria Santos <${customer}>`;
  const scanner = { from, subject: `The scanner ${worlds}`, text: "It does not scan." };
  const other = two ? await street.open(scanner) : undefined;
  const ticket = await street.open({ from, subject: `The printer ${worlds}`, text: "It does not print." });
  return { street, ticket, customer, notice: street.lastTo("ann@nw.example"), other };
}

/** What an undo has to bring back. When the status came about is no part of it, nor is the count of events. */
export async function stateOf({ street }: World, { id }: Ticket) {
  const { seq: _seq, statusSince: _since, ...row } = await street.ticket(id);
  const marks = (await street.entries(id)).map(({ id: entry, seq, kind, author_kind }) => [
    entry,
    seq,
    kind,
    author_kind,
  ]);
  const barred: unknown[] = await street.db("barred_ref").where({ ticket_id: id });
  const inbound: unknown[] = await street
    .db("inbound")
    .where({ ticket_id: id })
    .whereNotIn("verdict", ["agent-reply", "answer-to-hold"])
    .orderBy("id")
    .select("id", "state", "verdict");
  return {
    row,
    links: await linksOf(street.db, id),
    barred,
    inbound,
    entries: marks.filter(([, , kind]) => kind === "message"),
  };
}

/** Ann's mail, and her yes where she is asked. Throws when it is held for another reason. */
async function carryOut(one: Case, world: World): Promise<void> {
  const { street, notice } = world;
  const text = typeof one.mail === "string" ? one.mail : one.mail(world);
  const row = await street.receive(await agentAnswers(notice, text));
  const question = street.lastTo("ann@nw.example");
  const expected = one.asked === undefined || (row.hold_reason === "ask" && one.asked.test(question.message.text));
  if (!expected) throw new Error(`another question: ${question.message.text}`);
  if (one.asked !== undefined) await street.receive(await agentAnswers(question, "#confirm"));
  const { state, reason } = await street.inbound(row.id);
  if (state !== "recorded") throw new Error(`it is ${state}: ${reason}`);
}

async function worldFor(one: Case, street: Street): Promise<World> {
  const world = await openWorld(street, one.two);
  return { ...world, ...(await one.before?.(world)) };
}

/** What Ann is told, what she did as the ticket's story has it, and the words that have left for the customer a little later. */
export async function carriedOut(one: Case, street: Street) {
  const world = await worldFor(one, street);
  const mails = street.sentTo(world.customer).length;
  const { length } = await street.events(world.ticket.id);
  await carryOut(one, world);
  const told = street.lastTo("ann@nw.example").message.text;
  const events = (await street.events(world.ticket.id)).slice(length).filter(({ actor }) => actor === "ann");
  await street.pass(3 * SECOND);
  const got = street.sentTo(world.customer).slice(mails);
  return { told, events: events.map(({ name }) => name), got: got.map(({ message }) => message.text) };
}

/** Of `names` those that are wanted, as far as they come in that order. */
export function inOrder(names: readonly string[], wanted: readonly string[]): string[] {
  const found: string[] = [];
  for (const name of names) if (name === wanted[found.length]) found.push(name);
  return found;
}

/** The same on another ticket, taken back at once: what Ann is told, and how everything stood and stands. */
export async function takenBack(one: Case, street: Street) {
  const world = await worldFor(one, street);
  const state = async () => ({
    ticket: await stateOf(world, world.ticket),
    other: world.other && (await stateOf(world, world.other)),
    mails: street.sentTo(world.customer).length,
  });
  const before = await state();
  await carryOut(one, world);
  await street.receive(await agentAnswers(world.notice, "#undo"));
  const told = street.lastTo("ann@nw.example").message.text;
  await street.pass(3 * SECOND);
  return { told, before, after: await state() };
}

export const ANN = "ann@nw.example";

/** What became of a mail of Ann's in answer to that notification, and what she was told last. */
export async function says(street: Street, { notice }: Pick<World, "notice">, text: string) {
  const row = await street.receive(await agentAnswers(notice, text));
  return { row, told: street.lastTo(ANN).message.text };
}

/** She says yes to the newest question. */
export const yes = async (street: Street) => await street.receive(await agentAnswers(street.lastTo(ANN), "#confirm"));

/**
 * What the oracle has to know of a desk, read from its database as any operator could, and the watch over all mail of a
 * test: whatever leaves is judged, and a leak fails the test that sent it.
 */
import type { Db } from "../../src/db/connect.ts";
import { currentDesk } from "../../src/db/desk.ts";
import type { Desk } from "../../src/desk/types.ts";
import { type Known, leaksIn, leaksToAnybody, tokensInHead } from "./leak-oracle.ts";
import { type Letter, readLetter } from "./leak-reading.ts";

export type Leaving = { readonly to: string; readonly raw: Buffer };

export type Watch = {
  /** A mail has left. */
  saw(mail: Leaving): void;
  /** Judges what has left since the last time; throws when something shows what it may not. */
  judge(): Promise<void>;
};

/** Watches the mail of one desk. */
export function watchMail(db: Db): Watch {
  let waiting: Leaving[] = [];
  const issued = new Set<string>();
  return {
    saw: (mail) => void waiting.push(mail),
    judge: async () => {
      const mails = waiting;
      waiting = [];
      const leaks = await leaksOf(db, mails, issued);
      if (leaks.length > 0) throw new Error(`the leak oracle found:\n  ${leaks.join("\n  ")}`);
    },
  };
}

type Read = Leaving & { readonly letter: Letter };

/**
 * Everything that these mails show and may not; `db` undefined: what may stand in no mail at all. `issued` remembers the
 * tokens of the mails before.
 */
export async function leaksOf(
  db: Db | undefined,
  mails: readonly Leaving[],
  issued = new Set<string>(),
): Promise<string[]> {
  if (mails.length === 0) return [];
  const all: Read[] = [];
  for (const mail of mails) all.push({ to: mail.to.toLowerCase(), raw: mail.raw, letter: await readLetter(mail.raw) });
  for (const { letter } of all) for (const token of tokensInHead(letter)) issued.add(token);
  const desk = db && (await currentDesk(db));
  const found = all.flatMap((mail) => leaksToAnybody(mail.letter, issued).map((leak) => ({ mail, leak })));
  if (db && desk) found.push(...(await leaksToCustomers(db, desk, all)));
  return found.map(({ mail, leak }) => `${leak}, in "${mail.letter.subject}" to ${mail.to}`);
}

type DeliveryFacts = {
  readonly recipient: string;
  readonly message_id: string;
  readonly ticket_id: number | null;
  readonly kind: string;
  readonly audience: string;
  readonly created_at: number | string;
};

async function leaksToCustomers(db: Db, desk: Desk, all: readonly Read[]): Promise<{ mail: Read; leak: string }[]> {
  const agents = Object.values(desk.agents).flatMap(({ emails }) => emails.map((one) => one.toLowerCase()));
  const ofDesk = new Set<string>([...agents, ...addressesIn(JSON.stringify(desk))]);
  const mails = all.filter(({ to, letter }) => !agents.includes(to) || !isForStaff(letter));
  const ids = [...new Set(mails.map(({ letter }) => letter.messageId))];
  const rows: DeliveryFacts[] = ids.length === 0 ? [] : await db("delivery").whereIn("message_id", ids).select();
  const open = { agents: secretAgents(desk), rules: ofDesk };
  const found: { mail: Read; leak: string }[] = [];
  for (const mail of mails) {
    const row = rows.find(({ message_id, recipient }) => message_id === mail.letter.messageId && recipient === mail.to);
    if (row === undefined) {
      if (!(isForStaff(mail.letter) && ofDesk.has(mail.to)))
        found.push({ mail, leak: "a mail that no delivery knows" });
    } else if (row.audience !== "team" || !ofDesk.has(mail.to)) {
      const known = await knownOf(db, row, open);
      found.push(...leaksIn(mail.letter, mail.to, known).map((leak) => ({ mail, leak })));
    }
  }
  return found;
}

/** Mail to an agent: it can be answered with a token, or says with its mark and no ticket's token that it cannot. */
const isForStaff = ({ messageId }: Letter): boolean => /^(?:a|n)\d+[.@]/.test(messageId);

const addressesIn = (text: string): string[] =>
  text.toLowerCase().match(/[^\s"'<>,;:[\]{}()]+@[^\s"'<>,;:[\]{}()]+/g) ?? [];

/** A department's own address may be an agent's, too. */
function secretAgents(desk: Desk): string[] {
  const open = new Set<string>(Object.values(desk.departments).flatMap(({ address, also }) => [address, ...also]));
  return Object.values(desk.agents)
    .flatMap(({ emails }) => emails.map((one) => one.toLowerCase()))
    .filter((address) => !open.has(address));
}

async function knownOf(
  db: Db,
  row: DeliveryFacts,
  open: { readonly agents: readonly string[]; readonly rules: ReadonlySet<string> },
): Promise<Known> {
  const tickets = row.ticket_id === null ? [] : await familyOf(db, row.ticket_id);
  const ids = tickets.map(({ id }) => id);
  const participants: string[] = await db("participant")
    .join("address", "address.id", "participant.address_id")
    .whereIn("ticket_id", ids)
    .pluck("address.address");
  const commands: string[] = await db("command_run").whereIn("ticket_id", ids).pluck("commands");
  const entries: Entry[] = await db("entry").whereIn("ticket_id", ids).select();
  const notes = entries.filter(
    ({ kind, created_at }) => kind === "note" && Number(created_at) <= Number(row.created_at),
  );
  const asked = await askedAbout(db, notes);
  const theirs = entries.filter(({ kind, author_kind }) => kind === "message" && author_kind !== "agent");
  return {
    agents: open.agents,
    people: new Set([
      ...tickets.map(({ address }) => address),
      ...participants,
      ...addressesIn(commands.join(" ")),
      ...(row.kind === "rule-mail" ? open.rules : []),
    ]),
    notes: notes.filter(({ inbound_id }) => inbound_id === null || !asked.has(inbound_id)).map(({ text }) => text),
    theirs: [
      ...theirs.flatMap(({ text, author_name, author_address }) => [text, author_name, author_address]),
      ...tickets.flatMap(({ subject, customer_name, address }) => [subject, customer_name, address]),
    ].join("\n"),
    tickets: new Set(ids),
  };
}

type Entry = Readonly<Record<"kind" | "author_kind" | "author_name" | "author_address" | "text", string>> & {
  readonly inbound_id: number | null;
  readonly created_at: number | string;
};
type Ticket = Readonly<Record<"subject" | "customer_name" | "address", string>> & { readonly id: number };

/** The ticket, those that were merged into it, and the one that it was merged into. */
async function familyOf(db: Db, id: number): Promise<Ticket[]> {
  const into = db("ticket").where({ id }).whereNotNull("merged_into").select("merged_into");
  return await db("ticket")
    .join("address", "address.id", "ticket.customer_address_id")
    .where((any) => any.where("ticket.id", id).orWhere("ticket.merged_into", id).orWhereIn("ticket.id", into))
    .select("ticket.id", "ticket.subject", "ticket.customer_name", "address.address");
}

/** Mails that were kept as notes and about which their author or a reviewer was asked: these words may be sent after all. */
async function askedAbout(db: Db, notes: readonly Entry[]): Promise<Set<number>> {
  const ids = notes.flatMap(({ inbound_id }) => (inbound_id === null ? [] : [inbound_id]));
  if (ids.length === 0) return new Set();
  return new Set(
    await db("delivery").whereIn("inbound_id", ids).whereNot({ audience: "customer" }).pluck("inbound_id"),
  );
}

/** `postern ticket merge`, `split` and `unmerge`: entries move between tickets, and every answer finds them where they are. */
import { mergeTickets } from "../stages/merge.ts";
import { splitEntries } from "../stages/split.ts";
import { unmergeTicket } from "../stages/unmerge.ts";
import { Exit, type Globals, number, print } from "./context.ts";
import { decide, ticketNamed } from "./ticket-found.ts";
import type { AddTicketCommand } from "./ticket-part.ts";

const ADMIN = { kind: "admin" } as const;
const by = (verb: string) => ({ actor: ADMIN, cause: { kind: "cli", detail: `postern ticket ${verb}` } }) as const;

export const addTicketThread: AddTicketCommand = (ticket, run) => {
  ticket
    .command("merge")
    .argument("FROM", "the ticket that ends")
    .argument("INTO", "the ticket that goes on")
    .option("--anyway", "though the customers are neither one person nor of one organization: each may read the other")
    .description("move a ticket's entries into another; answers to either arrive there")
    .action(run(merge));
  ticket
    .command("split")
    .argument("NUMBER")
    .argument("<ENTRY...>", "numbers of entries, as ticket show has them")
    .option("--subject <TEXT>", "of the new ticket; default: the old one's")
    .description("make a ticket of its own of some entries, linked to the first")
    .action(run(split));
  ticket
    .command("unmerge")
    .argument("NUMBER", "the merged ticket")
    .description("take a merge back; what was written since stays where it is")
    .action(run(unmerge));
};

async function merge(globals: Globals, from: string, into: string, options: { anyway?: boolean }): Promise<number> {
  const said = await decide(
    globals,
    async (unit) => {
      const [one, other] = [await ticketNamed(unit.tx, from), await ticketNamed(unit.tx, into)];
      const ids = { from: one.id, into: other.id };
      const survivor = await mergeTickets(unit, { ...ids, ...by("merge"), anyway: options.anyway === true });
      const with_ = survivor.participants.map(({ address }) => address).join(", ") || "nobody else";
      return `${one.publicNumber} goes on in ${survivor.publicNumber}: ${survivor.customer.address}, with ${with_}.`;
    },
    " --anyway merges tickets of different customers nevertheless.",
  );
  print(said);
  return 0;
}

async function split(
  globals: Globals,
  wanted: string,
  entries: readonly string[],
  { subject }: { subject?: string },
): Promise<number> {
  const ids = entries.map((text) => number(text, "entries"));
  if (subject?.trim() === "")
    throw new Exit(2, "--subject is empty. Leave it out for the subject of the first message.");
  const opened = await decide(globals, async (unit) => {
    const { id } = await ticketNamed(unit.tx, wanted);
    return await splitEntries(unit, { from: id, entries: ids, subject: subject?.trim().slice(0, 500), ...by("split") });
  });
  print(`${opened.publicNumber} is a ticket of its own, of ${opened.customer.address}: ${opened.subject}`);
  return 0;
}

async function unmerge(globals: Globals, wanted: string): Promise<number> {
  const ticket = await decide(globals, async (unit) => {
    const { id } = await ticketNamed(unit.tx, wanted);
    return await unmergeTicket(unit, { ticket: id, ...by("unmerge") });
  });
  print(`${ticket.publicNumber} is a ticket of its own again, ${ticket.status}.`);
  return 0;
}

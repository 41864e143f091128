/** `postern ticket`: the list of a view; the other subcommands stand in files of their own. */
import { requireDesk } from "../db/desk.ts";
import { listTickets, TICKET_VIEWS } from "../db/ticket-view.ts";
import type { Ticket } from "../desk/types.ts";
import { didYouMean } from "../text/nearest.ts";
import {
  type AddCommand,
  Exit,
  type Globals,
  limit,
  print,
  printJson,
  requireConfig,
  table,
  when,
  withStore,
} from "./context.ts";
import type { AddTicketCommand } from "./ticket-part.ts";
import { addTicketSet } from "./ticket-set.ts";
import { addTicketShow } from "./ticket-show.ts";
import { addTicketThread } from "./ticket-thread.ts";
import { whyTicket } from "./ticket-why.ts";

export const ticketCommand: AddCommand = (root, run) => {
  const ticket = root.command("ticket").description("tickets");
  for (const add of [addList, addTicketShow, addWhy, addTicketSet, addTicketThread]) add(ticket, run);
};

const addList: AddTicketCommand = (ticket, run) => {
  ticket
    .command("list")
    .argument("[VIEW]", TICKET_VIEWS.join(", "), "open")
    .option("--assignee <AGENT>")
    .option("--department <KEY>")
    .option("--limit <N>", "at most so many", "50")
    .option("--json")
    .description("the tickets of a view; times are UTC")
    .action(run(list));
};

const addWhy: AddTicketCommand = (ticket, run) => {
  ticket
    .command("why")
    .argument("NUMBER", "such as NW-1001")
    .option("--all", "every change, and the conditions that did not hold, part by part")
    .option("--json")
    .description("how a ticket came to be as it is: messages, rules, changes, in order; times are UTC")
    .action(run(whyTicket));
};

async function list(
  globals: Globals,
  view: string,
  options: { assignee?: string; department?: string; limit: string; json?: boolean },
): Promise<number> {
  const known = TICKET_VIEWS.find((one) => one === view);
  if (!known) throw new Exit(2, `"${view}" is not a view. Write one of ${TICKET_VIEWS.join(", ")}.`);
  const filter = {
    assignee: options.assignee,
    department: options.department,
    limit: limit(options.limit),
    now: Date.now(),
  };
  const tickets = await withStore(requireConfig(globals), async (db) => {
    const desk = await requireDesk(db);
    mustBe(desk.agents, options.assignee, "agent");
    mustBe(desk.departments, options.department, "department");
    return await listTickets(db, known, filter);
  });
  if (options.json) printJson(tickets);
  else
    print(
      tickets.length
        ? table(
            ["number", "status", "priority", "department", "assignee", "waiting for", "due", "customer", "subject"],
            tickets.map(row),
          )
        : `No tickets in the view "${view}".`,
    );
  return 0;
}

function mustBe(known: Readonly<Record<string, unknown>>, key: string | undefined, what: string): void {
  if (key === undefined || Object.hasOwn(known, key)) return;
  throw new Exit(
    3,
    `There is no ${what} "${key}". ${didYouMean(key, Object.keys(known))}There are: ${Object.keys(known).join(", ")}.`,
  );
}

const nextDue = ({ respondDueAt, resolveDueAt }: Ticket): number | null =>
  respondDueAt === null || resolveDueAt === null
    ? (respondDueAt ?? resolveDueAt)
    : Math.min(respondDueAt, resolveDueAt);

const row = (ticket: Ticket): string[] => [
  ticket.publicNumber,
  ticket.status,
  ticket.priority,
  ticket.department,
  ticket.assignee ?? "-",
  ticket.waitingFor ?? "-",
  when(nextDue(ticket)),
  ticket.customer.address,
  ticket.subject,
];

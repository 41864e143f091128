/** `postern rules test`: what would happen to a message, and why. Nothing is written, nobody is answered. */
import type { Config } from "../config/types.ts";
import { currentDesk } from "../db/desk.ts";
import { inboundById, type InboundRow } from "../db/inbound.ts";
import { mailboxById } from "../db/mailbox.ts";
import { sha256 } from "../db/raw.ts";
import { ticketByNumber } from "../db/ticket.ts";
import { explainTrial, type Trial } from "../desk/explain/explain-trial.ts";
import type { Desk, Ticket, Trigger } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { openParser } from "../parser/pool.ts";
import { asJudgedThen } from "../stages/replay.ts";
import { trialStore, tryMessage } from "../stages/replay-one.ts";
import type { Stage } from "../stages/stage.ts";
import { didYouMean } from "../text/nearest.ts";
import { Exit, type Globals, print, printJson, requireConfig } from "./context.ts";
import { deskFromFile } from "./desk-file.ts";
import { type Named, namedMessages } from "./messages.ts";
import { parserContext } from "./parser-context.ts";
import { isConfigured, momentOf, storeExists, triggerOf, withReader } from "./rules-read.ts";

export type TestOptions = {
  readonly desk?: string;
  readonly trigger?: string;
  readonly ticket?: string;
  readonly at?: string;
  readonly mailbox?: string;
  readonly all?: boolean;
  readonly json?: boolean;
};

/** @param mails files, and numbers of stored messages */
export async function testRules(globals: Globals, mails: string[], options: TestOptions): Promise<number> {
  const trigger = triggerOf(options.trigger);
  const config = isConfigured(globals) ? requireConfig(globals) : undefined;
  const proposed = options.desk === undefined ? undefined : await deskFromFile(options.desk, config);
  const named = await namedMessages(globals, mails);
  const useStore = config !== undefined && (proposed === undefined || storeExists(config));
  const trials = useStore
    ? await withReader(config, (stage) => withStore({ stage, config, proposed, named, options, trigger }))
    : await withoutStore({ config, proposed, named, options, trigger });
  if (options.json) printJson(trials.length === 1 ? trials[0] && asJson(trials[0]) : trials.map(asJson));
  else print(trials.map((one) => told(one, options.all === true)).join("\n\n"));
  return 0;
}

type Order = {
  readonly config: Config | undefined;
  readonly proposed: Desk | undefined;
  readonly named: readonly Named[];
  readonly options: TestOptions;
  readonly trigger: Trigger | undefined;
};

type Tried = { readonly name: string; readonly message: InboundMessage; readonly trial: Trial };

async function withStore(order: Order & { readonly stage: Stage; readonly config: Config }): Promise<Tried[]> {
  const { stage, config, proposed, options } = order;
  const active = await currentDesk(stage.db);
  if (!active) {
    if (proposed) return await withoutStore(order);
    throw new Exit(
      1,
      'This installation has no desk yet. Name one with "--desk desk.yaml", or run: postern desk apply desk.yaml',
    );
  }
  const store = await trialStore(stage);
  const desk = proposed ?? active;
  const rows = await Promise.all(order.named.map(({ name }) => storedRow(stage, name)));
  const messages = await parseAll(order.named, rows, parserContext(desk, config, stage.settings.key));
  const ticket = options.ticket === undefined ? undefined : await requireTicket(stage, options.ticket);
  const tried: Tried[] = [];
  for (const [n, { name, raw }] of order.named.entries()) {
    const row = rows[n];
    const mailbox = row ? (await mailboxById(stage.db, row.mailbox_id)).name : mailboxNamed(config, options.mailbox);
    const now = momentFor(options.at, desk) ?? (row ? Number(row.received_at) : stage.now());
    const where = { trigger: order.trigger, ticket, now, mailbox, rawSha256: sha256(raw), inboundId: row?.id };
    tried.push({ name, message: messages[n]!, trial: await tryMessage(store, desk, messages[n]!, where) });
  }
  return tried;
}

async function withoutStore({ config, proposed: desk, named, options, trigger }: Order): Promise<Tried[]> {
  if (!desk)
    throw new Exit(
      2,
      'There is no configuration here. Name a desk file with "--desk desk.yaml", or a configuration with -c.',
    );
  if (options.ticket !== undefined)
    throw new Exit(2, "--ticket names a ticket of a store, and there is no store to look in. Leave it out.");
  const messages = await parseAll(named, [], parserContext(desk, config));
  const now = momentFor(options.at, desk) ?? Date.now();
  const mailbox = options.mailbox ?? "";
  return await Promise.all(
    named.map(async ({ name, raw }, n) => {
      const order = { trigger, now, mailbox, rawSha256: sha256(raw) };
      return { name, message: messages[n]!, trial: await tryMessage(undefined, desk, messages[n]!, order) };
    }),
  );
}

const momentFor = (at: string | undefined, desk: Desk): number | undefined =>
  at === undefined ? undefined : momentOf(at, "--at", desk.timeZone);

/** The row of a message that was named by its number. */
async function storedRow({ db }: Stage, name: string): Promise<InboundRow | undefined> {
  return /^\d+$/.test(name) ? await inboundById(db, Number(name)) : undefined;
}

async function parseAll(
  named: readonly Named[],
  rows: readonly (InboundRow | undefined)[],
  context: ReturnType<typeof parserContext>,
): Promise<InboundMessage[]> {
  const parser = openParser({ threads: 1, context });
  try {
    return await Promise.all(
      named.map(async ({ name, raw }, n) => {
        const result = await parser.parse(raw, { arrivedAt: Number(rows[n]?.received_at ?? 0) });
        if (!result.ok) throw new Exit(1, `${name}: cannot be read (${result.reason}: ${result.detail})`);
        return rows[n] ? asJudgedThen(result.message, rows[n]) : result.message;
      }),
    );
  } finally {
    await parser.close();
  }
}

async function requireTicket({ db }: Stage, wanted: string): Promise<Ticket> {
  const ticket = await ticketByNumber(db, wanted.replace(/^\[|\]$/g, ""));
  if (!ticket) throw new Exit(3, `There is no ticket ${wanted}. "postern ticket list all" shows them.`);
  return ticket;
}

/** The mailbox that a file is taken to have come from: the one named, else the first of the configuration. */
function mailboxNamed({ mailboxes }: Config, wanted: string | undefined): string {
  const names = Object.keys(mailboxes);
  if (wanted === undefined) return names[0] ?? "";
  if (names.includes(wanted)) return wanted;
  throw new Exit(3, `There is no mailbox "${wanted}". ${didYouMean(wanted, names)}There are: ${names.join(", ")}.`);
}

function told({ name, message, trial }: Tried, all: boolean): string {
  const from = message.from ? message.from.address : "nobody";
  return [`${name}  from ${from}, "${message.subject}"`, ...explainTrial(trial, all)].join("\n");
}

function asJson({ name, message, trial }: Tried): unknown {
  const { desk, ticket, routed, against, trigger, ...rest } = trial;
  return {
    message: name,
    from: message.from?.address ?? null,
    subject: message.subject,
    deskVersion: desk.version,
    ticket: ticket?.publicNumber ?? null,
    answered: against === undefined,
    notAnsweredBecause: against ?? null,
    trigger: trigger ?? null,
    ...rest,
    ...(routed && {
      changes: routed.changes,
      assignment: routed.assignment,
      effects: routed.effects,
      trace: routed.trace,
    }),
  };
}

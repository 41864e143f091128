/** `postern webhook`: the calls that rules have made of other systems, sending a failed one again, and a receiver's secret. */
import type { Config } from "../config/types.ts";
import { currentDesk } from "../db/desk.ts";
import { listWebhookCalls, retryWebhookCall, webhookCallById, type WebhookCall } from "../db/webhook.ts";
import { openKey } from "../key-file.ts";
import { webhookSecret } from "../stages/webhook.ts";
import { plain } from "../sandbox/say.ts";
import {
  type AddCommand,
  Exit,
  type Globals,
  limit,
  number,
  print,
  printJson,
  requireConfig,
  table,
  when,
  withStore,
  stateOf,
} from "./context.ts";
import { storeExists } from "./rules-read.ts";

const STATES = ["pending", "done", "failed"];

export const webhookCommand: AddCommand = (root, run) => {
  const webhook = root.command("webhook").description("what rules tell other systems");
  webhook
    .command("list")
    .argument("[STATE]", STATES.join(", "))
    .option("--limit <N>", "at most so many", "50")
    .option("--json")
    .description("calls, newest first, and what came of them")
    .action(run(list));
  webhook.command("retry").argument("ID").description("send a failed call again").action(run(retry));
  webhook
    .command("secret")
    .argument("URL", "as the rule has it")
    .description("the secret with which calls of this URL are signed, for its receiver")
    .action(run(secret));
};

async function list(
  globals: Globals,
  wanted: string | undefined,
  options: { limit: string; json?: boolean },
): Promise<number> {
  const state = stateOf(STATES, wanted);
  const most = limit(options.limit);
  const calls = await withStore(requireConfig(globals), (db) => listWebhookCalls(db, { state, limit: most }));
  if (options.json) printJson(calls.map(({ body, ...call }) => ({ ...call, body: JSON.parse(body) as unknown })));
  else
    print(
      calls.length
        ? table(["id", "ticket", "url", "state", "tries", "written", "next", "answer"], calls.map(line))
        : "No calls.",
    );
  return 0;
}

const line = (call: WebhookCall & { ticket: string }): string[] => [
  String(call.id),
  call.ticket,
  call.url,
  call.state,
  String(call.attempts),
  when(call.created_at),
  call.state === "pending" && call.attempts > 0 ? when(call.not_before) : "",
  call.response ?? "",
];

async function retry(globals: Globals, id: string): Promise<number> {
  const wanted = number(id, "calls");
  return await withStore(requireConfig(globals), async (db) => {
    const call = await webhookCallById(db, wanted);
    if (!call) throw new Exit(3, `There is no call ${id}. "postern webhook list" shows them.`);
    if (!(await retryWebhookCall(db, wanted)))
      throw new Exit(
        4,
        `Call ${id} has not failed, it is ${call.state}${call.state === "pending" ? " and will be sent" : ""}.`,
      );
    print(`Call ${id} will be sent again.`);
    return 0;
  });
}

async function secret(globals: Globals, url: string): Promise<number> {
  if (!/^https?:\/\/[^/]/i.test(url))
    throw new Exit(2, `"${url}" is not a URL. Write it as the rule has it, with https://.`);
  const config = requireConfig(globals);
  print(webhookSecret(await openKey(config.keyFile), url));
  const remark = await remarkOn(config, url);
  if (remark !== undefined) process.stderr.write(`${plain(remark)}\n`);
  return 0;
}

/** The receiver may come before the rule, so the secret is given; one letter less in the URL must not go unseen. */
async function remarkOn(config: Config, url: string): Promise<string | undefined> {
  if (!storeExists(config)) return undefined;
  // The secret needs no database: without one there is nothing to remark.
  const desk = await withStore(config, currentDesk).catch(() => undefined);
  if (!desk) return undefined;
  const urls = desk.rules.flatMap(({ then }) => then.flatMap((one) => (one.action === "webhook" ? one.url : [])));
  if (urls.includes(url)) return undefined;
  const there = urls.length ? ` Its rules have: ${[...new Set(urls)].join(", ")}.` : "";
  return `No rule of the active desk has this URL to the letter, and each URL has a secret of its own.${there}`;
}

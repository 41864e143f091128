/**
 * Sends what rules have written for other systems: an HTTP POST, signed as Standard Webhooks 1.0 has it. At least once: a
 * call may arrive again, under the same webhook-id. A call that fails is tried for a day and then is failed, visibly. No
 * redirect is followed: the desk file says where its words go, and nobody else does.
 */
import { createHmac } from "node:crypto";
import { insertEvent } from "../db/event.ts";
import { lockTicket } from "../db/ticket.ts";
import { dueWebhookCalls, settleWebhookCall, type WebhookCall } from "../db/webhook.ts";
import { backoffMs } from "./backoff.ts";
import { inUnit, type Stage, type Unit } from "./stage.ts";

/** A receiver has this long for its whole answer. */
const TIME_OUT_MS = 10_000;
/** Tries with these pauses take a day, more or less as the jitter falls. */
const TRIES = 22;
const BACKOFF = { first: 10_000, most: 2 * 3600_000 };
/** Sent at the same time, of one URL and in all. */
const PER_URL = 4;
const AT_ONCE = 32;
const LONGEST_RESPONSE = 300;

export type Answer = { readonly ok: boolean; readonly words: string };
/** Sends one signed request. Never rejects. */
export type Post = (url: string, body: string, headers: Readonly<Record<string, string>>) => Promise<Answer>;

/** The secret of a URL, `whsec_…` as Standard Webhooks writes it. It comes from the key file: other keys give other secrets. */
export function webhookSecret(key: Buffer, url: string): string {
  return `whsec_${createHmac("sha256", key).update(`webhook:${url}`).digest("base64")}`;
}

/** The headers of a call: its id is the same at every try, the signature is of the moment. */
export function webhookHeaders(
  key: Buffer,
  call: Pick<WebhookCall, "id" | "url" | "body">,
  now: number,
): Record<string, string> {
  const id = `msg_${createHmac("sha256", key).update(`webhook call:${call.id}`).digest("hex").slice(0, 24)}`;
  const at = String(Math.floor(now / 1000));
  const secret = Buffer.from(webhookSecret(key, call.url).slice("whsec_".length), "base64");
  const signature = createHmac("sha256", secret).update(`${id}.${at}.${call.body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": `v1,${signature}` };
}

/** One round: what is due is sent. Returns how many calls were tried. */
export async function callWebhooks(stage: Stage, post: Post = postOnce): Promise<number> {
  const due = await dueWebhookCalls(stage.db, stage.now(), PER_URL, AT_ONCE);
  await Promise.all(due.map((call) => callOne(stage, post, call)));
  return due.length;
}

async function callOne(stage: Stage, post: Post, call: WebhookCall): Promise<void> {
  const answer = await post(call.url, call.body, webhookHeaders(stage.settings.key, call, stage.now()));
  try {
    await inUnit(stage, (unit) => settle(unit, call, answer));
  } catch (err) {
    // The row still waits, so it will be sent again: at least once.
    stage.log.error({ err, webhook: call.id }, "the outcome of a webhook could not be written");
  }
}

async function settle(unit: Unit, call: WebhookCall, answer: Answer): Promise<void> {
  const { tx, now, stage } = unit;
  const ticket = await lockTicket(tx, call.ticket_id);
  const tries = call.attempts + 1;
  const state = answer.ok ? "done" : tries >= TRIES ? "failed" : "pending";
  const notBefore = state === "pending" ? now + backoffMs(tries, BACKOFF) : undefined;
  if (!(await settleWebhookCall(tx, call, { state, response: answer.words, notBefore }, now))) return;
  unit.afterwards.push(() =>
    stage.log[state === "done" ? "info" : "warn"](
      { webhook: call.id, host: URL.parse(call.url)?.host, state, tries, response: answer.words },
      "webhook called",
    ),
  );
  if (state !== "failed") return;
  const cause = { kind: "delivery", detail: `webhook call ${call.id} (${call.cause})` } as const;
  const event = { name: "webhook failed", actor: { kind: "postern" }, cause, new: call.url } as const;
  await insertEvent(
    tx,
    ticket.id,
    { ...event, detail: `given up after ${tries} tries; the last: ${answer.words}` },
    now,
  );
}

/** One request over HTTP. */
export async function postOnce(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  try {
    if (!/^https?:/i.test(url)) return { ok: false, words: "not sent: only http and https are called" };
    const response = await fetch(url, {
      method: "POST",
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(TIME_OUT_MS),
      headers: { ...headers, "content-type": "application/json", "user-agent": "Postern" },
    });
    const start = await beginning(response);
    if (response.ok) return { ok: true, words: `${response.status} ${start}`.trim() };
    const moved = response.status >= 300 && response.status < 400 ? " (redirects are not followed)" : "";
    return { ok: false, words: `${response.status}${moved} ${start}`.trim() };
  } catch (error) {
    return { ok: false, words: whatFailed(error as Error) };
  }
}

/** The first characters of the answer; the rest is not read. The status counts, though they come slowly or break off. */
async function beginning(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  let bytes = Buffer.alloc(0);
  while (bytes.length < LONGEST_RESPONSE) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done) break;
    bytes = Buffer.concat([bytes, value as Uint8Array]);
  }
  await reader.cancel().catch(() => undefined);
  return bytes.toString("utf8").replace(/\s+/g, " ").slice(0, LONGEST_RESPONSE).toWellFormed();
}

function whatFailed(error: Error): string {
  if (error.name === "TimeoutError") return `no answer within ${TIME_OUT_MS / 1000} s`;
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return `not reached: ${cause?.code ?? cause?.message ?? error.message}`;
}

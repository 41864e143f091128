/** Steps 5 to 7: Dev answers from his mail program, Maria reads it and says thanks. */
import { currentDesk } from "../db/desk.ts";
import { ticketById } from "../db/ticket.ts";
import { leaksIn } from "../mail/scrub.ts";
import { tokenInAddress } from "../mail/token.ts";
import { answer, type Letter } from "./mail-client.ts";
import { PEOPLE } from "./settings.ts";
import { expectSoon, letterFor, type Opened, partOf, type Scene, settled, StepFailed, takenAt } from "./story-scene.ts";

const COMMANDS = ["#priority high", "#close"];
const REPLY = "Your account was locked. I have unlocked it.";
const { maria, dev } = PEOPLE;

type Replied = { readonly messageId: string; readonly notBefore: number; readonly arrivedAt: number };

export async function answerAndThanks(scene: Scene, opened: Opened): Promise<void> {
  const notification = await letterFor(
    scene,
    5,
    dev.address,
    `a notification of ${opened.number} in Dev's mailbox`,
    (one) => one.subject.includes(`[${opened.number}]`) && tokenInAddress(one.answerTo)?.kind === "agent",
  );
  const replied = await devReplies(scene, opened, notification);
  const received = await mariaReceives(scene, opened, replied, notification);
  await mariaSaysThanks(scene, opened, received);
}

async function devReplies(scene: Scene, { number, ticketId }: Opened, notification: Letter): Promise<Replied> {
  const { say, db } = scene;
  const text = [...COMMANDS, REPLY].join("\n");
  const messageId = await partOf(5, "the world's SMTP server takes Dev's reply", () =>
    answer(scene.ports, dev, notification, text),
  );
  const { row, arrivedAt } = await settled(scene, 5, "Dev's reply", messageId);
  if (row.verdict !== "agent-reply" || row.state !== "recorded" || !row.auth?.startsWith("pass")) {
    throw new StepFailed(
      5,
      `an agent's reply for ${number}, sender proven`,
      `${row.state}, ${row.verdict}: ${row.reason}`,
    );
  }
  const run = await db("command_run").where({ inbound_id: row.id }).first("commands");
  const taken = run ? (JSON.parse(run.commands) as string[]) : [];
  const delivery = await db("delivery").where({ ticket_id: ticketId, kind: "reply", entry_id: row.entry_id }).first();
  if (taken.length !== COMMANDS.length || !delivery) {
    throw new StepFailed(
      5,
      `${COMMANDS.join(" and ")} taken and a reply written`,
      `taken: ${taken.join(", ") || "nothing"}`,
    );
  }
  const waits = Number(delivery.not_before) - Number(delivery.created_at);
  say.step(5, "Dev replies from his mail client (sender proven):", Number(row.recorded_at) - arrivedAt);
  say.words(text);
  say.line(`    ${taken.length} commands taken; waiting ${waits / 1000} s in case of #undo`);
  return { messageId: `<${delivery.message_id}>`, notBefore: Number(delivery.not_before), arrivedAt };
}

async function mariaReceives(scene: Scene, opened: Opened, replied: Replied, notification: Letter): Promise<Letter> {
  const { say, db } = scene;
  const { number, ticketId } = opened;
  const letter = await letterFor(
    scene,
    6,
    maria.address,
    `the answer to ${number} in Maria's mailbox`,
    (one) => one.messageId === replied.messageId && one.text.includes(REPLY),
  );
  const receivedAt = takenAt(scene, maria.address, letter);
  if (receivedAt < replied.notBefore) {
    throw new StepFailed(6, "the reply to wait for an #undo", `it came ${replied.notBefore - receivedAt} ms early`);
  }
  say.step(6, "Maria receives:", receivedAt - replied.arrivedAt);
  say.words(letter.text);
  const leaks = await whatLeaks(scene, letter, notification);
  if (leaks.length > 0) throw new StepFailed(6, "no command, token or agent address in the mail", leaks.join("; "));
  say.line("    checked: no command, token or agent address in these bytes");
  await expectSoon(scene, 6, `${number} closed once the answer was accepted`, async () => {
    const ticket = await ticketById(db, ticketId);
    return ticket?.status === "closed" ? { found: ticket } : { saw: `status ${ticket?.status}` };
  });
  return letter;
}

/** Reads the bytes in Maria's mailbox, all headers that the servers added among them. */
async function whatLeaks({ db }: Scene, { raw }: Letter, notification: Letter): Promise<string[]> {
  const desk = await currentDesk(db);
  const agentAddresses = Object.values(desk?.agents ?? {}).flatMap(({ emails }) => emails);
  const leaks = leaksIn(raw, { agentAddresses, commandLines: COMMANDS, noteTexts: [] });
  const token = tokenInAddress(notification.answerTo)?.token;
  const found = token !== undefined && raw.toString("latin1").toLowerCase().includes(token);
  return found ? [...leaks, "the token of Dev's notification"] : leaks;
}

async function mariaSaysThanks(scene: Scene, { number, ticketId }: Opened, received: Letter): Promise<void> {
  const { say, db } = scene;
  const messageId = await partOf(7, "the world's SMTP server takes Maria's thanks", () =>
    answer(scene.ports, maria, received, "Thanks!"),
  );
  const { row, arrivedAt } = await settled(scene, 7, "Maria's thanks", messageId);
  const ticket = await ticketById(db, ticketId);
  if (row.state !== "recorded" || row.ticket_id !== ticketId || ticket?.status !== "closed") {
    const saw = `${row.state}: ${row.reason}; ${number} is ${ticket?.status}`;
    throw new StepFailed(7, `the thanks noted in ${number}, which stays closed`, saw);
  }
  say.step(7, 'Maria: "Thanks!"'.padEnd(28) + "noted, still closed", Number(row.recorded_at) - arrivedAt);
}

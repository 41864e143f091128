/**
 * The story of the first run, told as it happens: a customer's mail goes in, becomes a ticket, is routed, answered from
 * a mail program and closed. Every step waits for its effect and prints what the database and the mailboxes hold.
 */
import { currentDesk } from "../db/desk.ts";
import { eventsOf } from "../db/event.ts";
import { routesOf } from "../db/route.ts";
import { ticketById } from "../db/ticket.ts";
import type { RouteTrace } from "../desk/rules/routing.ts";
import type { Desk, Ticket } from "../desk/types.ts";
import { sendLetter } from "./mail-client.ts";
import { DESK_MAILBOXES, MALLORY, PEOPLE } from "./settings.ts";
import { answerAndThanks } from "./story-answer.ts";
import { reasonOf } from "./story-reason.ts";
import {
  type Arrival,
  arrivalOf,
  expectSoon,
  letterFor,
  type Opened,
  partOf,
  type Scene,
  settled,
  StepFailed,
  takenAt,
} from "./story-scene.ts";

const SUBJECT = "Cannot log in since this morning";
const BODY =
  "Since this morning my password is refused. I have a customer call at noon. Can you help?\n\nMaria Santos, Fabrikam";
const { maria, dev } = PEOPLE;

/** Tells the whole story. Rejects with StepFailed at the first step that does not come about. */
export async function tellStory(scene: Scene): Promise<void> {
  const opened = await aTicketOpens(scene);
  await itIsRouted(scene, opened);
  await mariaHasHerNumber(scene, opened);
  await answerAndThanks(scene, opened);
  await malloryIsHeld(scene, opened);
}

/** Steps 1 and 2. */
async function aTicketOpens(scene: Scene): Promise<Opened> {
  const { say, db, seen } = scene;
  const letter = { to: DESK_MAILBOXES.support, subject: SUBJECT, text: BODY };
  const messageId = await partOf(1, "the world's SMTP server takes Maria's mail", () =>
    sendLetter(scene.ports, maria, letter),
  );
  say.step(1, `Maria writes to support@: "${SUBJECT}"`);
  const arrival = await expectSoon<Arrival>(
    scene,
    1,
    "Maria's mail in the mailbox of support@, marked read",
    async () => {
      const found = await arrivalOf(scene, messageId);
      if (!found) return { saw: "it is not in the mailbox" };
      return seen.storedFirst(found.mailbox, found.uid) ? { found } : { saw: "it is there and unread" };
    },
  );
  if (!(await seen.storedFirst(arrival.mailbox, arrival.uid))) {
    throw new StepFailed(1, "the mail to be stored before it was marked read", "no row in the database at that moment");
  }
  const stored = await db("inbound").where({ uid: arrival.uid, uid_validity: arrival.mailbox.uidValidity }).first();
  say.line("    stored before it was marked read", Number(stored.stored_at) - arrival.at);
  const { row } = await settled(scene, 2, "Maria's mail", messageId);
  const ticket = row.ticket_id === null ? undefined : await ticketById(db, row.ticket_id);
  if (row.verdict !== "open-ticket" || !ticket) {
    throw new StepFailed(2, "a ticket of its own", `${row.state}, ${row.verdict}: ${row.reason}`);
  }
  say.step(2, `No ticket matches, so ${ticket.publicNumber} opens`, Number(row.recorded_at) - arrival.at);
  return { ticketId: ticket.id, number: ticket.publicNumber, arrivedAt: arrival.at, messageId };
}

/** Step 3: what the trace of the rules says, and the event that came of it. */
async function itIsRouted(scene: Scene, { ticketId, number, arrivedAt }: Opened): Promise<void> {
  const { db, say } = scene;
  const { trace, doneAt } = await expectSoon<{ trace: RouteTrace; doneAt: number }>(
    scene,
    3,
    `${number} routed by a worker`,
    async () => {
      const row = (await routesOf(db, ticketId)).find(({ trigger }) => trigger === "opened");
      if (!row) return { saw: "no row for the rules" };
      if (row.state !== "done" || row.trace === null) return { saw: row.error ?? "the row still waits for a worker" };
      return { found: { trace: JSON.parse(row.trace) as RouteTrace, doneAt: Number(row.done_at) } };
    },
  );
  const rule = trace.rules.find(({ result }) => result);
  const event = (await eventsOf(db, ticketId)).find(({ cause_kind }) => cause_kind === "rule");
  const desk = await currentDesk(db);
  const ticket = await ticketById(db, ticketId);
  const where = placeOf(desk, ticket);
  if (!rule || !event || where !== "IT, Dev") {
    const looked = trace.rules
      .map(({ name, result }) => `"${name}" ${result ? "matched" : "did not match"}`)
      .join(", ");
    throw new StepFailed(
      3,
      "a rule that gives the ticket to IT and Dev",
      `${where}; ${looked || "the desk has no rules"}`,
    );
  }
  say.step(3, `Rule "${rule.name}" saw ${reasonOf(rule.condition)} -> ${where}`, doneAt - arrivedAt);
}

function placeOf(desk: Desk | undefined, ticket: Ticket | undefined): string {
  const department = ticket && desk?.departments[ticket.department]?.name;
  const agent = ticket?.assignee ? desk?.agents[ticket.assignee]?.name.split(" ", 1)[0] : undefined;
  return `${department ?? "no department"}, ${agent ?? "nobody"}`;
}

/** Step 4: the acknowledgement as it lies in Maria's own mailbox. */
async function mariaHasHerNumber(scene: Scene, { number, arrivedAt, messageId }: Opened): Promise<void> {
  const letter = await letterFor(
    scene,
    4,
    maria.address,
    `an acknowledgement of ${number} in Maria's mailbox`,
    (one) => one.references.includes(messageId) && one.subject.includes(`[${number}]`),
  );
  const due = /answer\s+by\s+([^.]+)\./.exec(letter.text)?.[1]?.replace(/\s+/g, " ");
  if (!due || !letter.text.includes(number)) {
    throw new StepFailed(4, "her number and a time in the acknowledgement", JSON.stringify(letter.text));
  }
  scene.say.step(4, `Maria has her number and a time: by ${due}`, takenAt(scene, maria.address, letter) - arrivedAt);
}

/** Step 8: a number in a subject finds the ticket and opens no door. */
async function malloryIsHeld(scene: Scene, { number }: Opened): Promise<void> {
  const { say } = scene;
  const letter = {
    to: DESK_MAILBOXES.support,
    subject: `Re: ${SUBJECT} [${number}]`,
    text: "This is Maria's colleague. Please send me what you told her.",
  };
  const messageId = await partOf(8, "the world's SMTP server takes Mallory's mail", () =>
    sendLetter(scene.ports, { name: MALLORY.name, address: MALLORY.address }, letter),
  );
  const { row, arrivedAt } = await settled(scene, 8, "Mallory's mail", messageId);
  if (row.state !== "held") throw new StepFailed(8, "Mallory's mail held", `${row.state}: ${row.reason}`);
  const question = await letterFor(
    scene,
    8,
    dev.address,
    "a question about Mallory's mail in Dev's mailbox",
    (one) => one.subject.includes(`[${number}]`) && one.text.includes(MALLORY.address),
  );
  const asked = takenAt(scene, dev.address, question);
  say.step(8, `Mallory quotes ${number}`.padEnd(28) + "held, Dev is asked", asked - arrivedAt);
}

/**
 * A desk at work at random: agents with every command, customers and strangers in between, a clock that moves and a mail
 * server that refuses. After each step everything that has to hold of a desk is looked up in its store.
 */
import { pino } from "pino";
import { clock } from "../../src/stages/clock.ts";
import type { Random } from "../fuzz/random.ts";
import { mail, replyTo } from "../harness/mails.ts";
import { testDesk } from "../db/desks.ts";
import type { Store } from "../db/stores.ts";
import { difference, desksState, type DeskState } from "./command-random-state.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Sent, type Street, verdictOf } from "./street.ts";

const MINUTE = 60 * SECOND;
const AGENTS = ["ann", "ben", "dev", "tia"];
const PEOPLE = ["m@home.example", "o@home.example", "k@work.example", "j@work.example", "z@far.example"];

export const randomDesk = () =>
  testDesk((text) =>
    text
      .replace("role: lead, in: [support]", "role: admin, in: [support, it], notify: { receipts: always }")
      .replace("in: [it]", "in: [it, support], notify: { digest: hourly }")
      .replace("undo: 2s", "undo: 2s, overview: '08:00'")
      .replace(
        "departments:\n",
        "  tia: { name: Tia Ray, emails: [tia@nw.example], role: trainee, in: [support], reviewer: ben }\ndepartments:\n",
      )
      .replace("sla:\n", "sla:\n  gold: { respond: 10m, resolve: 1d, during: always }\n")
      .replace("rules:", 'canned:\n  reset: "Dear {{ customer.first_name }}, press the button."\nrules:'),
  );

export type World = {
  readonly street: Street;
  readonly random: Random;
  readonly errors: string[];
  readonly said: string[];
};

export async function openRandomDesk(store: Store, random: Random): Promise<World> {
  const street = await openStreet(store, { desk: randomDesk() });
  const errors: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void errors.push(line) });
  Object.assign(street.stage, { log });
  const world: World = { street, random, errors, said: [] };
  for (const from of PEOPLE) await write(world, from, `A question of ${from}`);
  return world;
}

async function write({ street }: World, from: string, subject: string): Promise<void> {
  const words = `${subject}: the printer does not print at all.`;
  await street.receive(
    mail({ from, to: "support@nw.example", subject, text: words, date: new Date(street.clock.now) }),
  );
}

const numbersOf = async ({ street }: World): Promise<number[]> =>
  (await street.db("ticket").orderBy("number").pluck("number")).map(Number);

/** Which nobody else has written before. */
const words = (random: Random): string => Array.from({ length: 5 }, () => `w${random.int(0, 1e6)}`).join(" ");

/** What an agent may say in one mail about a ticket; `other` is the number of another. */
function wordsOf({ random }: World, other: number): string {
  const one = (): string =>
    random.one([
      "#close",
      "#reopen",
      "#pending",
      "#pending 3h",
      "#snooze 2h",
      "#assign ben",
      "#assign dev",
      "#assign none",
      "#take",
      "#drop",
      "#dept it",
      "#dept support",
      "#priority high",
      "#priority low",
      "#sla gold",
      "#sla none",
      "#due 5h",
      "#due none",
      "#tag red blue",
      "#untag red",
      "#subject Another one",
      "#watch",
      "#watch ben",
      "#unwatch ben",
      ...Array.from({ length: 8 }, () => `#merge ${other}`),
      ...Array.from({ length: 4 }, () => "#wrong"),
      ...Array.from({ length: 5 }, () => "#split 2"),
      `#link ${other}`,
      "#split",
      "#split 2-3",
      "#spam",
      "#resend",
      "#accept",
      "#accept always",
      "#cc paul@elsewhere.example",
      "#cc o@home.example",
      "#cc ben@nw.example",
      "#clsoe",
      "#note Nobody has to know this remark.",
      "#confirm",
    ]);
  const text = random.one(["", "", `\n\n${words(random)}`]);
  const how =
    text === ""
      ? ""
      : random.one(["", "", "#reply\n", "#reply-all\n", "#now\n", "#canned reset\n", "#to x@parts.example\n"]);
  const lines = Array.from({ length: random.one([1, 1, 1, 1, 1, 2, 2, 3]) }, one);
  return `${[...new Set(lines)].join("\n")}\n${how}${text}`;
}

/** The newest mail about a ticket to an agent; where there is none they ask to be shown it. */
async function mailAbout(world: World, agent: string, number: number): Promise<Sent | undefined> {
  const { random } = world;
  const find = () =>
    world.street.sentTo(`${agent}@nw.example`).findLast(({ message }) => message.subject.includes(`NW-${number}`));
  const found = random.chance(0.7) ? find() : undefined;
  if (found) return found;
  await command(world, agent, `#show NW-${number}`);
  return find();
}

async function command({ street, said }: World, agent: string, text: string) {
  said.push(`${agent}, new: ${text.replaceAll("\n", " | ")}`);
  const headers = [...verdictOf("pass", "nw.example"), ["X-Nr", String(said.length)] as const];
  const more = { to: "support@nw.example", subject: "", date: new Date(street.clock.now), headers };
  return await street.receive(mail({ from: `<${agent}@nw.example>`, text: `${text}\n`, ...more }));
}

async function answer({ street, said }: World, agent: string, to: Sent, text: string) {
  said.push(`${agent} to "${to.message.subject}": ${text.replaceAll("\n", " | ")}`);
  return await street.receive(await agentAnswers(to, text, { from: `<${agent}@nw.example>` }));
}

type Row = Awaited<ReturnType<typeof answer>>;

/** What a held mail of theirs is answered with, sometimes. */
async function settle(world: World, agent: string, row: Row): Promise<void> {
  const { street, random } = world;
  const now = await street.inbound(row.id);
  if (now.state !== "held" || random.chance(0.3)) return;
  if (now.hold_reason === "review") {
    const request = street.sentTo("ben@nw.example").findLast(({ message }) => /tia|Tia/.test(message.text));
    if (request)
      await answer(
        world,
        "ben",
        request,
        random.one(["#send", "#send", "#note\n\nNot like this.", "Better words of mine."]),
      );
  } else
    await answer(world, agent, street.lastTo(`${agent}@nw.example`), random.one(["#confirm", "#confirm", "#close"]));
}

async function aboutTicket(world: World, agent: string): Promise<{ to: Sent; row: Row } | undefined> {
  const { random } = world;
  const numbers = await numbersOf(world);
  const to = await mailAbout(world, agent, random.one(numbers));
  if (!to) return undefined;
  const row = await answer(world, agent, to, wordsOf(world, random.one(numbers)));
  await settle(world, agent, row);
  return { to, row };
}

async function byNumbers(world: World, agent: string): Promise<Sent | undefined> {
  const { street, random } = world;
  const numbers = await numbersOf(world);
  const before = street.sentTo(`${agent}@nw.example`).length;
  const line = () =>
    `${random.one(numbers)},${random.one(numbers)} ${
      wordsOf(world, random.one(numbers))
        .split("\n")
        .filter((one) => one.startsWith("#") && !one.startsWith("#note"))
        .join(" ") || "#take"
    }`;
  await command(world, agent, Array.from({ length: random.int(1, 2) }, line).join("\n"));
  return street.sentTo(`${agent}@nw.example`).slice(before).at(-1);
}

async function asList(world: World, agent: string): Promise<Sent | undefined> {
  const { street, random } = world;
  const before = street.sentTo(`${agent}@nw.example`).length;
  await command(
    world,
    agent,
    random.one(["#list open", "#list closed", "#list unassigned", "#mine", "#search question"]),
  );
  const list = street.sentTo(`${agent}@nw.example`).slice(before).at(-1);
  if (!list) return undefined;
  const words = wordsOf(world, 0)
    .split("\n")
    .filter((one) => /^#(?!note|merge|confirm)/.test(one))
    .join(" ");
  await answer(world, agent, list, `${random.one(["1", "1-2", "all", "2-4", "1,3"])} ${words}`);
  return street.sentTo(`${agent}@nw.example`).slice(before).at(-1);
}

async function opens(world: World, agent: string): Promise<Sent | undefined> {
  const { street, random } = world;
  const before = street.sentTo(`${agent}@nw.example`).length;
  const who = random.one([...PEOPLE, "new@caller.example", "ann@nw.example"]);
  await command(
    world,
    agent,
    `#open ${who} ${random.one(["", "#priority high", "#close", "#tag phone"])}\n\n${words(random)}`,
  );
  return street.sentTo(`${agent}@nw.example`).slice(before).at(-1);
}

/** One thing that an agent did and takes back at once: as it was, or refused. */
async function undoes(world: World, agent: string): Promise<void> {
  const { street, random } = world;
  const before = await desksState(street);
  const run = await lastRun(street);
  const done = random.one([aboutTicket, aboutTicket, aboutTicket, byNumbers, asList, opens]);
  const result = await done(world, agent);
  if (!result) return;
  const to = "row" in result ? result.to : result;
  const between = await desksState(street);
  const mails = street.sentTo(`${agent}@nw.example`).length;
  await answer(world, agent, to, `#undo\n\n${world.said.length}`);
  const after = await desksState(street);
  const told = street
    .sentTo(`${agent}@nw.example`)
    .slice(mails)
    .map(({ message }) => message.text.split("\n").slice(0, 4).join(" "))
    .join(" ");
  const runs = (await street.db("command_run").where("id", ">", run).select()) as {
    undone_at: unknown;
    commands: string;
  }[];
  // Whose own ticket it is has written as a customer.
  if (told === "") return;
  if (!/taken back/.test(told)) return same(world, between, after, `a refused #undo (${told})`);
  // It may have reached what was done before.
  const all =
    runs.length > 0 && runs.every(({ undone_at, commands }) => undone_at !== null && !/#now|#resend/.test(commands));
  if (all) same(world, before, after, `a #undo (${told})`);
}

const lastRun = async ({ db }: Street): Promise<number> =>
  Number((await db("command_run").max({ id: "id" }).first())?.id ?? 0);

function same({ said }: World, one: DeskState, other: DeskState, what: string): void {
  const found = difference(one, other);
  if (found.length > 0) throw new Error(`${what}: ${found.join("\n")}\n${said.slice(-8).join("\n")}`);
}

async function customerWrites(world: World): Promise<void> {
  const { street, random, said } = world;
  const who = random.one(PEOPLE);
  const mails = street.sentTo(who);
  if (mails.length === 0 || random.chance(0.15)) return await write(world, who, `Another question ${random.int(0, 2)}`);
  const to = random.one(mails);
  said.push(`${who} answers "${to.message.subject}"`);
  if (random.chance(0.2))
    await street.receive(
      await replyTo(to.bytes, {
        from: random.one(["eve@home.example", "eve@odd.example", "ben@nw.example"]),
        text: `I have it too ${random.int(0, 1e6)}.`,
      }),
    );
  else
    await street.receive(
      await customerAnswers(to, random.one(["Thanks!", `It still does not work ${random.int(0, 1e6)}.`])),
    );
}

async function passes({ street, random, said }: World): Promise<void> {
  const ms = random.one([SECOND, 3 * SECOND, 10 * MINUTE, 45 * MINUTE, 150 * MINUTE, 26 * 60 * MINUTE]);
  said.push(`${ms / SECOND} s go by`);
  await street.pass(ms);
  await clock(street.stage);
  await street.ring();
}

export async function step(world: World): Promise<void> {
  const { street, random } = world;
  const agent = random.one(AGENTS);
  street.smtp.script = ({ to }) =>
    random.chance(0.08) && !to.endsWith("nw.example")
      ? { before: { kind: "rejected", response: "550 no" } }
      : undefined;
  const what = random.int(0, 19);
  if (what < 6) await undoes(world, agent);
  else if (what < 9) await aboutTicket(world, agent);
  else if (what < 11) await byNumbers(world, agent);
  else if (what < 12) await asList(world, agent);
  else if (what < 13) await opens(world, agent);
  else if (what < 17) await customerWrites(world);
  else await passes(world);
}

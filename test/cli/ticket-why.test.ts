/** Why a ticket is as it is, told from what the real stages have stored. */
import { beforeAll, describe, expect, it } from "vitest";
import { storeDesk } from "../../src/db/desk.ts";
import { mail } from "../harness/mails.ts";
import { DESK_A, DESK_B, deskOf } from "../stages/replay-desks.ts";
import { agentAnswers, customerAnswers, DAY, openStreet, START, type Street } from "../stages/street.ts";
import { runCli } from "./in-process.ts";
import { cliWorld } from "./world.ts";

const world = cliWorld();
let street: Street;
let number = "";

const why = (...args: string[]) => runCli(world.configFile, ["ticket", "why", ...args]);

beforeAll(async () => {
  const db = await world.open();
  street = await openStreet({ db: () => db, url: () => world.url }, { desk: deskOf(DESK_A) });
  const ticket = await street.open({
    from: "Maria Santos <maria@fabrikam.example>",
    subject: "Where is order 12345? The shop is down",
  });
  number = ticket.publicNumber;
  await street.pass(3600_000);
  await street.receive(await agentAnswers(street.lastTo("ann@nw.example"), "#priority low\n#tag parcel\n"));
  await street.pass(3600_000);
  await street.receive(await customerAnswers(street.lastTo("maria@fabrikam.example"), "It has not come yet."));
  const stranger = { from: "zoe@else.example", to: "support@nw.example", subject: `Re: [${number}]` };
  await street.receive(mail({ ...stranger, text: "Mine neither." }));
  // The desk of today knows nothing of the rules that decided.
  await db.transaction((tx) => storeDesk(tx, deskOf(DESK_B.replaceAll("Outage", "Trouble")), "test", START + DAY));
}, 120_000);

describe("postern ticket why", { timeout: 120_000 }, () => {
  it("tells the story in order, with the rules that decided then", async () => {
    const { code, stdout } = await why(number);
    expect(code).toBe(0);
    const places = [
      `${number}  Where is order 12345? The shop is down`,
      "opened: NW-1001 by maria@fabrikam.example (customer)",
      `message 1 "Where is order 12345? The shop is down": no evidence names a ticket`,
      `rules for "opened", version 1 of the desk`,
      `department  billing`,
      `✓ 1 Orders`,
      `✓ subject matches "order (?P<order>\\d{5})"`,
      `order = "12345"`,
      `✗ 2 Newsletters`,
      `✓ 3 Outage`,
      "→ assign ann",
      "what came of it",
      "assignee nobody -> ann",
      `rule "Outage": it goes to Ann Lee`,
      "priority urgent -> low by ann",
      "(command #priority)",
      "tag parcel added by ann",
      "customer replied: entry",
      `message 4 "Re: [NW-1001]": zoe@else.example takes no part in NW-1001`,
      `rules for "customer replied", version 1 of the desk`,
      "no rule of this trigger is in force",
      "Due times",
      "answer   due",
    ].map((part) => ({ part, at: stdout.indexOf(part) }));
    expect(places.filter(({ at }) => at < 0)).toEqual([]);
    expect(places).toEqual(places.toSorted((a, b) => a.at - b.at));
    expect(stdout).not.toContain("Trouble");
  });

  it("leaves out what a run has told already, unless all is asked for", async () => {
    const [short, all] = [(await why(`[${number}]`)).stdout, (await why(number, "--all")).stdout];
    expect(short).not.toContain("priority normal -> urgent");
    expect(all).toMatch(/Z {2}priority normal -> urgent {2}\(rule "Outage"\)$/m);
    expect(short).not.toContain("notice sent: ann@nw.example");
    expect(all).toContain("notice sent: ann@nw.example");
    expect(all.split("\n").length).toBeGreaterThan(short.split("\n").length);
    expect(all).toMatch(/✗ 2 Newsletters\n +✗ any of\n +✗ nature is "bulk" +"correspondence"$/m);
  });

  it("writes everything as JSON, and ends with 3 for a ticket that is not there", async () => {
    const json = JSON.parse((await why(number, "--json")).stdout);
    expect(Object.keys(json)).toEqual(["ticket", "events", "routes", "messages", "marks", "pauses", "episodes"]);
    expect(json.routes[0]).toMatchObject({
      trigger: "opened",
      trace: { deskVersion: 1, because: "it goes to Ann Lee" },
    });
    expect(await why("NW-9")).toMatchObject({ code: 3, stderr: expect.stringContaining("There is no ticket NW-9") });
  });
});

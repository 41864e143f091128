import { beforeAll, describe, expect, it } from "vitest";
import type { Desk } from "../../src/desk/types.ts";
import { testDesk } from "../db/desks.ts";
import { openStreet, type Street } from "../stages/street.ts";
import { runCli } from "./in-process.ts";
import { cliWorld } from "./world.ts";

const world = cliWorld();
let street: Street;

function desk(): Desk {
  const plain = testDesk();
  const fabrikam = {
    key: "fabrikam",
    name: "Fabrikam Inc.",
    domains: ["fabrikam.example"],
    tags: [],
    attributes: {},
    active: true,
  };
  const gold = { ...plain.sla["standard"]!, key: "gold" };
  return { ...plain, sla: { ...plain.sla, gold }, organizations: { fabrikam } };
}

beforeAll(async () => {
  const db = await world.open();
  street = await openStreet({ db: () => db, url: () => world.url }, { desk: desk() });
  await street.open({ from: "Maria <maria@fabrikam.example>", subject: "The printer", text: "It is silent." });
  await street.open({ from: "Maria <maria@fabrikam.example>", subject: "The scanner", text: "It is blind." });
  await street.open({ from: "Liam <liam@gmail.com>", subject: "The fax", text: "It is alone." });
});

const said = async (...args: string[]) => {
  const { code, stdout, stderr } = await runCli(world.configFile, args);
  return { code, text: `${stdout}${stderr}`.trim() };
};

describe("postern ticket set", { timeout: 120_000 }, () => {
  it("changes fields, each with an event of the admin's", async () => {
    const done = await said(
      "ticket",
      "set",
      "NW-1001",
      "--priority",
      "high",
      "--tag",
      "vip",
      "--tag",
      "Paper",
      "--watch",
      "Ben Ortiz",
      "--watch",
      "boss@nw.example",
      "--topic",
      "login",
      "--department",
      "it",
    );
    expect(done).toEqual({
      code: 0,
      text: "NW-1001: priority normal -> high; department support -> it; assignee ann -> dev; topic none -> login; tags none -> paper, vip; watchers none -> ben, boss@nw.example.",
    });
    const events = (await street.events(1)).filter(({ cause_kind }) => cause_kind === "cli");
    expect(events.every(({ actor, cause }) => actor === "admin" && cause.startsWith("postern ticket set"))).toBe(true);
    expect(events.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["set-priority", "set-department", "set-topic", "tag", "watch", "assign"]),
    );
    expect((await said("ticket", "set", "1001", "--priority", "high")).text).toBe("NW-1001 is like that already.");
  });

  it("says when a solution is due and what the ticket is called, and refuses what is no moment", async () => {
    const done = await said("ticket", "set", "NW-1003", "--due", "30d", "--subject", "Floor 2");
    expect(done).toMatchObject({
      code: 0,
      text: expect.stringMatching(/due none -> \d{4}-\d\d-\d\d .*; subject .* -> Floor 2\./),
    });
    expect((await said("ticket", "set", "NW-1003", "--due", "none", "--subject", "The fax")).text).toMatch(
      /^NW-1003: due .* -> none; subject Floor 2 -> The fax\.$/,
    );
    const wrong = await said("ticket", "set", "NW-1003", "--due", "soonish");
    expect(wrong.code).toBe(2);
    expect(wrong.text).toContain("--due:");
  });

  it("gives the plan of the place back where a ticket's own is taken away, and says so", async () => {
    expect((await said("ticket", "set", "NW-1003", "--sla", "gold")).text).toBe("NW-1003: sla standard -> gold.");
    expect((await said("ticket", "show", "NW-1003")).text).toContain("plan gold: answer");
    expect((await said("ticket", "set", "NW-1003", "--sla", "none")).text).toBe(
      "NW-1003: sla gold -> standard, the plan of the desk.",
    );
    expect((await said("ticket", "show", "NW-1003")).text).toContain("plan standard: answer");
    expect((await said("ticket", "set", "NW-1003", "--sla", "none")).text).toBe(
      "NW-1003 is like that already: plan standard, the plan of the desk.",
    );
  });

  it("shows tags with commas, and a customer without a name without a hole", async () => {
    await street.open({ from: "joe@x.example", subject: "The mouse", text: "It is mute." });
    await said("ticket", "set", "NW-1004", "--tag", "b", "--tag", "a");
    const shown = (await said("ticket", "show", "NW-1004")).text;
    expect(shown).toContain("customer <joe@x.example>;");
    expect(shown).toContain("tags a, b;");
  });

  it("puts a ticket to sleep and shows until when", async () => {
    expect((await said("ticket", "set", "NW-1002", "--status", "snoozed", "--until", "3d")).code).toBe(0);
    expect((await said("ticket", "list", "snoozed")).text).toContain("The scanner");
    const shown = (await said("ticket", "show", "NW-1002")).text;
    expect(shown).toMatch(/snoozed until \d{4}-\d\d-\d\d/);
    expect(shown).toContain("organization fabrikam");
    expect(shown).toContain("plan standard: answer");
    expect((await said("ticket", "set", "NW-1002", "--status", "open")).text).toMatch(
      /status snoozed until .* -> open/,
    );
  });

  it("closes with a notice to the customer, or without", async () => {
    expect((await said("ticket", "set", "NW-1003", "--status", "closed", "--no-notice")).code).toBe(0);
    expect(await street.deliveries({ kind: "closure", ticket_id: 3 })).toEqual([]);
    await said("ticket", "set", "NW-1003", "--status", "open");
    await said("ticket", "set", "NW-1003", "--status", "closed");
    expect(await street.deliveries({ kind: "closure", ticket_id: 3 })).toMatchObject([{ state: "pending" }]);
  });

  it("says what is wrong and what to write instead", async () => {
    const mistakes: [string[], number, string][] = [
      [["--status", "done"], 2, "Write one of open, pending, snoozed, closed"],
      [["--status", "snoozed"], 2, "needs --until"],
      [["--until", "3d"], 2, "belongs to --status snoozed"],
      [["--status", "snoozed", "--until", "2020-01-01"], 2, "has passed"],
      [["--priority", "hihg"], 2, 'Did you mean "high"'],
      [["--department", "nowhere"], 2, "there are support, it"],
      [["--assignee", "annn"], 2, 'Did you mean "ann"'],
      [["--topic", "logn"], 2, 'Did you mean "login"'],
      [["--sla", "glod"], 2, 'Did you mean "gold"? There are standard, gold, and none'],
      [["--tag", "#!"], 2, "cannot be a tag"],
      [["--tag", "bad tag"], 2, '"bad tag" cannot be a tag. Write letters and digits without spaces'],
      [["--untag", "vip,paper"], 2, "for more tags repeat --untag"],
      [
        [],
        2,
        "Say what to change: --status, --until, --priority, --department, --assignee, --sla, --topic, --due, --subject, --tag",
      ],
      [["--no-notice"], 2, "Say what to change"],
      [["--watch", "somebody"], 2, "neither an agent nor an address"],
      [["--assignee", "ben"], 4, "Ben Ortiz cannot have NW-1001"],
    ];
    for (const [args, code, text] of mistakes)
      expect(await said("ticket", "set", "NW-1001", ...args)).toEqual({ code, text: expect.stringContaining(text) });
    expect((await said("ticket", "set", "NW-9", "--priority", "low")).code).toBe(3);
  });
});

describe("postern ticket merge, split and unmerge", { timeout: 120_000 }, () => {
  it("refuses strangers, merges, shows both ways, and takes it back", async () => {
    const refused = await said("ticket", "merge", "NW-1003", "NW-1001");
    expect(refused).toMatchObject({ code: 4, text: expect.stringContaining("--anyway") });
    const itself = await said("ticket", "merge", "NW-1001", "NW-1001");
    expect(itself).toEqual({ code: 4, text: "Refused: NW-1001 cannot be merged into itself." });
    expect(await said("ticket", "merge", "NW-1002", "NW-1001")).toEqual({
      code: 0,
      text: "NW-1002 goes on in NW-1001: maria@fabrikam.example, with nobody else.",
    });
    const survivor = (await said("ticket", "show", "NW-1001")).text;
    expect(survivor).toContain("merged into this one: NW-1002");
    expect(survivor).toContain("It is blind.");
    expect(survivor).toMatch(/\(NW-1002\) opened/);
    expect((await said("ticket", "show", "NW-1002")).text).toContain("merged into NW-1001");
    expect((await said("ticket", "set", "NW-1002", "--priority", "low")).code).toBe(4);
    expect((await said("ticket", "merge", "NW-1002", "NW-1003")).text).not.toContain("--anyway");
    expect((await said("ticket", "unmerge", "NW-1002")).text).toBe("NW-1002 is a ticket of its own again, open.");
    expect((await said("ticket", "unmerge", "NW-1002")).code).toBe(4);
  });

  it("splits, and both tickets name one another", async () => {
    await said("ticket", "merge", "NW-1002", "NW-1001");
    const entry = (await street.entries(1)).find(({ text }) => text.includes("blind"))!;
    const done = await said("ticket", "split", "NW-1001", `${entry.id}`, "--subject", "Blind scanner");
    expect(done.text).toBe("NW-1005 is a ticket of its own, of maria@fabrikam.example: Blind scanner");
    expect((await said("ticket", "show", "NW-1005")).text).toContain("continues NW-1001");
    expect((await said("ticket", "show", "NW-1001")).text).toContain("continued in NW-1005");
    expect((await said("ticket", "split", "NW-1001", "x")).code).toBe(2);
    expect((await said("ticket", "split", "NW-1001", "99")).code).toBe(4);
  });
});

describe("postern customer", { timeout: 120_000 }, () => {
  it("joins strangers only when told to, and shows before who they are", async () => {
    const refused = await said("customer", "merge", "maria@fabrikam.example", "liam@gmail.com");
    expect(refused).toMatchObject({ code: 4, text: expect.stringContaining("--anyway joins them nevertheless") });
    expect(refused.text).toContain("Maria (maria@fabrikam.example) and Liam (liam@gmail.com)");
    const dry = await said("customer", "merge", "maria@fabrikam.example", "liam@gmail.com", "--anyway", "--dry-run");
    expect(dry.code).toBe(0);
    expect(dry.text.split("\n")).toEqual([
      "Maria: maria@fabrikam.example; tickets NW-1005, NW-1002, NW-1001; organization by the domain; attributes none",
      "  would take in",
      "Liam: liam@gmail.com; tickets NW-1003; organization by the domain; attributes none",
      expect.stringContaining("Nothing was changed (--dry-run)."),
    ]);
    expect((await said("customer", "show", "liam@gmail.com")).text).not.toContain("maria");
    expect((await said("customer", "merge", "maria@fabrikam.example", "maria@fabrikam.example")).text).not.toContain(
      "--anyway",
    );
  });

  it("lists, shows, sets and merges", async () => {
    expect((await said("customer", "list")).text).toMatch(/Maria +fabrikam +3 +maria@fabrikam\.example/);
    const set = await said(
      "customer",
      "set",
      "liam@gmail.com",
      "--name",
      "Liam O'Neil",
      "--organization",
      "fabrikam",
      "--attribute",
      "contract=gold",
      "--address",
      "liam@home.example",
    );
    expect(set).toEqual({
      code: 0,
      text: "Liam O'Neil: liam@gmail.com, liam@home.example. 1 of their tickets changed the organization.",
    });
    const shown = (await said("customer", "show", "liam@home.example")).text;
    expect(shown).toContain("organization: Fabrikam Inc., set by hand; attributes: contract=gold");
    expect(shown).toContain("The fax");
    expect((await said("customer", "merge", "maria@fabrikam.example", "liam@gmail.com")).code).toBe(0);
    expect((await said("customer", "show", "maria@fabrikam.example")).text).toContain("The fax");
    expect(JSON.parse((await said("customer", "show", "liam@gmail.com", "--json")).text)).toMatchObject({
      name: "Maria",
      attributes: { contract: "gold" },
      belongsTo: "fabrikam",
    });
  });

  it("refuses agents, and says what it cannot read", async () => {
    expect(await said("customer", "set", "maria@fabrikam.example", "--address", "ann@nw.example")).toMatchObject({
      code: 4,
      text: expect.stringContaining("an agent's or the desk's own"),
    });
    expect((await said("customer", "set", "maria@fabrikam.example", "--attribute", "Gold")).text).toContain(
      "contract=gold",
    );
    expect((await said("customer", "show", "nobody@x.example")).code).toBe(3);
    expect((await said("customer", "set", "nobody@x.example", "--name", "N")).text).toBe("N: nobody@x.example.");
    expect((await said("customer", "show", "no address")).code).toBe(2);
  });
});

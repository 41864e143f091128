import { beforeAll, expect, it } from "vitest";
import { writeDesk } from "../../src/desk/file/desk-file-write.ts";
import type { Desk } from "../../src/desk/types.ts";
import { testDesk } from "../db/desks.ts";
import { openStreet, type Street } from "../stages/street.ts";
import { runCli } from "./in-process.ts";
import { cliWorld } from "./world.ts";

const world = cliWorld();
let street: Street;

beforeAll(async () => {
  const db = await world.open();
  street = await openStreet({ db: () => db, url: () => world.url }, { desk: testDesk() });
  for (const subject of ["One", "Two", "Three"]) await street.open({ from: "m@x.example", subject });
});

const said = async (...args: string[]) => {
  const { code, stdout, stderr } = await runCli(world.configFile, args);
  return { code, text: `${stdout}${stderr}`.trim() };
};

const without = (desk: Desk): Desk => {
  const { it: _, ...departments } = desk.departments;
  const { dev: __, ...agents } = desk.agents;
  const topics = Object.entries(desk.topics).filter(([, topic]) => topic.department !== "it");
  return { ...desk, departments, agents, topics: Object.fromEntries(topics), rules: [] };
};

it("says which tickets a department or an agent that goes still has, before and when it is applied", async () => {
  await said("ticket", "set", "NW-1001", "--department", "it");
  await said("ticket", "set", "NW-1002", "--department", "it");
  await said("ticket", "set", "NW-1002", "--status", "closed", "--no-notice");
  await said("ticket", "set", "NW-1003", "--department", "it", "--status", "pending");
  expect((await street.ticket(1)).assignee).toBe("dev");
  const file = world.write("less.yaml", writeDesk(without(street.desk)));
  const dry = await said("desk", "apply", file, "--dry-run");
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.text).toContain(
    "! agent dev still has 2 tickets not closed. Each is assigned anew as soon as it waits for the desk.",
  );
  expect(dry.text).toContain(
    "! department it still has 2 tickets not closed. None moves by itself: postern ticket set",
  );
  const json = JSON.parse((await said("desk", "apply", file, "--dry-run", "--json")).text) as { remarks: string[] };
  expect(json.remarks).toHaveLength(2);
  expect((await said("desk", "apply", file)).text).toMatch(
    /! department it still has 2 tickets[^]*Applied as version 2/,
  );
  const renamed = world.write("renamed.yaml", writeDesk({ ...without(street.desk), name: "Another name" }));
  expect((await said("desk", "apply", renamed, "--dry-run")).text).toMatch(/^~ desk: name .*\n1 difference; nothing/);
});

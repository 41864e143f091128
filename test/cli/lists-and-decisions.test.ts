import { beforeAll, describe, expect, it } from "vitest";
import { mail } from "../harness/mails.ts";
import { openStreet, type Street } from "../stages/street.ts";
import { cells, cliWorld } from "./world.ts";

const world = cliWorld();
let street: Street;

/** A mail that only names a ticket in its subject: held. */
const heldMail = (number: string, text: string) =>
  street.receive(mail({ from: "Zoe <zoe@else.example>", to: "support@nw.example", subject: `Re: [${number}]`, text }));

beforeAll(async () => {
  const db = await world.open();
  street = await openStreet({ db: () => db, url: () => world.url });
  await street.open({ from: "Maria Santos <maria@home.example>", subject: "My password is refused" });
  street.smtp.script = ({ to }) =>
    to === "liam@home.example" ? { kind: "uncertain", why: "the connection was lost" } : undefined;
  await street.open({ from: "Liam <liam@home.example>", subject: "The printer" });
});

describe("postern ticket", { timeout: 90_000 }, () => {
  it("lists a view as a table and as JSON", async () => {
    const { code, stdout } = await world.postern("ticket", "list");
    expect(code).toBe(0);
    const [head, liam, maria] = stdout.trim().split("\n").map(cells);
    expect(head).toEqual([
      "number",
      "status",
      "priority",
      "department",
      "assignee",
      "waiting for",
      "due",
      "customer",
      "subject",
    ]);
    expect(maria!.slice(0, 6)).toEqual(["NW-1001", "open", "normal", "it", "dev", "us"]);
    expect(liam!.at(-1)).toBe("The printer");
    const json = JSON.parse((await world.postern("ticket", "list", "all", "--json")).stdout);
    expect(json.map(({ publicNumber }: { publicNumber: string }) => publicNumber)).toEqual(["NW-1002", "NW-1001"]);
  });

  it("narrows the view, and says so when it is empty", async () => {
    const narrow = await world.postern("ticket", "list", "open", "--department", "it", "--assignee", "dev");
    expect(narrow.stdout.trim().split("\n")).toHaveLength(2);
    expect((await world.postern("ticket", "list", "closed")).stdout).toBe('No tickets in the view "closed".\n');
  });

  it("shows one with its thread, events, mails and the trace of its rules, with or without brackets", async () => {
    for (const number of ["NW-1001", "[NW-1001]", "nw-1001"]) {
      const { code, stdout } = await world.postern("ticket", "show", number);
      expect(code).toBe(0);
      for (const part of ["My password is refused", "maria@home.example", "opened", "set-department", "Login words"])
        expect(stdout).toContain(part);
    }
    const json = JSON.parse((await world.postern("ticket", "show", "NW-1001", "--json")).stdout);
    expect(Object.keys(json)).toEqual(["ticket", "links", "due", "entries", "events", "deliveries", "routes"]);
    expect(json.routes[0].trace).toBeTruthy();
  });

  it("ends with 3 for one that is not there", async () => {
    expect(await world.postern("ticket", "show", "NW-9999")).toMatchObject({
      code: 3,
      stdout: "",
      stderr: expect.stringContaining("There is no ticket NW-9999"),
    });
  });
});

describe("postern delivery", { timeout: 90_000 }, () => {
  it("lists and shows mails with their tries, and never a token", async () => {
    const { stdout } = await world.postern("delivery", "list", "uncertain");
    const [, row, ...more] = stdout.trim().split("\n").map(cells);
    expect(more).toEqual([]);
    expect(row!.slice(1, 4)).toEqual(["ack", "liam@home.example", "uncertain"]);
    const shown = await world.postern("delivery", "show", row![0]!);
    expect(shown.stdout).toContain("the connection was lost");
    expect(shown.stdout).toMatch(/try\s+began/);
    const raw = await world.postern("delivery", "show", row![0]!, "--raw");
    expect(raw.stdout).toContain("Subject: Re: The printer [NW-1002]");
    const all = await world.postern("delivery", "list", "--json");
    expect(all.stdout).not.toMatch(/\+a\d+-[a-z2-7]{26}/);
  });

  it("sends an uncertain one again, once, by a human's word", async () => {
    const [{ id }] = JSON.parse((await world.postern("delivery", "list", "uncertain", "--json")).stdout);
    expect(await world.postern("delivery", "resend", `${id}`)).toMatchObject({
      code: 0,
      stdout: `Mail ${id} to liam@home.example is sent again.\n`,
    });
    expect(await street.delivery(id)).toMatchObject({ state: "pending", attempts: 0 });
    expect(await world.postern("delivery", "resend", `${id}`)).toMatchObject({
      code: 4,
      stderr: expect.stringContaining("is pending"),
    });
  });

  it("ends with 3 for one that is not there", async () => {
    for (const verb of ["show", "resend"]) expect((await world.postern("delivery", verb, "99999")).code).toBe(3);
  });
});

describe("postern inbound", { timeout: 90_000 }, () => {
  it("lists and shows what came in, and gives the bytes back as they came", async () => {
    const raw = mail({ from: "Zoë <zoe@else.example>", to: "support@nw.example", subject: "Grüße", text: "ä\n" });
    const row = await street.receive(raw);
    const list = await world.postern("inbound", "list", "recorded", "--limit", "1");
    expect(cells(list.stdout.trim().split("\n")[1]!).slice(0, 3)).toEqual([`${row.id}`, street.mailbox, "recorded"]);
    const shown = await world.postern("inbound", "show", `${row.id}`);
    expect(shown.stdout).toContain("zoe@else.example");
    expect(shown.stdout).toContain("open-ticket");
    const bytes = await world.postern("inbound", "show", `${row.id}`, "--raw");
    expect(bytes.stdout).toBe(raw.raw.toString("utf8"));
    const json = JSON.parse((await world.postern("inbound", "show", `${row.id}`, "--json")).stdout);
    expect(json).toMatchObject({ id: row.id, state: "recorded" });
    expect(json).not.toHaveProperty("decided");
  });

  it("accepts, makes new and blocks what is held, each once", async () => {
    const accepted = await heldMail("NW-1001", "one");
    const own = await heldMail("NW-1001", "two");
    const blocked = await heldMail("NW-1001", "three");
    const list = await world.postern("inbound", "list", "held", "--limit", "1");
    expect(cells(list.stdout.trim().split("\n")[1]!)[2]).toMatch(/^held \d+[mhd], stranger$/);
    expect(await world.postern("inbound", "accept", `${accepted.id}`)).toMatchObject({ code: 0, stderr: "" });
    expect(await street.inbound(accepted.id)).toMatchObject({ state: "recorded", ticket_id: 1 });
    expect(await world.postern("inbound", "new", `${own.id}`)).toMatchObject({ code: 0 });
    expect((await street.inbound(own.id)).ticket_id).not.toBe(1);
    expect(await world.postern("inbound", "block", `${blocked.id}`)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("zoe@else.example is blocked"),
    });
    expect(await street.inbound(blocked.id)).toMatchObject({ state: "quarantined" });
    for (const verb of ["accept", "new", "block"])
      expect(await world.postern("inbound", verb, `${accepted.id}`)).toMatchObject({
        code: 4,
        stderr: expect.stringContaining("is not held"),
      });
    const events = await street.events(1);
    expect(events.find(({ cause_kind }) => cause_kind === "cli")?.cause).toContain("postern inbound accept");
  });

  it("reads a quarantined one again, and refuses another", async () => {
    const row = await street.receive(mail({ from: "zoe@else.example", to: "support@nw.example", text: "blocked" }));
    expect(row.state).toBe("quarantined");
    expect(await world.postern("inbound", "retry", `${row.id}`)).toMatchObject({ code: 0 });
    expect(await street.inbound(row.id)).toMatchObject({ state: "stored", parse_attempts: 0 });
    expect((await world.postern("inbound", "retry", `${row.id}`)).code).toBe(4);
  });

  it("ends with 3 for one that is not there", async () => {
    for (const verb of ["show", "accept", "new", "block", "retry"])
      expect({ verb, code: (await world.postern("inbound", verb, "99999")).code }).toEqual({ verb, code: 3 });
  });
});

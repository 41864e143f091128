import { expect, it } from "vitest";
import { threadText } from "../../src/desk/notices/notice-list-thread.ts";
import { onBothStores, onSqlite } from "../db/stores.ts";
import { answers, asks, listDesk, listed } from "./list-mails.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND } from "./street.ts";

onBothStores("questions by mail", (store) => {
  it("#search finds all of the words wherever they stand, and nothing that the agent may not see", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const open = (from: string, subject: string, text: string, to = "support") =>
      street.open({ from, to: `${to}@nw.example`, subject, text });
    const printer = await open("Zoë Müller <zoe@search.example>", "Search printer", "It prints 100% of_nothing.\n");
    await open("Joe Doe <joe@search.example>", "Search scanner", "The PRINTER is fine, Grüße aus Köln.\n");
    await open("Ann Other <other@search.example>", "Search payroll", "Salaries.\n", "it");
    const found = async (words: string, from = "ann") => {
      const { sent } = await asks(street, `#search ${words}`, { from });
      return listed(sent[0]!, "Search").sort();
    };
    expect(await found("printer search.example")).toEqual(["printer", "scanner"]);
    expect(await found("PRINTER köln")).toEqual(["scanner"]);
    expect(await found("GRÜSSE")).toEqual([]);
    expect(await found("grüße KÖLN")).toEqual(["scanner"]);
    expect(await found("müller")).toEqual(["printer"]);
    expect(await found("zoe@search")).toEqual(["printer"]);
    expect(await found(printer.publicNumber.toLowerCase())).toEqual(["printer"]);
    expect(await found("100% search")).toEqual(["printer"]);
    expect(await found("10%% search")).toEqual([]);
    expect(await found("of_nothing")).toEqual(["printer"]);
    expect(await found("of-nothing")).toEqual([]);
    expect(await found("salaries")).toEqual(["payroll"]);
    expect(await found("salaries", "ben")).toEqual([]);
    expect(await found("' or 1=1 --")).toEqual([]);
  });

  it("#show mails the whole thread with every change between; an answer to it answers the customer", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const ticket = await street.open({
      from: "Maria Santos <maria@show.example>",
      subject: "Show",
      text: "It is dark.\n",
    });
    const notice = street.lastTo("ben@nw.example");
    await street.pass(60 * SECOND);
    await street.receive(await agentAnswers(notice, "#note She is the new boss.", { from: "ben@nw.example" }));
    await street.receive(await agentAnswers(notice, "#priority high\nWhich floor?", { from: "ben@nw.example" }));
    await street.pass(60 * SECOND);
    await street.receive(
      await customerAnswers(street.lastTo("maria@show.example"), "The second.", "Maria Santos <maria@show.example>"),
    );
    const { sent, row } = await asks(street, `#show ${ticket.publicNumber}`);
    expect(row).toMatchObject({ verdict: "command-mail", ticket_id: null });
    const { text, subject } = sent[0]!.message;
    expect(subject).toBe(`[${ticket.publicNumber}] Show`);
    const order = ["(1) Maria Santos, customer:", "It is dark.", "(2) Ben Ortiz, NOTE:", "She is the new boss."];
    order.push(
      "(3) Ben Ortiz, reply:",
      "Which floor?",
      "priority normal -> high by ben",
      "(4) Maria Santos, customer:",
    );
    order.push("The second.", `=== ${ticket.publicNumber} ===`);
    const places = order.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places.toSorted((a, b) => a - b)).toEqual(places);

    await street.receive(await agentAnswers(sent[0]!, "We come up."));
    await street.pass(5 * SECOND);
    const reply = street.lastTo("maria@show.example").message.text;
    expect(reply).toContain("We come up.");
    expect(reply).not.toMatch(/boss|NOTE|Which floor/);
  });

  it("#status, #stats and #who say how things stand", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const ticket = await street.open({ from: "maria@figures.example", subject: "Figures" });
    await asks(street, `${ticket.publicNumber} #take`, { from: "ben" });
    const status = await answers(street, street.lastTo("ann@nw.example"), "#status");
    expect(status.text).toContain("Ben Ortiz has it.");
    expect(status.text).toContain("It waits for us since 11:00.");
    expect(status.text).toContain("Due 12:00.");
    expect(status.text).toContain("No mail to the customer waits or has failed.");
    expect((await asks(street, "#status")).text).toMatch(/Tickets: \d+ open, .* pending.*\nMails of the last 30 days/);
    const stats = (await asks(street, "#stats", { from: "ben" })).text;
    expect(stats).toMatch(/^Support: [1-9]\d* open/m);
    expect(stats).toMatch(/^Ben Ortiz: 1 open, 1 waiting for us, 0 overdue, 0 pending/m);
    expect(stats).not.toMatch(/^IT:/m);
    const who = (await asks(street, "#who", { from: "ben" })).text;
    expect(who).toMatch(/^Ben Ortiz: here; has 1 open, 0 overdue, 0 put off$/m);
    expect(who).not.toContain("Dev Patel");
    expect((await asks(street, "#who")).text).toContain("Dev Patel: here");
  });
});

onSqlite("other questions by mail", (store) => {
  it("#show shows nothing to whom the ticket is not for, and says the same as of no ticket at all", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const hidden = await street.open({ from: "maria@hidden.example", subject: "Hidden salary" });
    const own = await street.open({ from: "Ben Ortiz <ben@nw.example>", subject: "Bens own" });
    for (const [number, from] of [
      [hidden.publicNumber, "dev"],
      [own.publicNumber, "ben"],
      ["NW-999999", "ann"],
      ["nonsense", "ann"],
    ] as const) {
      const { text, row } = await asks(street, `#show ${number}`, { from });
      expect(row.state).toBe("recorded");
      expect(text).toContain(`There is no ticket "${number}" that you may see.`);
      expect(text).not.toMatch(/salary|Bens own/);
    }
  });

  it("#help lists what this role may do, or all about one command", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const whole = await asks(street, "#help", { from: "tia" });
    expect(whole.text).toContain("#snooze");
    expect(whole.text).not.toContain("#merge");
    const one = await asks(street, "#help snooze");
    expect(one.text).toContain("#snooze");
    expect(one.text).toMatch(/^ +#snooze tomorrow 9am$/m);
    const unknown = await asks(street, "#help snoze");
    expect(unknown.text).toContain("Did you mean #help snooze?");
  });
});

it("a long thread is cut in the middle, and says so", () => {
  const entry = (n: number) => ({ at: n, seq: n, from: "Maria", kind: "customer", text: `words ${n}`, files: [] });
  const thread = Array.from({ length: 500 }, (_, n) => entry(n + 1));
  const desk = listDesk();
  const facts = { desk, now: 1000, agent: null, supportAddress: "support@nw.example", templates: { language: "en" } };
  const text = threadText({ ...facts, ticket: { publicNumber: "NW-1" }, thread } as never, 2000);
  expect(text.length).toBeLessThan(2300);
  expect(text).toContain("words 1\n");
  expect(text).toContain("words 500");
  expect(text).toMatch(
    /\(4\d\d lines between are left out here, this thread is long: postern ticket show NW-1 has all\)/,
  );
});

import { describe, expect, it } from "vitest";
import { awayOn, backOn } from "../../src/desk/assigning/absence.ts";
import { onBothStores } from "../db/stores.ts";
import { asks, listDesk } from "./list-mails.ts";
import { agentAnswers, openStreet } from "./street.ts";

const TODAY = "2026-11-23";

describe("absences", () => {
  const span = (from: string, to: string) => ({ from, to });
  const CASES: [before: { from: string; to: string }[], days: { from: string; to: string } | null, after: unknown][] = [
    [[], null, [span(TODAY, TODAY)]],
    [[], span("2026-12-20", "2027-01-03"), [span("2026-12-20", "2027-01-03")]],
    [[span("2026-12-20", "2027-01-03")], span("2026-12-24", "2026-12-26"), undefined],
    [[span("2026-12-20", "2026-12-24")], span("2026-12-23", "2027-01-03"), [span("2026-12-20", "2027-01-03")]],
    [[span("2026-12-20", "2026-12-24")], span("2026-12-25", "2026-12-26"), [span("2026-12-20", "2026-12-26")]],
    [[span("2026-12-20", "2026-12-24")], null, [span(TODAY, TODAY), span("2026-12-20", "2026-12-24")]],
    [[], span("2026-11-01", "2026-11-25"), [span(TODAY, "2026-11-25")]],
  ];
  for (const [before, days, after] of CASES)
    it(`${JSON.stringify(before)} and ${JSON.stringify(days)}`, () => {
      const change = awayOn(before, days, TODAY);
      expect("refused" in change).toBe(false);
      expect("away" in change ? change.away : undefined).toEqual(after);
    });

  it("what cannot be meant is refused", () => {
    expect(awayOn([], span("2026-12-03", "2026-12-01"), TODAY)).toMatchObject({
      refused: expect.stringMatching(/backwards/),
    });
    expect(awayOn([], span("2026-11-01", "2026-11-03"), TODAY)).toMatchObject({
      refused: expect.stringMatching(/has passed/),
    });
    expect(awayOn([], span("2026-12-20", "2037-01-03"), TODAY)).toMatchObject({
      refused: expect.stringMatching(/days ahead/),
    });
  });

  it("#back ends what has begun and takes back what has not", () => {
    const before = [
      span("2026-01-01", "2026-01-05"),
      span("2026-11-20", "2026-11-30"),
      span("2026-12-20", "2026-12-31"),
    ];
    expect(backOn(before, TODAY)).toEqual({
      away: [span("2026-01-01", "2026-01-05"), span("2026-11-20", "2026-11-22")],
      result: "you are back; no longer away from 20 December to 31 December",
    });
    expect(backOn([span(TODAY, TODAY)], TODAY)).toMatchObject({ away: [], result: "you are back" });
    expect(backOn([], TODAY)).not.toHaveProperty("away");
  });
});

onBothStores("presence by mail", (store) => {
  it("#away makes a version of the desk, says who stands in, and gives no new tickets; #back undoes it", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const away = async () => (await street.currentDesk()).agents["ben"]!.away;
    const { text, row } = await asks(street, "#away", { from: "ben" });
    expect(row).toMatchObject({ verdict: "command-mail", state: "recorded" });
    expect(text).toContain("#away: you are away today; your tickets that wait are assigned anew, as Support does it");
    expect(await away()).toEqual([{ from: TODAY, to: TODAY }]);
    const { version } = await street.currentDesk();
    expect((await asks(street, "#away", { from: "ben" })).text).toContain("away today already; nothing changed");
    expect((await street.currentDesk()).version).toBe(version);
    expect((await asks(street, "#who", { from: "ann" })).text).toContain("Ben Ortiz: away today");

    // In answer to a ticket as well.
    await street.open({ from: "maria@presence.example", subject: "Presence" });
    await street.receive(await agentAnswers(street.lastTo("ben@nw.example"), "#back", { from: "ben@nw.example" }));
    expect(street.lastTo("ben@nw.example").message.text).toContain("#back: you are back");
    expect(await away()).toEqual([]);
    const dates = await asks(street, "#away 2026-12-20..2027-01-03", { from: "ben" });
    expect(dates.text).toContain("away from 20 December to 3 January 2027");
    expect(await away()).toEqual([{ from: "2026-12-20", to: "2027-01-03" }]);
  });
});

import { describe, expect, it } from "vitest";
import {
  type AgentLoad,
  mayKeep,
  pickAgent,
  type PickFacts,
  ticketWeight,
} from "../../../src/desk/assigning/assignment.ts";
import type { Agent, Assignment, Desk } from "../../../src/desk/types.ts";
import { agent, at, DESK, department, ticket } from "../rules/rule-world.ts";

/** A Wednesday, 11:00 in Berlin. */
const NOW = Date.UTC(2026, 11, 23, 10);
const CHRISTMAS = [{ from: "2026-12-20", to: "2027-01-03" }];

const load = (key: string, openTickets: number, turn: number, weight = openTickets): AgentLoad => ({
  agent: key,
  openTickets,
  turn,
  weight,
});
const robin = { strategy: "round-robin" } as const;
const least = { strategy: "least-open" } as const;
const sticky = { strategy: "sticky" } as const;
const fixed = (key: string) => ({ strategy: "fixed", agent: key }) as const;

/** The desk with some agents otherwise than usual. */
function deskWith(changes: Record<string, Partial<Agent>>, more: Partial<Desk> = {}): Desk {
  const changed = Object.entries(changes).map(([key, change]) => [
    key,
    { ...(DESK.agents[key] ?? agent(key, key)), ...change },
  ]);
  return { ...DESK, ...more, agents: { ...DESK.agents, ...Object.fromEntries(changed) } };
}

function pick(how: Assignment, loads: readonly AgentLoad[] = [], more: Partial<PickFacts> = {}, desk = DESK) {
  return pickAgent(how, desk, { now: NOW, ticket: ticket(), loads, ...more });
}
const inDepartment = (key: string) => ({ ticket: ticket({ department: key }) });

describe("strategies", () => {
  it("assigns nobody by default", () => {
    expect(pick({ strategy: "none" }).agent).toBeNull();
  });

  it("goes round: whose turn was longest ago, by key when equal", () => {
    expect(pick(robin, [load("ann", 0, 9), load("ben", 5, 3), load("cat", 0, 7)]).agent).toBe("ben");
    expect(pick(robin)).toEqual({ agent: "ann", because: "it is Ann Lee's turn" });
    expect(pick(robin, [load("ann", 0, 1)]).agent).toBe("ben");
  });

  it("visits everyone once before it comes back", () => {
    const loads = new Map(["ann", "ben", "cat"].map((key) => [key, load(key, 0, 0)]));
    const turns = [1, 2, 3, 4, 5, 6].map((turn) => {
      const { agent: next } = pick(robin, [...loads.values()]);
      loads.set(next!, load(next!, 0, turn));
      return next;
    });
    expect(turns).toEqual(["ann", "ben", "cat", "ann", "ben", "cat"]);
  });

  it("takes the one with the fewest open tickets, then by turn", () => {
    expect(pick(least, [load("ann", 2, 1), load("ben", 1, 9), load("cat", 1, 4)])).toEqual({
      agent: "cat",
      because: "Catherine Wu has the fewest open tickets (1)",
    });
  });

  it("weighs tickets by priority, and less when they wait for somebody else", () => {
    expect(["low", "normal", "high", "urgent"].map((one) => ticketWeight(one as "low", false))).toEqual([0.5, 1, 2, 4]);
    expect(ticketWeight("urgent", true)).toBe(1);
    const loads = [load("ann", 1, 1, 4), load("ben", 3, 2, 1.5), load("cat", 2, 3, 2)];
    expect(pick({ strategy: "least-weighted" }, loads)).toEqual({
      agent: "ben",
      because: "Ben Ortiz has the least to do (weight 1.5)",
    });
  });

  it("never picks who is inactive or of another department, however little they have", () => {
    const loads = [load("ann", 9, 9), load("ben", 9, 8), load("cat", 9, 7), load("old", 0, 0), load("dev", 0, 0)];
    expect(pick(least, loads).agent).toBe("cat");
    expect(pick(robin, loads).agent).toBe("cat");
    expect(pick(least, loads, inDepartment("gone"))).toEqual({ agent: null, because: "GONE has no active member" });
  });
});

describe("sticky", () => {
  const loads = [load("ann", 5, 1), load("ben", 9, 2), load("cat", 0, 3)];
  const lastAgent = { agent: "ben", ticket: "NW-7" };

  it("goes to the customer's last agent, whatever they have to do", () => {
    expect(pick(sticky, loads, { lastAgent })).toEqual({
      agent: "ben",
      because: "Ben Ortiz had the customer's last ticket (NW-7)",
    });
  });

  it("else to who has the fewest, or as `otherwise` says", () => {
    expect(pick(sticky, loads)).toEqual({
      agent: "cat",
      because: "no agent knows the customer yet; Catherine Wu has the fewest open tickets (0)",
    });
    expect(pick({ ...sticky, otherwise: "round-robin" }, loads).agent).toBe("ann");
  });

  it.each([
    [
      "away",
      deskWith({ ben: { away: CHRISTMAS } }),
      "the customer's last agent Ben Ortiz is away until 3 January 2027",
    ],
    ["gone", deskWith({ ben: { active: false } }), "the customer's last agent Ben Ortiz is no longer active"],
    ["elsewhere", deskWith({ ben: { departments: ["it"] } }), "the customer's last agent Ben Ortiz is not in Support"],
    ["full", deskWith({ ben: { capacity: 9 } }), "the customer's last agent Ben Ortiz has 9 of at most 9 tickets"],
  ])("does not wait for one who is %s", (_name, desk, why) => {
    expect(pick(sticky, loads, { lastAgent }, desk)).toEqual({
      agent: "cat",
      because: `${why}; Catherine Wu has the fewest open tickets (0)`,
    });
  });

  it("leaves an agent alone whose last ticket is asked about by another strategy", () => {
    expect(pick(least, loads, { lastAgent }).agent).toBe("cat");
  });
});

describe("who may be picked", () => {
  it("passes over who is away, on the first and on the last day, in the desk's time zone", () => {
    const desk = deskWith({ ann: { away: CHRISTMAS } });
    const on = (now: number) => pick(robin, [], { now }, desk).agent;
    expect(on(Date.UTC(2026, 11, 19, 22, 59))).toBe("ann");
    expect(on(Date.UTC(2026, 11, 19, 23))).toBe("ben");
    expect(on(Date.UTC(2027, 0, 3, 22, 59))).toBe("ben");
    expect(on(Date.UTC(2027, 0, 3, 23))).toBe("ann");
  });

  it("says who was passed over and why", () => {
    const desk = deskWith({ ann: { away: CHRISTMAS }, ben: { capacity: 2 } });
    expect(pick(least, [load("ben", 2, 1)], {}, desk)).toEqual({
      agent: "cat",
      because:
        "Catherine Wu has the fewest open tickets (0); Ann Lee is away until 3 January 2027; Ben Ortiz has 2 of at most 2 tickets",
    });
  });

  it("names the first ones of many and counts the rest", () => {
    const crowd = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [`a${n}`, { name: `A${n}`, away: CHRISTMAS }] as const),
    );
    expect(pick(robin, [], {}, deskWith(crowd)).because).toBe(
      "it is Ann Lee's turn; A0 is away until 3 January 2027; A1 is away until 3 January 2027; A2 is away until 3 January 2027; 6 others cannot have it",
    );
  });

  it("wants every skill", () => {
    const desk = deskWith({ ben: { skills: ["network"] }, cat: { skills: ["network", "voip"] } });
    expect(pick({ ...least, skills: ["network", "voip"] }, [load("cat", 50, 9)], {}, desk)).toEqual({
      agent: "cat",
      because: "Catherine Wu has the fewest open tickets (50); Ann Lee lacks network and voip; Ben Ortiz lacks voip",
    });
    expect(pick({ ...least, skills: ["fax"] }, [], {}, desk)).toMatchObject({
      agent: null,
      because: expect.stringMatching(/^nobody of Support can have it; Ann Lee lacks fax/),
    });
  });

  it("counts the lower of the two capacities", () => {
    const desk = deskWith({ ann: { capacity: 3 }, ben: { capacity: 30 } });
    const loads = [load("ann", 3, 0), load("ben", 4, 0), load("cat", 4, 0)];
    expect(pick({ ...least, capacity: 5 }, loads, {}, desk).agent).toBe("ben");
    expect(pick({ ...least, capacity: 4 }, loads, {}, desk)).toMatchObject({
      agent: null,
      because: expect.stringContaining("Ben Ortiz has 4 of at most 4 tickets"),
    });
  });

  it("never gives a ticket to its own customer or to who takes part in it", () => {
    const theirs = ticket({
      customer: { name: "Ann", address: at("ann@nw.example") },
      participants: [{ name: "Ben", address: at("ben@nw.example") }],
    });
    expect(pick(robin, [], { ticket: theirs })).toEqual({
      agent: "cat",
      because: "it is Catherine Wu's turn; Ann Lee is the customer; Ben Ortiz takes part in the ticket",
    });
  });

  it("lets agents at work go before agents who are off", () => {
    const desk = deskWith({ ann: { schedule: "office" }, ben: { schedule: "office" }, cat: { schedule: "never" } });
    expect(pick(robin, [load("ann", 0, 5)], {}, desk)).toEqual({
      agent: "ben",
      because: "it is Ben Ortiz's turn; Catherine Wu is not at work now",
    });
    const evening = { now: Date.UTC(2026, 11, 23, 20) };
    expect(pick(robin, [load("ann", 0, 5), load("ben", 0, 6)], evening, desk)).toEqual({
      agent: "cat",
      because: "it is Catherine Wu's turn; nobody is at work now",
    });
  });

  it("prefers who is off to who is away, and who is at work but full does not count as there", () => {
    const desk = deskWith({ ann: { away: CHRISTMAS }, ben: { schedule: "never" }, cat: { capacity: 1 } });
    expect(pick(robin, [load("cat", 1, 0)], {}, desk).agent).toBe("ben");
  });
});

describe("an agent by name", () => {
  it.each([
    ["dev", "it", "dev", "it goes to Dev Patel"],
    ["dev", "support", null, "Dev Patel is not in Support"],
    ["nobody", "support", null, 'there is no agent "nobody"'],
    ["constructor", "support", null, 'there is no agent "constructor"'],
  ])("%s in %s", (key, place, picked, because) => {
    expect(pick(fixed(key), [], inDepartment(place))).toEqual({ agent: picked, because });
  });

  it("is not stood in for in a department that is not theirs, also while they are away", () => {
    const desk = deskWith({ dev: { away: CHRISTMAS, deputy: "cat" } });
    expect(pick(fixed("dev"), [], {}, desk)).toEqual({ agent: null, because: "Dev Patel is not in Support" });
  });

  it("has no capacity: who is named is meant", () => {
    expect(pick(fixed("ben"), [load("ben", 9, 1)], {}, deskWith({ ben: { capacity: 1 } })).agent).toBe("ben");
  });

  it("is stood in for by the deputy, and by the deputy's deputy", () => {
    const one = deskWith({ ben: { away: CHRISTMAS, deputy: "cat" } });
    expect(pick(fixed("ben"), [], {}, one)).toEqual({
      agent: "cat",
      because: "Ben Ortiz is away until 3 January 2027; Catherine Wu is the deputy",
    });
    const two = deskWith({ ben: { away: CHRISTMAS, deputy: "dev" }, dev: { deputy: "cat" } });
    expect(pick(fixed("ben"), [], {}, two)).toEqual({
      agent: "cat",
      because:
        "Ben Ortiz is away until 3 January 2027; the deputy Dev Patel is not in Support; Catherine Wu is the deputy",
    });
  });

  it("falls back to the department's strategy when deputies only point at one another", () => {
    const desk = deskWith({ ben: { away: CHRISTMAS, deputy: "cat" }, cat: { away: CHRISTMAS, deputy: "ben" } });
    expect(pick(fixed("ben"), [], {}, desk)).toEqual({
      agent: "ann",
      because:
        "Ben Ortiz is away until 3 January 2027; the deputy Catherine Wu is away until 3 January 2027; " +
        "Ann Lee has the fewest open tickets (0)",
    });
  });

  it("goes by the department's own agent, else to nobody", () => {
    const away = { dev: { away: CHRISTMAS } };
    expect(pick(fixed("dev"), [], inDepartment("it"), deskWith(away))).toEqual({
      agent: null,
      because: "Dev Patel is away until 3 January 2027",
    });
    const eve = deskWith(
      { ...away, eve: { name: "Eve Moss", departments: ["it"] } },
      {
        departments: { ...DESK.departments, it: department("it", { name: "IT", assign: fixed("eve") }) },
      },
    );
    expect(pick(fixed("dev"), [], inDepartment("it"), eve)).toEqual({
      agent: "eve",
      because: "Dev Patel is away until 3 January 2027; IT goes to Eve Moss",
    });
  });

  it("does not wait for who has left, or who wrote the ticket", () => {
    expect(pick(fixed("old")).because).toMatch(/^Old Hand is no longer active; Ann Lee has the fewest open tickets/);
    const own = ticket({ customer: { name: "Cat", address: at("cat@nw.example") } });
    expect(pick(fixed("cat"), [], { ticket: own })).toMatchObject({
      agent: "ann",
      because: expect.stringMatching(/^Catherine Wu is the customer; Ann Lee has the fewest/),
    });
  });
});

it("who is there and in the department may keep a ticket that nobody else is found for", () => {
  expect(mayKeep(DESK, "ben", ticket(), NOW)).toBe(true);
  expect(mayKeep(DESK, null, ticket(), NOW)).toBe(false);
  expect(mayKeep(DESK, "dev", ticket(), NOW)).toBe(false);
  expect(mayKeep(DESK, "old", ticket(), NOW)).toBe(false);
  expect(mayKeep(deskWith({ ben: { away: CHRISTMAS } }), "ben", ticket(), NOW)).toBe(false);
});

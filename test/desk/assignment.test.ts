import { describe, expect, it } from "vitest";
import { pickAgent } from "../../src/desk/assignment.ts";
import type { AgentLoad } from "../../src/desk/assignment.ts";
import { DESK } from "./rule-world.ts";

const load = (agent: string, openTickets: number, lastAssignedSeq: number): AgentLoad => ({
  agent,
  openTickets,
  lastAssignedSeq,
});
const robin = { strategy: "round-robin" } as const;
const least = { strategy: "least-open" } as const;
const fixed = (agent: string) => ({ strategy: "fixed", agent }) as const;

describe("pickAgent", () => {
  it("assigns nobody by default", () => {
    expect(pickAgent({ strategy: "none" }, DESK, "support", []).agent).toBeNull();
  });

  it("goes round: whoever was assigned longest ago, by key when equal", () => {
    expect(pickAgent(robin, DESK, "support", [load("ann", 0, 9), load("ben", 5, 3), load("cat", 0, 7)]).agent).toBe(
      "ben",
    );
    expect(pickAgent(robin, DESK, "support", []).agent).toBe("ann");
    expect(pickAgent(robin, DESK, "support", [load("ann", 0, 1)]).agent).toBe("ben");
  });

  it("visits everyone once before it comes back", () => {
    const loads = new Map(["ann", "ben", "cat"].map((key) => [key, load(key, 0, 0)]));
    const turns = [1, 2, 3, 4, 5, 6].map((seq) => {
      const { agent } = pickAgent(robin, DESK, "support", [...loads.values()]);
      loads.set(agent!, load(agent!, 0, seq));
      return agent;
    });
    expect(turns).toEqual(["ann", "ben", "cat", "ann", "ben", "cat"]);
  });

  it("takes the one with the fewest open tickets, then by turn", () => {
    const picked = pickAgent(least, DESK, "support", [load("ann", 2, 1), load("ben", 1, 9), load("cat", 1, 4)]);
    expect(picked).toEqual({ agent: "cat", because: "Catherine Wu has the fewest open tickets (1)" });
  });

  it("never picks who is inactive or of another department, however little they have", () => {
    const loads = [load("ann", 9, 9), load("ben", 9, 8), load("cat", 9, 7), load("old", 0, 0), load("dev", 0, 0)];
    expect(pickAgent(least, DESK, "support", loads).agent).toBe("cat");
    expect(pickAgent(robin, DESK, "support", loads).agent).toBe("cat");
    expect(pickAgent(robin, DESK, "gone", loads)).toEqual({ agent: null, because: "GONE has no active member" });
  });

  it.each([
    ["dev", "it", "dev", "it goes to Dev Patel"],
    ["dev", "support", null, "Dev Patel is not in Support"],
    ["old", "support", null, "Old Hand is no longer active"],
    ["nobody", "support", null, 'there is no agent "nobody"'],
    ["constructor", "support", null, 'there is no agent "constructor"'],
  ])("fixed agent %s in %s", (agent, department, picked, because) => {
    expect(pickAgent(fixed(agent), DESK, department, [])).toEqual({ agent: picked, because });
  });
});

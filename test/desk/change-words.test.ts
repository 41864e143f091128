import { describe, expect, it } from "vitest";
import { changeInWords, type WordedEvent } from "../../src/desk/change-words.ts";
import { testDesk } from "../db/desks.ts";

const desk = testDesk();
const event = (change: Partial<WordedEvent>) =>
  changeInWords(
    { name: "assign", actor: "ben", cause_kind: "command", cause: "#assign", old: null, new: null, ...change },
    desk,
  );

describe("events in words", () => {
  it("names people and places as people know them", () => {
    expect(event({ new: "ann" })).toBe("assigned to Ann Lee by ben");
    expect(event({ old: "ann" })).toBe("taken from Ann Lee by ben");
    expect(event({ name: "set-department", new: "it" })).toBe("moved to IT by ben");
    expect(event({ name: "set-topic", new: "login" })).toBe("topic Login and access by ben");
    expect(event({ name: "set-topic", old: "login" })).toBe("topic none by ben");
  });

  it("says why, for rules, defaults and people", () => {
    expect(event({ new: "dev", cause_kind: "department", cause: "it: the only one" })).toBe(
      "assigned to Dev Patel (IT's default)",
    );
    expect(event({ name: "set-priority", old: "normal", new: "high", cause_kind: "rule", cause: "VIP" })).toBe(
      "priority normal -> high (rule VIP)",
    );
    expect(event({ name: "set-status", old: "open", new: "closed" })).toBe("status open -> closed by ben");
  });

  it("has words for tags and for the beginning, and none for mail that was sent", () => {
    expect(event({ name: "tag", new: "vip" })).toBe("tagged vip by ben");
    expect(event({ name: "untag", old: "vip" })).toBe("tag vip removed by ben");
    expect(event({ name: "opened", new: "NW-1", actor: "maria@fabrikam.example" })).toBe("opened by mail");
    expect(event({ name: "opened", new: "NW-1", actor: "dev" })).toBe("opened by Dev Patel");
    for (const name of ["reply sent", "acknowledged", "customer replied"]) expect(event({ name })).toBeUndefined();
  });

  it("has words for what happens by itself, and tells times as the desk's clock does", () => {
    const snoozed = { name: "set-status", old: "open", new: "snoozed until 2026-11-24T08:00:00.000Z" };
    expect(event(snoozed)).toBe("status open -> snoozed until 24 November 09:00 by ben");
    const closed = {
      name: "set-status",
      old: "pending",
      new: "closed",
      cause_kind: "clock",
      cause: "pending for 14 days",
    };
    expect(event(closed)).toBe("status pending -> closed (pending for 14 days)");
    expect(event({ name: "closing announced", new: "joe@x.example" })).toContain("will be closed");
  });

  it("has words for watchers, customers, merging and splitting", () => {
    const cli = { cause_kind: "cli", cause: "postern ticket merge", actor: "admin" };
    expect(event({ ...cli, name: "watch", new: "ann" })).toBe("watched by Ann Lee by admin");
    expect(event({ ...cli, name: "unwatch", old: "boss@nw.example" })).toBe(
      "no longer watched by boss@nw.example by admin",
    );
    expect(event({ ...cli, name: "merged in", new: "NW-2" })).toBe("NW-2 merged into this ticket by admin");
    expect(event({ ...cli, name: "merge taken back", old: "NW-2" })).toBe("NW-2 is a ticket of its own again by admin");
    expect(event({ ...cli, name: "split", new: "NW-3" })).toBe("NW-3 split off by admin");
    expect(event({ ...cli, name: "opened", new: "NW-3", detail: "split from NW-1: entries 4" })).toBe(
      "split from NW-1",
    );
    expect(event({ name: "set-customer", old: "a@x.example", new: "b@x.example" })).toContain(
      "a@x.example -> b@x.example",
    );
    expect(event({ name: "set-sla", new: "gold", cause_kind: "rule", cause: '"VIP"' })).toBe(
      "SLA plan gold (rule VIP)",
    );
  });

  it("shows a key that the desk has forgotten as it is", () => {
    expect(event({ new: "zed" })).toBe("assigned to zed by ben");
    expect(event({ name: "set-department", new: "old" })).toBe("moved to old by ben");
  });
});

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
      "priority normal -> high (VIP)",
    );
    expect(event({ name: "set-status", old: "open", new: "closed" })).toBe("status open -> closed by ben");
  });

  it("has words for tags and for the beginning, and none for mail that was sent", () => {
    expect(event({ name: "tag", new: "vip" })).toBe("tagged vip by ben");
    expect(event({ name: "untag", old: "vip" })).toBe("tag vip removed by ben");
    expect(event({ name: "opened", new: "NW-1" })).toBe("opened by mail");
    for (const name of ["reply sent", "acknowledged", "customer replied"]) expect(event({ name })).toBeUndefined();
  });

  it("shows a key that the desk has forgotten as it is", () => {
    expect(event({ new: "zed" })).toBe("assigned to zed by ben");
    expect(event({ name: "set-department", new: "old" })).toBe("moved to old by ben");
  });
});

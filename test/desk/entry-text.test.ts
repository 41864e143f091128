import { describe, expect, test } from "vitest";
import { entryText } from "../../src/desk/entry-text.ts";

const reply = { text: "Still red.\n\nMaria\n\n> Is it green?", replyText: "Still red.", quoted: "> Is it green?" };

describe("what agents read of a customer's message", () => {
  test("an answer is shown without what they have read", () => expect(entryText(reply, false)).toBe("Still red."));
  test("the message that begins a ticket is shown whole", () => expect(entryText(reply, true)).toBe(reply.text));
  test("answers between quoted lines are shown with those lines", () =>
    expect(entryText({ ...reply, answered: "> Is it green?\n\nNo." }, false)).toBe("> Is it green?\n\nNo."));
  test("a mail passed on is shown", () =>
    expect(entryText({ ...reply, forwarded: { by: "inline", to: [], cc: [], text: "Is it green?" } }, false)).toBe(
      reply.text,
    ));
  test.each([
    "See my answers below in red.",
    "Antworten siehe unten.",
    "Mes réponses en rouge dans le texte.",
    "Zie hieronder.",
  ])("%s: the rest is shown, too", (replyText) => expect(entryText({ ...reply, replyText }, false)).toBe(reply.text));
  test.each(["The red light is on.", "Die Lampe leuchtet rot.", "He is unbelowed."])(
    "%s: is an answer like others",
    (replyText) => expect(entryText({ ...reply, replyText }, false)).toBe(replyText),
  );
});

import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { ruleDesk } from "./rule-desk.ts";
import { openStreet } from "./street.ts";

const TOPIC = "login: { title: Login and access, department: it, tag: access, words: [locked out], template: reset }";
const desk = (change: (text: string) => string = (text) => text) =>
  ruleDesk("  - { name: Nothing, when: opened, if: { subject: nothing }, then: { priority: low } }\n", (text) =>
    change(text.replace(/login: \{.*\}/, TOPIC)),
  );

onBothStores("mail about a ticket with a topic", (store) => {
  it("acknowledges with the topic's text, and tells the agent why it is the topic", async () => {
    const street = await openStreet(store, { desk: desk() });
    const ticket = await street.open({ from: "Maria Santos <m@fabrikam.example>", subject: "I am locked out" });
    expect(ticket.topic).toBe("login");
    const { text } = street.lastTo("m@fabrikam.example").message;
    expect(text).toContain(`Hi Maria, choose a new password. (${ticket.publicNumber})`);
    expect(text).not.toContain("We have your message");
    expect(text).toMatch(/Someone will answer by .*\. Your number is NW-/);
    const told = street.lastTo("dev@nw.example").message.text;
    expect(told).toMatch(/Topic: Login and access \(.*locked out.*\)/);
    expect(told).toContain("Fabrikam Ltd");
  });

  it("says the usual sentence in the customer's language where the topic has no text", async () => {
    const street = await openStreet(store, { desk: desk((text) => text.replace(", template: reset", "")) });
    const text = "Guten Tag, ich bin seit heute morgen ausgesperrt und komme nicht mehr in mein Postfach. Vielen Dank!";
    await street.open({ from: "m@deutsch.example", subject: "locked out", text });
    expect(street.lastTo("m@deutsch.example").message.text).toContain(
      "Ihre Nachricht ist angekommen und liegt jetzt bei IT. Eine Antwort bekommen Sie spätestens",
    );
  });
});

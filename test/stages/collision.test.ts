import { beforeAll, expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Street } from "./street.ts";
import { testDesk } from "../db/desks.ts";

/** Everybody in support is told of every new ticket, and a reply waits a minute. */
const desk = testDesk((text) =>
  text
    .replace("undo: 2s", "undo: 60s")
    .replace(
      "support: { address: support@nw.example,",
      "support: { address: support@nw.example, tell: { new: [members], customer_reply: [members] },",
    ),
);

onBothStores("two agents who answer the same message", (store) => {
  let street: Street;
  beforeAll(async () => {
    street = await openStreet(store, { desk });
  });
  const told = (who: string) => street.sentTo(`${who}@nw.example`).map(({ message }) => message.text);

  it("are both told, and both replies go", async () => {
    await street.open({ from: "m@both.example" });
    const [ann, ben] = [street.lastTo("ann@nw.example"), street.lastTo("ben@nw.example")];
    await street.receive(await agentAnswers(ben, "I have sent you a new key."));
    await street.pass(40 * SECOND);
    await street.receive(await agentAnswers(ann, "Please try again tomorrow."));
    expect(told("ann").at(-1)).toContain(
      'Ben Ortiz answered the same message 40 s before you, which has not left yet: "I have sent you a new key."',
    );
    expect(told("ben").join()).toContain(
      'Ann Lee answered the same message 40 s after you; yours has not left yet, and #undo stops it: "Please try again',
    );
    await street.pass(120 * SECOND);
    expect(street.sentTo("m@both.example")).toHaveLength(3);
  });

  it("one after the other are told only when they answer the same", async () => {
    await street.open({ from: "m@turns.example" });
    const ben = street.lastTo("ben@nw.example");
    await street.receive(await agentAnswers(ben, "Is it plugged in?"));
    await street.pass(120 * SECOND);
    await street.receive(await customerAnswers(street.lastTo("m@turns.example"), "It is not."));
    await street.receive(await agentAnswers(street.lastTo("ann@nw.example"), "Then plug it in."));
    expect([...told("ann"), ...told("ben")].join()).not.toMatch(/same message [^:]*: "(?:Is it plugged|Then plug)/);
  });

  it("of which one was taken back do not meet", async () => {
    await street.open({ from: "m@undone.example" });
    const [ann, ben] = [street.lastTo("ann@nw.example"), street.lastTo("ben@nw.example")];
    await street.receive(await agentAnswers(ben, "Oh no."));
    await street.receive(await agentAnswers(ben, "#undo"));
    await street.receive(await agentAnswers(ann, "Oh yes."));
    expect([...told("ann"), ...told("ben")].join()).not.toMatch(/same message [^:]*: "Oh/);
  });
});

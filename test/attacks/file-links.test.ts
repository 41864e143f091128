/** A link to a file opens it to whoever has it: it is for agents, and goes to no customer. */
import { expect, it } from "vitest";
import { onSqlite } from "../db/stores.ts";
import { fileLink } from "../../src/mail/file-link.ts";
import { agentAnswers, DAY, openStreet, SECOND } from "../stages/street.ts";

const WEB = "https://desk.example";

onSqlite("a link to a file in an agent's answer", (store) => {
  it.each([
    ["as it is", (link: string) => `The file: ${link}`],
    ["without its host", (link: string) => `The file: ${link.slice(WEB.length)} there`],
    ["in brackets at the end of a sentence", (link: string) => `Look (${link}).`],
  ])("holds it: %s", async (name, say) => {
    const street = await openStreet(store, { settings: { webUrl: WEB } });
    const from = `m@${name.replace(/\W/g, "-")}.example`;
    const ticket = await street.open({ from });
    const address = `${ticket.assignee}@nw.example`;
    const link = fileLink(WEB, street.stage.settings.key, 17, street.clock.now + DAY);
    const row = await street.receive(await agentAnswers(street.lastTo(address), say(link)));
    await street.pass(5 * SECOND);
    expect(row).toMatchObject({ state: "held" });
    expect(street.lastTo(address).message.text).toContain("a link to a file, which is for agents alone");
    expect(street.sentTo(from)).toHaveLength(1);
  });

  it("that is none of ours holds up nothing", async () => {
    const street = await openStreet(store, { settings: { webUrl: WEB } });
    const ticket = await street.open({ from: "m@nolink.example" });
    const text = "See https://maker.example/attachment/17-1796000000-abcdefghijklmnopqrstuv please.";
    await street.receive(await agentAnswers(street.lastTo(`${ticket.assignee}@nw.example`), text));
    await street.pass(5 * SECOND);
    expect(street.lastTo("m@nolink.example").message.text).toContain("maker.example/attachment");
  });
});

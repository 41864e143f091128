import { simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import * as notice from "../../../src/desk/notices/notice.ts";
import { containsNoticeText } from "../../../src/desk/notices/notice-marker.ts";
import { compose } from "../../../src/mail/compose.ts";
import { agentToken, fillToken, TOKEN_PLACEHOLDER, tokenInAddress, tokenInMessageId } from "../../../src/mail/token.ts";
import { mailNamed, mails } from "./notice-mails.ts";
import { address, desk, KEY, newTicket, ticket, toDev } from "./notice-world.ts";

describe("mail to agents", () => {
  const agentMails = Object.keys(mails).filter(
    // The day's count and a colleague's waiting reply are answerable by nothing, so that they carry no token.
    (name) => !/^(?:ack|reply|closure|closing|rejection|canned|rule-mail|nothing-lost|waiting-reply)/.test(name),
  );

  test.each(agentMails)("%s carries its token in three header fields only, and is known again", async (name) => {
    const mail = mailNamed(name);
    const token = agentToken(KEY, 12);
    const filled = fillToken(await compose(mail), token);
    const [head, body] = filled.toString("latin1").split(/\r\n\r\n(.*)/s);
    expect(filled.toString("latin1")).not.toContain(TOKEN_PLACEHOLDER);
    expect(head?.split(token)).toHaveLength(4);
    expect(body).not.toContain(token);
    const parsed = await simpleParser(filled);
    expect(tokenInAddress(parsed.replyTo?.value[0]?.address ?? "")).toEqual({ kind: "agent", id: 12, token });
    expect(tokenInMessageId(parsed.messageId ?? "")).toEqual({ kind: "agent", id: 12, token });
    expect([parsed.references].flat().map((id) => tokenInMessageId(id ?? "")?.token)).toContain(token);
    expect(containsNoticeText(mail.text)).toBe(true);
    expect(containsNoticeText(mail.text.split("\n", 1)[0] ?? "")).toBe(true);
    expect(mail.headers.map((field) => field.name)).toContain("x-postern-loop");
  });

  test("the subject is one and the same as long as the ticket lives", () => {
    const subjects = ["agent-new-ticket", "agent-customer-reply", "agent-assigned", "command-receipt"].map(
      (name) => mailNamed(name).subject,
    );
    expect(new Set(subjects)).toEqual(new Set(["[NW-48201] Cannot log in since this morning"]));
  });

  test.each([
    ["low", "low", "5"],
    ["normal", undefined, undefined],
    ["high", "high", "1"],
    ["urgent", "high", "1"],
  ] as const)("priority %s has importance %s", (priority, importance, number) => {
    const mail = notice.agentNotice("new", { ...newTicket, ticket: { ...ticket, priority } });
    const value = (name: string) => mail.headers.find((field) => field.name === name)?.value;
    expect([value("importance"), value("x-priority")]).toEqual([importance, number]);
  });

  test("a ticket is one conversation in Outlook, whoever reads it and whatever its subject is now", () => {
    const renamed = { ...newTicket, ticket: { ...ticket, subject: "VPN" }, firstSubject: ticket.subject };
    const headers = [
      notice.agentNotice("new", newTicket),
      notice.agentNotice("customer-reply", { ...renamed, now: newTicket.now + 3_600_000, deliveryId: 99 }),
    ].map((mail) => Object.fromEntries(mail.headers.map(({ name, value }) => [name, value])));
    expect(headers[0]!["thread-topic"]).toBe("[NW-48201] Cannot log in since this morning");
    expect(headers[1]!["thread-topic"]).toBe(headers[0]!["thread-topic"]);
    const [first, second] = headers.map((one) => Buffer.from(one["thread-index"]!, "base64"));
    expect(second!.subarray(0, 22)).toEqual(first!.subarray(0, 22));
    expect(Buffer.compare(second!, first!)).toBe(1);
  });

  test("an agent reads times as their own clock shows them", () => {
    const abroad = {
      ...newTicket,
      desk: { ...desk, agents: { ...desk.agents, dev: { ...desk.agents["dev"]!, timeZone: "Asia/Tokyo" } } },
    };
    expect(notice.agentNotice("new", abroad).text).toContain("Maria Santos (Fabrikam), 18:02 [NW-48201]:");
    expect(notice.agentNotice("new", abroad).text).toContain("Answer due 19:02 today.");
    expect(notice.agentNotice("new", { ...abroad, agent: null }).text).toContain("Answer due 11:02 today.");
  });

  test("the newest words come first, the marker after them, and each of our lines is known when it comes back", () => {
    const { text } = mailNamed("agent-customer-reply");
    expect(text.indexOf("Still locked.")).toBeLessThan(text.indexOf("==="));
    for (const line of text.split("\n").filter((one) => /^(?:===|Open,|Reply to|Prepared|.*\[NW-48201\]:$)/.test(one)))
      expect([line, containsNoticeText(line)]).toEqual([line, true]);
  });

  test("a customer's words make no link that is not ours, and no customer gets a prepared mail", () => {
    const url = "mailto:support@nw.example?subject=x&body=NW-1%20%23assign%20mallory";
    const text = `Prepared mails: close <${url}>`;
    const mail = notice.agentNotice("new", { ...newTicket, entry: { ...newTicket.entry, text } });
    expect(mail.html).toContain(`Prepared mails: close &lt;mailto:support@nw.example`);
    expect(mail.html?.match(/href="mailto:[^"]*"/g)).toHaveLength(2);
    expect(mail.html).not.toContain('mallory"');
    for (const name of Object.keys(mails).filter((one) => !agentMails.includes(one)))
      expect(`${name} ${mailNamed(name).text}${mailNamed(name).html}`).not.toContain("mailto:");
  });

  test("a customer cannot write our marker, our heading or somebody's token into a notice", () => {
    const text = `=== NW-48201 ===\n> Eve, 10:02 [NW-48201]:\nsupport+a9-${agentToken(KEY, 9)}@nw.example`;
    const mail = notice.agentNotice("new", { ...newTicket, entry: { ...newTicket.entry, text } });
    expect(mail.text.split("\n").filter((line) => line.trim() === "=== NW-48201 ===")).toHaveLength(1);
    expect(mail.text).toContain("  = = = NW-48201 = = =\n  > Eve, 10:02 [NW-48201] :\n  support@nw.example\n");
  });

  test("a message as long as a book is shortened, and the block is still there", () => {
    const mail = notice.agentNotice("new", {
      ...newTicket,
      entry: { ...newTicket.entry, text: "word ".repeat(100_000) },
    });
    expect(mail.text.length).toBeLessThan(25_000);
    expect(mail.text).toContain("… (shortened)\n\n=== NW-48201 ===");
  });

  test("mail whose answer may do nothing carries no token", async () => {
    const mail = notice.commandReceipt({
      ...toDev,
      answerable: false,
      results: [{ command: "#help", result: "sent" }],
    });
    expect((await compose(mail)).toString("latin1")).not.toContain(TOKEN_PLACEHOLDER);
    expect(mail.replyTo?.address).toBe("support@nw.example");
  });

  test("a colleague's words say to whom they went", () => {
    const entry = { ...newTicket.entry, from: { name: "Ann Lee", address: address("ann@nw.example") } };
    const heading = (aside: boolean) =>
      notice.agentNotice("agent-reply", { ...newTicket, entry: { ...entry, aside } }).text.split("\n", 1)[0]!;
    expect(heading(false)).toBe("Ann Lee to Maria Santos, 10:02 [NW-48201]:");
    expect(heading(true)).toBe("Ann Lee, not to the customer, 10:02 [NW-48201]:");
    expect(containsNoticeText(heading(true))).toBe(true);
  });

  test("a team's list is told whose ticket it is", () => {
    const forTeam = { ...newTicket, agent: null, to: { name: "", address: address("team@nw.example") } };
    expect(notice.agentNotice("new", { ...forTeam, ticket: { ...ticket, assignee: null } }).text).toContain(
      "IT, nobody's yet.",
    );
    expect(notice.agentNotice("new", forTeam).text).toContain("IT, Dev Patel's.");
  });
});

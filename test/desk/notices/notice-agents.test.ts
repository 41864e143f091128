import { simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import * as notice from "../../../src/desk/notices/notice.ts";
import { containsNoticeText } from "../../../src/desk/notices/notice-marker.ts";
import { compose } from "../../../src/mail/compose.ts";
import { agentToken, fillToken, TOKEN_PLACEHOLDER, tokenInAddress, tokenInMessageId } from "../../../src/mail/token.ts";
import { mailNamed, mails } from "./notice-mails.ts";
import { address, KEY, newTicket, ticket, toDev } from "./notice-world.ts";

describe("mail to agents", () => {
  const agentMails = Object.keys(mails).filter(
    (name) => !/^(?:ack|reply|closure|closing|rejection|canned|rule-mail)/.test(name),
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
    ["low", undefined],
    ["normal", undefined],
    ["high", "high"],
    ["urgent", "high"],
  ] as const)("priority %s has importance %s", (priority, importance) => {
    const mail = notice.agentNotice("new", { ...newTicket, ticket: { ...ticket, priority } });
    expect(mail.headers.find((field) => field.name === "importance")?.value).toBe(importance);
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

  test("a team's list is told whose ticket it is", () => {
    const forTeam = { ...newTicket, agent: null, to: { name: "", address: address("team@nw.example") } };
    expect(notice.agentNotice("new", { ...forTeam, ticket: { ...ticket, assignee: null } }).text).toContain(
      "IT, nobody's yet.",
    );
    expect(notice.agentNotice("new", forTeam).text).toContain("IT, Dev Patel's.");
  });
});

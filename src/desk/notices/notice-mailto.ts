/**
 * Links that open a prepared mail. Opening one does nothing: somebody has to send what it prepares, and it carries no token,
 * so that it is worth what any new mail of an agent is worth. (Tokens may stand in no body, and a link is part of one.)
 */
import type { AgentKey, EmailAddress, Ticket } from "../types.ts";

/** A prepared mail, by the word that it is known by. */
export type PreparedMail = { readonly label: string; readonly url: string };

/**
 * `mailto:support@nw.example?subject=Close%20NW-48201&body=NW-48201%20%23close` (RFC 6068 section 2). Everything but letters,
 * digits and `-._~` is encoded; line ends of the body become CRLF (section 5).
 */
export function mailtoLink(to: EmailAddress, subject: string, body: string): string {
  const at = to.lastIndexOf("@");
  const address = `${encoded(to.slice(0, at))}@${encoded(to.slice(at + 1))}`;
  const lines = body.replace(/\r\n|\r|\n/g, "\r\n");
  return `mailto:${address}?subject=${encoded(subject)}&body=${encoded(lines)}`;
}

/** Also `!'()*`, which are allowed, and which programs that look for links in a text take for its end. */
function encoded(text: string): string {
  const hex = (one: string): string => `%${one.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, hex);
}

/**
 * What an agent may want to do with a ticket without writing anything: a new mail to the desk, whose first line is the command
 * for that number. The subject holds the number without brackets: in brackets it would make the mail an answer.
 */
export function preparedMails(
  { publicNumber, status, assignee, supportAddress }: Ticket,
  reader: AgentKey | null,
): PreparedMail[] {
  const mail = (label: string, command: string, subject: string): PreparedMail => ({
    label,
    url: mailtoLink(supportAddress, `${subject} ${publicNumber}`, `${publicNumber} ${command}\n`),
  });
  return [
    ...(assignee === null || assignee !== reader ? [mail("take", "#take", "Take")] : []),
    ...(status === "closed" ? [mail("reopen", "#reopen", "Reopen")] : [mail("close", "#close", "Close")]),
    ...(status === "closed" ? [] : [mail("snooze until tomorrow", "#snooze tomorrow 9am", "Snooze")]),
  ];
}

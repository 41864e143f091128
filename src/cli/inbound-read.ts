/** `postern inbound read`: what is read in a message, field by field. Records nothing, answers nobody. */
import { sanitizeForConsole } from "../mail/html/sanitize.ts";
import { spokenAddress } from "../mail/address.ts";
import type { DeliveryReport, InboundMessage, NamedAddress } from "../mail/types.ts";
import { Exit, type Globals, print, printJson, when } from "./context.ts";
import { namedMessages, parseNamed } from "./messages.ts";

type Options = { html?: boolean; json?: boolean };

/** @param mails numbers of stored messages, and files */
export async function readMessages(globals: Globals, mails: string[], options: Options): Promise<number> {
  if (options.html && mails.length !== 1) throw new Exit(2, "--html: name one message.");
  const named = await namedMessages(globals, mails);
  const messages = await parseNamed(globals, named);
  if (options.json) printJson(messages.length === 1 ? messages[0] : messages);
  else if (options.html) print(html(messages[0]!));
  else print(messages.map((message, n) => `${named[n]!.name}\n${told(message)}`).join("\n\n"));
  return 0;
}

function html(message: InboundMessage): string {
  if (message.html === undefined) throw new Exit(3, "This message has no HTML.");
  return sanitizeForConsole(message.html).html;
}

const person = ({ name, address }: NamedAddress): string => `${name} <${spokenAddress(address)}>`.trim();

function told(message: InboundMessage): string {
  const { from, fromAsWritten: written, forwarded, language, deliveryReport: report } = message;
  const facts: [string, string | undefined][] = [
    ["from", from ? person(from) : written && `"${written.name} ${written.address}", no usable address`],
    ["to", message.to.map(person).join(", ")],
    ["cc", message.cc.map(person).join(", ")],
    ["date", when(message.date)],
    ["subject", message.subject],
    ["nature", `${message.nature.nature}: ${message.nature.because}`],
    ["report", report && bounce(report)],
    ["complaint", message.feedbackReport?.type],
    ["receipt", message.readReceipt?.disposition],
    [
      "answers",
      (report?.originalMessageId ?? message.inReplyTo[0]) && `<${report?.originalMessageId ?? message.inReplyTo[0]}>`,
    ],
    ["language", language && `${language.code}, ${Math.round(language.confidence * 100)} % sure`],
    ["protection", message.protection],
    [
      "forwarded",
      forwarded &&
        `${forwarded.by === "inline" ? "in the text" : "as a file"}: ${forwarded.from ? person(forwarded.from) : "sender not named"}, "${forwarded.subject ?? ""}" ${when(forwarded.date)}`,
    ],
    ["defects", message.defects.join("; ")],
  ];
  const files = message.attachments.map(
    ({ filename, contentType, size, inline }) =>
      `${filename}, ${contentType}, ${size} bytes${inline ? ", inside the text" : ""}`,
  );
  return [
    ...facts.filter(([, value]) => value).map(([name, value]) => `${name.padEnd(12)}${value}`),
    ...files.map((one) => `${"file".padEnd(12)}${one}`),
    ...block(title(message), message.answered ?? message.replyText),
    ...block("signature", message.signature ?? ""),
    ...block("quoted", message.quoted),
    ...(message.text.trim() === "" ? ["-- no text"] : []),
  ].join("\n");
}

/** What the text below is: all of it, where no history was seen beside it. */
function title({ replyTextIsFallback, quoted, text }: InboundMessage): string {
  if (replyTextIsFallback && text.startsWith(">")) return "all of it, for nothing new stands beside the quoted mail";
  return replyTextIsFallback || quoted === "" ? "text" : "new in it";
}

function bounce({ action, permanent, recipients, status, diagnostic }: DeliveryReport): string {
  const lasting = permanent === undefined ? "" : permanent ? "for good" : "for now";
  return [[action, lasting].filter(Boolean).join(" "), recipients.join(", "), status, diagnostic]
    .filter(Boolean)
    .join("; ");
}

function block(title: string, text: string): string[] {
  return text.trim() === "" ? [] : [`-- ${title}`, ...text.split("\n").map((line) => `   ${line}`.trimEnd())];
}

/**
 * `examples:` of a rule between the desk file and `RuleExample`. A message is written in its parts, in a text, or in a file
 * beside the desk file, whose content then belongs to the desk: an exported desk needs no other file.
 */
import { z } from "zod";
import { choice, flag, list, scalar, section, text, textOr, Wrong } from "../../yaml/fields.ts";
import { fileBeside, isMessageName, MAX_MESSAGE, type Beside } from "./desk-file-beside.ts";
import { reference, tagField, tagFields, tagsOf, type DeskNames } from "./desk-file-names.ts";
import { given, oneOrList, someKeys } from "./desk-file-shape.ts";
import { formatSize } from "../../yaml/units.ts";
import { PRIORITIES, STATUSES, STRATEGIES, type Effect, type ExampleResult, type RuleExample } from "../types.ts";

/** In characters. */
const LONGEST_TEXT = 100_000;
/** How a message that is not UTF-8 is kept: a message never begins so, for a header has a line end. */
const BASE64 = "base64:";

/** Effects as an example writes them; `acknowledge: false` is the effect "silence". */
const EFFECTS = ["watch", "note", "reply", "tell", "mail", "webhook", "reject", "spam", "merge", "customer"] as const;

export const exampleSection = (names: DeskNames, beside: Beside) =>
  section({
    given: section({
      eml: messageField(beside).optional(),
      from: text("an address", "an address, e.g. joe@example.com or Joe <joe@example.com>", 500).optional(),
      to: text("addresses", "addresses, e.g. support@example.com", 2_000).optional(),
      cc: text("addresses", "addresses, e.g. boss@example.com", 2_000).optional(),
      subject: text("a subject", "a subject", 2_000).optional(),
      text: text("a text", "what the message says", LONGEST_TEXT).optional(),
      headers: headersField().default({}),
      ticket: section({
        department: reference("department", names.department).optional(),
        priority: choice(PRIORITIES).optional(),
        status: choice(STATUSES).optional(),
        topic: reference("topic", names.topic).optional(),
        assignee: reference("agent", names.agent).optional(),
        ...tagLists(),
        mailbox: text("a mailbox", "the name of a mailbox of postern.yaml", 100).optional(),
      }).prefault({}),
    }),
    expect: textOr(
      scalar("a result", "`nothing`, or what the ticket has then, e.g. { priority: high }", (input) =>
        input === "nothing" ? input : undefined,
      ),
      expectSection(names),
    ),
  });

const tagLists = () => ({ tag: list(tagField()).optional(), tags: list(tagField()).optional() });

const expectSection = (names: DeskNames) => {
  const happens = () =>
    flag()
      .refine((value) => value, { error: "is what an example cannot ask for. Write true, or take it out." })
      .optional();
  return section({
    department: reference("department", names.department).optional(),
    topic: reference("topic", names.topic).optional(),
    priority: choice(PRIORITIES).optional(),
    sla: reference("sla", names.sla).optional(),
    assign: choice(["none", ...STRATEGIES, ...names.agent]).optional(),
    ...tagFields(),
    status: choice(STATUSES).optional(),
    ...(Object.fromEntries(EFFECTS.map((name) => [name, happens()])) as Record<
      (typeof EFFECTS)[number],
      ReturnType<typeof happens>
    >),
    acknowledge: flag()
      .refine((value) => !value, { error: "happens anyway. Write false, or take it out." })
      .optional(),
  });
};

const headersField = () =>
  // Names of header fields have capitals, so this is no map of keys.
  z.record(z.string(), text("a text", "what stands in the header field", 2_000), {
    error: "is not a map. Write e.g. { X-Priority: 1 }.",
  });

/** A whole message: the name of a file that ends in .eml, or the message itself. */
const messageField = (beside: Beside) =>
  scalar("a message", "a file that ends in .eml, or a whole message after `eml: |`", (input) => {
    if (isMessageName(input)) {
      const bytes = fileBeside(beside, input, MAX_MESSAGE);
      return bytes instanceof Wrong ? bytes : emlText(bytes);
    }
    if (Buffer.byteLength(input) > MAX_MESSAGE)
      return new Wrong(`is larger than ${formatSize(MAX_MESSAGE)}. Leave out what the rule does not look at.`);
    const isMessage = /^[!-9;-~]{1,200}:[^\n]*\n/.test(input) || input.startsWith(BASE64);
    return isMessage ? emlText(Buffer.from(input)) : undefined;
  });

function emlText(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    return BASE64 + bytes.toString("base64");
  }
}

/** The bytes of an example's message, with line ends as mail has them. */
export function exampleBytes(eml: string): Buffer {
  if (eml.startsWith(BASE64)) return Buffer.from(eml.slice(BASE64.length), "base64");
  return Buffer.from(eml.replace(/\r?\n/g, "\r\n"));
}

export type ExampleFile = z.output<ReturnType<typeof exampleSection>>;

/** An example; the line is filled in where the file is known. */
export function toExample(file: ExampleFile): RuleExample {
  const { eml, from, to, cc, subject, text: words, headers, ticket } = file.given;
  const { tag, tags, ...before } = ticket;
  const stands = given({ ...before, tags: tag || tags ? tagsOf({ tag: tag ?? [], tags: tags ?? [] }) : undefined });
  return {
    given:
      eml === undefined
        ? { ...given({ from, to, cc, subject, text: words }), headers, ticket: stands }
        : { eml, ticket: stands },
    expect: file.expect === "nothing" ? {} : toResult(file.expect),
    line: 0,
    column: 0,
  };
}

function toResult(file: Exclude<ExampleFile["expect"], "nothing">): ExampleResult {
  const { department, topic, priority, sla, assign, status, acknowledge } = file;
  const tags = tagsOf(file);
  const effects = [...EFFECTS.filter((name) => file[name]), ...(acknowledge === false ? ["silence"] : [])];
  return given({
    department,
    topic,
    priority,
    sla,
    assign,
    tags: tags.length > 0 ? tags : undefined,
    status,
    effects: effects.length > 0 ? effects : undefined,
  });
}

/** An example as the desk file writes it. */
export function writeExample({ given: message, expect }: RuleExample): object {
  const { department, priority, status, topic, assignee, tags, mailbox } = message.ticket;
  const ticket = someKeys(given({ department, priority, status, topic, assignee, tags, mailbox }));
  return {
    given: "eml" in message ? given({ eml: message.eml, ticket }) : given({ ...partsOf(message), ticket }),
    expect: someKeys(writeResult(expect)) ?? "nothing",
  };
}

const partsOf = ({ from, to, cc, subject, text: words, headers }: Exclude<RuleExample["given"], { eml: string }>) => ({
  from,
  to,
  cc,
  subject,
  text: words,
  headers: Object.keys(headers).length > 0 ? headers : undefined,
});

const writeResult = ({ department, topic, priority, sla, assign, tags = [], status, effects = [] }: ExampleResult) =>
  given({
    department,
    topic,
    priority,
    sla,
    assign,
    tag: oneOrList(tags),
    status,
    ...Object.fromEntries(effects.map((name) => writeEffect(name as Effect["action"]))),
  });

const writeEffect = (name: Effect["action"]): [string, boolean] =>
  name === "silence" ? ["acknowledge", false] : [name, true];

/**
 * Mail templates: which there are, what they may name, and how one becomes a subject, a text and HTML. Templates are
 * Liquid. All of them are checked when they are loaded, in every branch, so that a wrong one stops the start and not a mail.
 * A template reads no file: what it includes comes from the loaded templates only.
 */
import { Liquid, type Template } from "liquidjs";
import { didYouMean, nearest } from "../../text/nearest.ts";
import { escapeHtml, htmlFromText } from "./notice-html.ts";
import type { PreparedMail } from "./notice-mailto.ts";

const EVERY = ["desk.name", "language"];
const TICKET = ["ticket.number", "ticket.subject", "department.name"];
const CUSTOMER = ["customer.name", "customer.first_name"];
const AGENT = [...EVERY, "heading", "marker", "tag", "subject", "agent.name", "agent.first_name"];
const ANSWERS = ["answers.type", "answers.meaning", "prepared.label", "prepared.url"];
const NEWER = ["newer.from", "newer.first_name", "newer.at", "newer.words"];
const NOTICE = [
  ...AGENT,
  ...TICKET,
  ...CUSTOMER,
  "customer.address",
  "words",
  "attachments",
  "large_files.name",
  "large_files.size",
  "large_files.url",
  "large_files.read",
  "customer.organization",
  "linked",
  "prepared.label",
  "prepared.url",
  "ticket.status",
  "ticket.priority",
  "ticket.assignee",
  "ticket.participants",
  "due",
  "solution_due",
  "topic.title",
  "topic.why",
  "remark",
  "history",
];

/** Every template and the variables it may name. `docs/templates.md` explains them. */
export const TEMPLATE_VARIABLES = {
  acknowledgement: [...EVERY, ...TICKET, ...CUSTOMER, "due", "text"],
  rejection: [...EVERY, ...TICKET, ...CUSTOMER, "text"],
  reply: [...EVERY, ...TICKET, ...CUSTOMER, "agent.name", "agent.first_name", "text", "signature", "closing"],
  "closure-notice": [...EVERY, ...TICKET, ...CUSTOMER, "answered_on", "reopen_until"],
  "closing-soon": [...EVERY, ...TICKET, ...CUSTOMER, "answered_on", "closes_on"],
  "rule-mail": [
    ...EVERY,
    ...TICKET,
    ...CUSTOMER,
    "subject",
    "text",
    "rule",
    "customer.address",
    "ticket.status",
    "ticket.priority",
    "ticket.assignee",
  ],
  "agent-new-ticket": NOTICE,
  "agent-customer-reply": NOTICE,
  "agent-assigned": NOTICE,
  "agent-colleague-reply": NOTICE,
  "agent-note": NOTICE,
  "agent-sla-warning": NOTICE,
  "agent-sla-overdue": NOTICE,
  "agent-overview": [...AGENT, "parts"],
  "agent-digest": [...AGENT, "tickets"],
  "nothing-lost": [...AGENT, "day", "lost", "total", "mailboxes", "gaps"],
  "command-receipt": [...AGENT, "results.command", "results.result", "undo_seconds"],
  "command-mail-stopped": [...AGENT, "line", "why", "suggestion", "text"],
  "agent-list": [...AGENT, "rows", "more", "sight"],
  "agent-answer": [...AGENT, "text"],
  "agent-thread": [...NOTICE.filter((name) => name !== "words" && name !== "history"), "thread"],
  "command-not-sent": [...AGENT, ...ANSWERS, "line", "why", "suggestion", "again", "text"],
  "please-confirm": [...AGENT, ...ANSWERS, ...NEWER, "question", "text"],
  "newer-message": [...AGENT, ...NEWER, "undo_seconds", "text"],
  "waiting-reply": [...AGENT, "writer.name", "writer.address", "since", "why", "line", "text"],
  "review-request": [
    ...AGENT,
    "trainee.name",
    "trainee.first_name",
    "customer.name",
    "commands",
    "files",
    "prepared.label",
    "prepared.url",
    "asked.from",
    "asked.at",
    "asked.words",
    "text",
  ],
  "review-news": [...AGENT, "outcome", "said", "text"],
  "command-help": [...AGENT, "commands.usage", "commands.help", "commands.group", "commands.line"],
  "proof-challenge": [...AGENT, "claimed", "received", "because", "commands", "answer", "text"],
  "not-sent-note": [...AGENT, "noted", "because", "prepared.label", "prepared.url", "text"],
  "held-message": [...AGENT, ...ANSWERS, "sender.name", "sender.address", "received", "because", "text"],
  "delivery-failed": [...AGENT, "recipient", "uncertain", "response", "text"],
} as const satisfies Record<string, readonly string[]>;

export type TemplateName = keyof typeof TEMPLATE_VARIABLES;
export const TEMPLATE_NAMES = Object.keys(TEMPLATE_VARIABLES) as TemplateName[];

const LAYOUT = "_layout.html";
const LAYOUT_VARIABLES = ["desk.name", "language", "subject", "body"];

/** A file of a templates folder: `acknowledgement.txt.liquid`, `_layout.html.liquid`. `path` is for messages. */
export type TemplateFile = { readonly name: string; readonly path: string; readonly text: string };

export type Rendered = { readonly subject: string; readonly text: string; readonly html: string };

/** Loaded templates. `render` throws when a value that the template names is missing: that is a bug of the caller. */
export type Templates = {
  readonly language: string;
  /** Those for a customer who writes in that language; these themselves when there are none. */
  readonly inLanguage: (language: string | null) => Templates;
  readonly render: (name: TemplateName, values: Readonly<Record<string, unknown>>) => Rendered;
};

/** Everything that is wrong with a set of templates: file, line, and what to write instead. */
export class TemplateProblems extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The mail templates cannot be used:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "TemplateProblems";
    this.problems = problems;
  }
}

/** Numbers that no honest template comes near: a mail is some kilobytes and takes a millisecond. */
const LIMITS = { parseLimit: 200_000, renderLimit: 2_000, memoryLimit: 20_000_000 };

function engine(partials: Record<string, string>, escape?: (value: unknown) => string): Liquid {
  const strict = { strictFilters: true, strictVariables: true, ownPropertyOnly: true, relativeReference: false };
  return new Liquid({ ...strict, ...LIMITS, templates: partials, outputEscape: escape });
}

/**
 * Parses and checks a set of files (one per name: a caller that overlays folders has chosen already). Throws
 * TemplateProblems with all problems at once: syntax, unknown filters and variables, missing templates or Subject lines.
 * @param language a BCP 47 tag, by which times are written
 */
export function parseTemplates(files: readonly TemplateFile[], language: string): Templates {
  const known = new Map(files.map((file) => [file.name.replace(/\.liquid$/, ""), file]));
  const partials = Object.fromEntries([...known].map(([name, file]) => [name, file.text]));
  const engines = { txt: engine(partials), html: engine(partials, (value) => escapeHtml(String(value ?? ""))) };
  const problems: string[] = strayFiles(known);
  const parsed = new Map<string, Template[]>();
  const parse = (name: string, variables: readonly string[], required: boolean): void => {
    const file = known.get(name);
    if (file === undefined && required) problems.push(`${name}.liquid is missing`);
    if (file === undefined) return;
    const liquid = name.endsWith(".html") ? engines.html : engines.txt;
    const result = parseOne(liquid, file, variables, known);
    problems.push(...result.problems);
    parsed.set(name, result.template);
  };
  for (const name of TEMPLATE_NAMES) {
    parse(`${name}.txt`, TEMPLATE_VARIABLES[name], true);
    parse(`${name}.html`, [...TEMPLATE_VARIABLES[name], "subject", "text_html"], false);
    problems.push(...shapeProblems(name, known.get(`${name}.txt`), partials));
  }
  parse(LAYOUT, LAYOUT_VARIABLES, true);
  if (problems.length > 0) throw new TemplateProblems([...new Set(problems)]);
  const templates: Templates = {
    language,
    inLanguage: () => templates,
    render: (name, values) => renderOne(engines, parsed, name, { language, ...values }),
  };
  return templates;
}

/**
 * A text of the desk file with Liquid in it, a department's signature. Names what is wrong, undefined when nothing is.
 * @param variables what it may name, `agent.first_name`
 */
export function liquidProblem(text: string, variables: readonly string[]): string | undefined {
  const file = { name: "signature", path: "signature", text };
  return parseOne(engine({}), file, variables, new Map([["signature", file]])).problems[0];
}

/** Renders such a text. Throws like `Templates.render`. */
export function renderLiquid(text: string, values: Readonly<Record<string, unknown>>): string {
  return String(engine({}).parseAndRenderSync(text, values));
}

type Engines = Readonly<Record<"txt" | "html", Liquid>>;

function renderOne(
  engines: Engines,
  parsed: ReadonlyMap<string, Template[]>,
  name: TemplateName,
  values: object,
): Rendered {
  const whole = rendered(engines.txt, parsed, `${name}.txt`, values).replace(/\r\n?/g, "\n");
  const split = /^Subject: ([^\n]*)\n[ \t]*\n/.exec(whole);
  if (split?.[1] === undefined) throw new Error(`${name}.txt.liquid: a value put a line end into the subject`);
  const [subject, text] = [split[1].trim(), `${whole.slice(split[0].length).replace(/^\n+/, "").trimEnd()}\n`];
  const made = htmlFromText(text, preparedIn(values));
  const ownHtml = parsed.has(`${name}.html`);
  const body = ownHtml ? rendered(engines.html, parsed, `${name}.html`, { ...values, subject, text_html: made }) : made;
  return { subject, text, html: rendered(engines.html, parsed, LAYOUT, { ...values, subject, body }) };
}

/** Links of ours that the text shows as `close <mailto:…>`. */
function preparedIn(values: { readonly prepared?: unknown }): readonly PreparedMail[] {
  return Array.isArray(values.prepared) ? (values.prepared as PreparedMail[]) : [];
}

function rendered(liquid: Liquid, parsed: ReadonlyMap<string, Template[]>, name: string, values: object): string {
  try {
    return String(liquid.renderSync(parsed.get(name) as Template[], values));
  } catch (error) {
    throw new Error(`${name}.liquid: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

type Parsed = { readonly template: Template[]; readonly problems: string[] };

function parseOne(
  liquid: Liquid,
  file: TemplateFile,
  variables: readonly string[],
  known: ReadonlyMap<string, TemplateFile>,
): Parsed {
  try {
    const template = liquid.parse(file.text, file.path);
    const used = Object.values(liquid.analyzeSync(template).globals).flat();
    const problems = used.flatMap(({ segments, location }) => {
      const name = segments
        .filter((segment) => typeof segment === "string")
        .join(".")
        .replace(/\.size$/, "");
      if (variables.some((variable) => variable === name || variable.startsWith(`${name}.`))) return [];
      const path = known.get(location.file ?? "")?.path ?? location.file ?? file.path;
      const near = nearest(name, variables);
      const what = near === undefined ? `it may name ${[...variables].sort().join(", ")}` : `did you mean "${near}"?`;
      return [`${path}:${location.row}: there is no "${name}" here; ${what}`];
    });
    return { template, problems };
  } catch (error) {
    return { template: [], problems: [liquidError(error, file)] };
  }
}

/** LiquidJS says `undefined filter: x, file:f, line:2, col:1`; of an include that is not there it does not say where. */
function liquidError(error: unknown, file: TemplateFile): string {
  const message = error instanceof Error ? error.message : String(error);
  const included = /Failed to lookup "([^"]*)"/.exec(message)?.[1];
  if (included !== undefined) {
    const line = file.text.slice(0, Math.max(0, file.text.indexOf(included))).split("\n").length;
    return `${file.path}:${line}: there is no template "${included}" to include`;
  }
  const [, what, path, line] = /^([\s\S]*?)(?:, file:([^\n]*?))?, line:(\d+), col:\d+/.exec(message) ?? [];
  if (what === undefined) return `${file.path}: ${message.split("\n", 1)[0]}`;
  return `${path ?? file.path}:${line}: ${what}`;
}

/** What a text must have: a Subject line with an empty line after it; and for mail to agents, the lines that we know it by. */
function shapeProblems(
  name: TemplateName,
  file: TemplateFile | undefined,
  partials: Readonly<Record<string, string>>,
): string[] {
  if (file === undefined) return [];
  const problems: string[] = [];
  if (!/^Subject: \S[^\n]*\r?\n\r?\n/.test(file.text)) {
    problems.push(`${file.path}:1: must begin with a line "Subject: …" and an empty line`);
  }
  const included = [...file.text.matchAll(/\{%-?\s*include\s+["']([^"']+)["']/g)].map(
    (match) => partials[match[1] as string] ?? "",
  );
  const whole = [file.text, ...included].join("\n");
  for (const variable of ["heading", "marker"]) {
    const needed = (TEMPLATE_VARIABLES[name] as readonly string[]).includes(variable);
    if (needed && !new RegExp(`\\{\\{-?\\s*${variable}\\s*-?\\}\\}`).test(whole)) {
      problems.push(`${file.path}: must contain {{ ${variable} }}, by which an agent's reply to it is read`);
    }
  }
  return problems;
}

function strayFiles(known: ReadonlyMap<string, TemplateFile>): string[] {
  const names = [LAYOUT, ...TEMPLATE_NAMES.flatMap((name) => [`${name}.txt`, `${name}.html`])];
  return [...known]
    .filter(([name]) => !name.startsWith("_") && !names.includes(name))
    .map(([name, { path }]) => `${path}: is no template. ${didYouMean(name, names)}A part to include begins with "_"`);
}

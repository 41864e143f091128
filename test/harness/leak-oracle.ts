/**
 * The leak oracle: what of the desk's own a mail shows, found by a reading of its own below the mailer. Nothing here knows
 * how the product scrubs or checks its mail. It fails rather once too often: a test whose mail is right says so in its world.
 */
import type { Letter } from "./leak-reading.ts";

export type Known = {
  /** Addresses of agents, past ones too, in lower case. */
  readonly agents: readonly string[];
  /** Who may get this mail: customer and participants of its ticket, whom a command or a rule names. In lower case. */
  readonly people: ReadonlySet<string>;
  /** Texts of the notes of the ticket. */
  readonly notes: readonly string[];
  /** What customers wrote themselves: names, addresses, subjects, messages. */
  readonly theirs: string;
  /** The tickets whose customer token may stand in it. */
  readonly tickets: ReadonlySet<number>;
};

/** All that a mail to a customer has. Whatever else stands in its head came from a mail client, a server, or a mistake. */
const FIELDS = new Set(
  "from to reply-to subject date message-id in-reply-to references mime-version content-type content-transfer-encoding content-disposition".split(
    " ",
  ),
);
/** Only where Auto-Submitted says that a machine wrote it. */
const AUTOMATIC = new Set(["auto-submitted", "x-auto-response-suppress", "x-postern-loop"]);

const AGENT_TOKEN =
  /(?<![a-z0-9])(?:a\d{1,15}-|ar?\d{1,15}\.)(?:[a-z2-7]{26}|1filled0when0this0is0sent1)(?![a-z0-9])/gi;
const CUSTOMER_TOKEN =
  /(?<![a-z0-9])(?:c(\d{1,15})-|(?:ack|entry|closure)\.\d{1,15}\.(\d{1,15})\.)[a-z2-7]{26}(?![a-z0-9])/gi;
/** The line of our notifications above which agents write. */
const MARKER = /={3}\s+(?:[\p{L}\p{N}]{1,12}-\d{1,12}|\[[\p{L}\p{N}]{1,12}\])\s+={3}/u;
/** A run of a note that no two people write alike. In characters, white space as one. */
const RUN = 25;

/** Names everything that a mail to a customer shows and may not, one sentence each. */
export function leaksIn(letter: Letter, recipient: string, known: Known): string[] {
  const places = [
    ...letter.fields.map(({ name, value }) => ({ where: `the field ${name}`, text: value })),
    ...letter.bodies.map((text) => ({ where: "the text", text })),
    ...letter.fileHeads.map((text) => ({ where: "the name of a file", text })),
  ].map(({ where, text }) => ({ where, text: plain(text) }));
  const files = letter.files.map((text) => ({ where: "a file", text: plain(text) }));
  const theirs = plain(known.theirs);
  return [
    ...new Set([
      ...places.flatMap((place) => agentsIn(place, recipient, known)),
      ...[...places, ...files].flatMap((place) => tokensIn(place, theirs, known)),
      ...[...places, ...files].flatMap((place) => notesIn(place, theirs, known.notes)),
      ...[...places, ...files].flatMap(({ where, text }) => (MARKER.test(text) ? [`a notification in ${where}`] : [])),
      ...strayFields(letter),
      ...strangers(letter, recipient, known.people),
    ]),
  ];
}

/** The tokens that stand in the head of a mail to an agent, where they belong. */
export function tokensInHead({ fields }: Letter): string[] {
  const heads = fields.filter(({ name }) => /^(?:reply-to|message-id|references)$/.test(name));
  // In the address and not in the name before it.
  const bearers = heads.flatMap(({ value }) => value.toLowerCase().match(/[a-z0-9.+-]+(?=@[a-z0-9.-]+>)/g) ?? []);
  return bearers.flatMap((bearer) => [...bearer.matchAll(AGENT_TOKEN)].map(([token]) => secretIn(token)));
}

/** The 26 characters of `a12-…` and `ar12.…`. */
const secretIn = (token: string): string => token.slice(-26);

/**
 * What no mail of ours shows to anybody, agents included: a token stands in addresses and Message-IDs only, where no forward
 * shows it. `issued` are those that mails of this desk had in their heads; anybody may have an address that looks like one.
 */
export function leaksToAnybody(letter: Letter, issued: ReadonlySet<string>): string[] {
  const words = [letter.subject, ...letter.bodies].map(plain);
  const shown = words.flatMap((text) => [...text.matchAll(AGENT_TOKEN)].map(([token]) => secretIn(token)));
  return [
    ...(shown.some((token) => issued.has(token) || token.includes("0")) ? ["an agent's token in words"] : []),
    ...letter.fields.flatMap(({ name }) =>
      name === "bcc" || (name.startsWith("x-postern-") && !AUTOMATIC.has(name)) ? [`the internal field ${name}`] : [],
    ),
  ];
}

type Place = { readonly where: string; readonly text: string };

/** Without what nobody sees, in lower case and one width; percent signs decoded. */
function plain(text: string): string {
  const decoded = text.includes("%")
    ? text.replace(/%([2-7][0-9a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
  return decoded
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Mn}]/gu, "")
    .toLowerCase();
}

const patterns = new Map<string, RegExp>();

/** `ann@nw.example` and `ann+x@nw.example` as a whole word; a longer domain is somebody else's. */
function patternOf(address: string): RegExp {
  const [, local, domain] = /^(.*)@(.*)$/.exec(plain(address)) ?? ["", address, ""];
  const quote = (text = ""): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const source = `(?<![\\p{L}\\p{N}._+-])"?${quote(local)}"?(?:\\+[^\\s@]{0,64})?@${quote(domain)}(?![\\p{L}\\p{N}-]|\\.(?:com|org|net|de|invalid|test|example)\\b)`;
  const pattern = patterns.get(address) ?? new RegExp(source, "u");
  patterns.set(address, pattern);
  return pattern;
}

function agentsIn({ where, text }: Place, recipient: string, { agents, people }: Known): string[] {
  if (!text.includes("@")) return [];
  return agents
    .filter((address) => address !== recipient && !people.has(address) && patternOf(address).test(text))
    .map((address) => `the agent's address ${address} in ${where}`);
}

function tokensIn({ where, text }: Place, theirs: string, { tickets }: Known): string[] {
  const ours = [...text.matchAll(AGENT_TOKEN)].filter(([token]) => !theirs.includes(token));
  const others = [...text.matchAll(CUSTOMER_TOKEN)].filter(
    ([token, inAddress, inId]) => !tickets.has(Number(inAddress ?? inId)) && !theirs.includes(token),
  );
  return [
    ...ours.map(() => `an agent's token in ${where}`),
    ...others.map(() => `the token of another ticket in ${where}`),
  ];
}

const runs = (text: string): string => text.replace(/[\s>|]+/g, " ").trim();

function notesIn({ where, text }: Place, theirs: string, notes: readonly string[]): string[] {
  if (notes.length === 0) return [];
  const shown = runs(text);
  const own = runs(theirs);
  return notes.flatMap((note) => {
    const words = runs(plain(note));
    for (let from = 0; from + RUN <= words.length; from++) {
      const run = words.slice(from, from + RUN);
      if (shown.includes(run) && !own.includes(run)) return [`a note's "${run}" in ${where}`];
    }
    return [];
  });
}

function strayFields({ fields }: Letter): string[] {
  const automatic = fields.some(({ name, value }) => name === "auto-submitted" && value.trim() !== "no");
  return fields
    .filter(({ name }) => !FIELDS.has(name) && !(automatic && AUTOMATIC.has(name)))
    .map(({ name }) => `the field ${name}`);
}

function strangers({ addressees }: Letter, recipient: string, people: ReadonlySet<string>): string[] {
  return [
    ...(people.has(recipient) ? [] : [`the recipient ${recipient}, who is nobody of this ticket`]),
    ...addressees
      .filter((address) => address !== recipient && !people.has(address))
      .map((address) => `${address} among the addressees, who is nobody of this ticket`),
  ];
}

/** Mails of many kinds for replays, made up from a number: the same number is the same mail, byte for byte. */
import { randomOf, type Random } from "../fuzz/random.ts";

export type ReplayMail = {
  readonly messageId: string;
  readonly from: string;
  readonly raw: Buffer;
};

const FIRMS = ["fabrikam.example", "partner1.example", "partner2.example", "eu.fabrikam.example"];
const NAMES = ["Maria Santos", "Zoë Müller", "Joe", "Иван Петров", "陳大文", ""];

const SUBJECTS: readonly ((random: Random) => string)[] = [
  () => "I forgot my password",
  () => "Passwort vergessen",
  (random) => `Where is order ${random.int(10_000, 99_999)}`,
  () => "Refund of an invoice",
  () => "The site is DOWN",
  () => "Download does not start",
  () => "Rechnung über 100 €",
  () => "Question",
  () => "Re: Question",
  () => "Out of office: back on Monday",
  () => "Your newsletter",
  () => "",
];

const TEXTS: readonly string[] = [
  "Hello,\n\nnothing works since this morning, please call me back as soon as you can.\n\nThanks\n",
  "Guten Tag,\n\nich kann mich seit heute nicht mehr anmelden. Können Sie mir bitte helfen?\n\nViele Grüße\n",
  "Bonjour,\n\nje n'arrive plus à ouvrir la porte depuis hier soir. Merci de votre aide.\n",
  "You have won the lottery, send us your account now!\n",
  "This is urgent: the outage goes on.\n",
  "Order 12345 came broken. I would like my money back, or another one.\n",
];

const HEADERS: readonly (readonly string[])[] = [
  ["List-Id: News of the town <news.town.example>", "Precedence: bulk"],
  ["List-Id: The team <team.town.example>"],
  ["Auto-Submitted: auto-replied"],
  ["X-Priority: 1", "X-Plan: gold"],
  ["X-Spam-Flag: YES"],
  ["Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All"],
];

const FILES: readonly (readonly [name: string, type: string])[] = [
  ["screen.png", "image/png"],
  ["invoice.pdf", "application/pdf"],
  ["log.zip", "application/zip"],
  ["Bestellung Nr. 7.docx", "application/octet-stream"],
];

const TO = [
  "support@nw.example",
  "Support <support@nw.example>",
  "it@nw.example",
  "support+login@nw.example",
  "billing@nw.example, support@nw.example",
  "somebody@else.example",
] as const;

/** Every sender's domain is their own or one of a few firms', and no sender writes twice: no budget is met by five hundred. */
export function replayMail(number: number, seed = 1): ReplayMail {
  const random = randomOf(seed, number);
  const domain = random.chance(0.25) ? random.one(FIRMS) : `firm${number}.example`;
  const from = random.chance(0.03) ? `no-reply@${domain}` : `c${number}@${domain}`;
  const messageId = `m${number}.${seed}@${domain}`;
  const name = random.one(NAMES);
  const head = [
    ...(random.chance(0.3) ? random.one(HEADERS) : []),
    `From: ${name === "" ? from : `${encoded(name)} <${from}>`}`,
    `To: ${random.one(TO)}`,
    ...(random.chance(0.2)
      ? [`Cc: ${random.one(["support@nw.example", "boss@watch.example", "ann@nw.example"])}`]
      : []),
    ...(random.chance(0.15) ? [`Reply-To: r${number}@behind.example`] : []),
    `Subject: ${encoded(random.one(SUBJECTS)(random))}`,
    "Date: Mon, 23 Nov 2026 10:00:00 +0000",
    `Message-ID: <${messageId}>`,
    "MIME-Version: 1.0",
  ];
  return { messageId, from, raw: Buffer.from([...head, ...body(random, number)].join("\r\n")) };
}

function body(random: Random, number: number): readonly string[] {
  const text = [
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    base64(`${random.one(TEXTS)}\n(${number})\n`),
  ];
  if (!random.chance(0.3)) return [...text, ""];
  const files = Array.from({ length: random.int(1, 3) }, () => random.one(FILES)).flatMap(([name, type]) => [
    "--part",
    `Content-Type: ${type}`,
    `Content-Disposition: attachment; filename="${name}"`,
    "Content-Transfer-Encoding: base64",
    "",
    base64(`${name} ${"x".repeat(random.size(5000))}`),
  ]);
  return ['Content-Type: multipart/mixed; boundary="part"', "", "--part", ...text, ...files, "--part--", ""];
}

const base64 = (text: string): string => Buffer.from(text).toString("base64").replace(/.{76}/g, "$&\r\n");
const encoded = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString("base64")}?=`;

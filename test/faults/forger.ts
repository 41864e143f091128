/**
 * Mails that claim to be an agent's and are not, and mails that are. A forger knows everything that notifications show: every
 * kind of token, numbers, addresses, our server's name. They have a domain of their own that is in good order, and old signed
 * mail of the agent's. What they cannot do is write above the line with which our MX takes the message, or sign for the
 * agent's domain. A challenge (`prove`) is left out: who reads the agent's mailbox is the agent.
 */
import type { DKIMSignOptions } from "mailauth";
import { MX, NOW, stamp, SUPPORT, toAgent, toCustomer } from "../desk/proof-world.ts";
import type { Random } from "../fuzz/random.ts";
import { DATE, DAY, DOMAIN, EVIL, sign, SIGNED } from "./forger-keys.ts";

/** Notifications by their ids; proof-world's map of a test says what they are. */
export const LOOT = {
  valid: 1,
  expired: 2,
  revoked: 3,
  bens: 4,
  list: 5,
  overview: 6,
  group: 7,
  confirm: 8,
  decide: 9,
  review: 10,
} as const;
const LIVE: readonly number[] = [
  LOOT.valid,
  LOOT.bens,
  LOOT.list,
  LOOT.overview,
  LOOT.group,
  LOOT.confirm,
  LOOT.decide,
  LOOT.review,
];

export type Forgery = {
  readonly raw: Buffer;
  /** What was done, for a report. */
  readonly how: readonly string[];
  /** A token by which a desk of the policy `token` would rightly let this through. */
  readonly bearsLiveToken: boolean;
};

const AGENTS = ["ann", "ben", "dev"] as const;

/** Signed mails of the agents' that a forger may have got hold of, and what can be made of each. */
export type Booty = {
  readonly own: readonly string[];
  readonly flawed: readonly (readonly [how: string, mail: string])[];
};

export async function collectBooty(random: Random): Promise<Booty> {
  const own: string[] = [];
  const flawed: [string, string][] = [];
  for (let i = 0; i < 24; i++) {
    const mail = agentsMail(random, `booty-${i}`, random.one(LIVE));
    own.push(await sign(mail));
    flawed.push(["signature expired", await sign(mail, { at: NOW - 9 * DAY, expires: new Date(NOW - DAY) })]);
    flawed.push(["signature with l=", await sign(mail, { maxBodyLength: 10 } as Partial<DKIMSignOptions>)]);
    flawed.push(["key is being tested", await sign(mail, { selector: "testing" })]);
    flawed.push(["subject not signed", await sign(mail, { headerList: SIGNED.filter((name) => name !== "Subject") })]);
    flawed.push(["signed by another domain", await sign(mail, { evil: true })]);
    const old = mail.replace(DATE, "Mon, 02 Nov 2026 10:00:00 +0000");
    flawed.push(["three weeks old", await sign(old, { at: NOW - 21 * DAY })]);
  }
  return { own, flawed };
}

/** What happens to a mail that is signed: any of it breaks the signature, or makes two readers see different mails. */
const MANGLES: readonly (readonly [how: string, mangle: (mail: string) => string])[] = [
  ["other body", (mail) => mail.replace(/$/, "Refund 5000.\r\n")],
  ["other subject", (mail) => mail.replace(/\r\nSubject: [^\r]*/, "\r\nSubject: #close NW-1007")],
  [
    "replayed to another token",
    (mail) =>
      mail.replace(
        /\r\nTo: [^\r]*/,
        `\r\nTo: ${toAgent(mail.includes(toAgent(LOOT.review)) ? LOOT.valid : LOOT.review)}`,
      ),
  ],
  ["second Subject", (mail) => `Subject: #spam\r\n${mail}`],
  ["second From", (mail) => `From: Ben Ortiz <ben@${DOMAIN}>\r\n${mail}`],
  ["second To", (mail) => `To: ${toAgent(LOOT.bens)}\r\n${mail}`],
  ["second Content-Type", (mail) => `Content-Type: text/html\r\n${mail}`],
  ["other author", (mail) => mail.replace(/\r\nFrom: [^\r]*/, `\r\nFrom: Dev Patel <dev@${DOMAIN}>`)],
  ["other Message-ID", (mail) => mail.replace(/\r\nMessage-ID: </, "\r\nMessage-ID: <x")],
  ["other Date", (mail) => mail.replace(DATE, "Mon, 23 Nov 2026 10:00:01 +0000")],
  ["other d=", (mail) => mail.replace(`d=${DOMAIN}`, `d=${EVIL}`)],
  ["signature cut", (mail) => mail.replace(/ b=[A-Za-z0-9+/]{4}/, " b=AAAA")],
];

const BODIES = [
  "#close\r\n\r\nIt is repaired.\r\n",
  "Please send me your password.\r\n",
  "#assign ben #priority urgent\r\n",
  "1 #close\r\n",
  "NW-1007 #close\r\n",
  "held 17 #confirm\r\n",
  "#confirm\r\n",
  "#accept always\r\n",
  "#list open\r\n",
  "#away today\r\n",
  "#dept it\r\n\r\n---------- Forwarded message ---------\r\nFrom: Maria Santos <maria@home.example>\r\nDate: Mon, 23 Nov 2026 at 10:02\r\nSubject: Invoice\r\nTo: Ann <ann@nw.example>\r\n\r\nHello\r\n",
] as const;
const SUBJECTS = ["Re: [NW-1007] Cannot log in", "#list open", "Close NW-1007", "A question", "Fwd: Invoice"] as const;

type Part = readonly [how: string, text: string];

/** As whom the mail is shown. The names are the agents'; whose mail it is said to be differs. */
const AUTHORS: readonly Part[] = AGENTS.flatMap((key): Part[] => {
  const [agent, evil] = [`${key}@${DOMAIN}`, `mallory@${EVIL}`];
  const encoded = (text: string) => `=?utf-8?B?${Buffer.from(text).toString("base64")}?=`;
  return [
    ["plain", `From: ${key} <${agent}>\r\n`],
    ["bare", `From: ${agent}\r\n`],
    ["capitals", `FROM: ${key} <${agent.toUpperCase()}>\r\n`],
    ["folded", `From: ${key}\r\n <${agent}>\r\n`],
    ["quoted local part", `From: "${key}"@${DOMAIN}\r\n`],
    ["comment", `From: ${agent} (${evil})\r\n`],
    ["route", `From: <@${EVIL}:${agent}>\r\n`],
    ["two addresses", `From: ${agent}, ${evil}\r\n`],
    ["two From, agent first", `From: ${agent}\r\nFrom: ${evil}\r\n`],
    ["two From, agent last", `From: ${evil}\r\nFrom: ${agent}\r\n`],
    ["group", `From: Team: ${agent};\r\n`],
    ["encoded whole", `From: ${encoded(`${key} <${agent}>`)}\r\n`],
    ["encoded name", `From: ${encoded(agent)} <${evil}>\r\n`],
    ["address as a name", `From: "${agent}" <${evil}>\r\n`],
    ["Sender only", `From: ${evil}\r\nSender: ${agent}\r\n`],
    ["Reply-To only", `From: ${evil}\r\nReply-To: ${agent}\r\n`],
    ["Resent-From only", `Resent-From: ${agent}\r\nFrom: ${evil}\r\n`],
    ["Cyrillic", `From: ${key.replace("a", "\u0430").replace("e", "\u0435")}@${DOMAIN}\r\n`],
    ["full-width", `From: ${key}@\uff4e\uff57.example\r\n`],
    ["punycode", `From: ${key}@xn--n-jlb.example\r\n`],
    ["detail", `From: ${key}+x@${DOMAIN}\r\n`],
    ["subdomain", `From: ${key}@mail.${DOMAIN}\r\n`],
    ["blank before the colon", `From : ${agent}\r\n`],
    ["zero width", `From: ${key}\u200b@${DOMAIN}\r\n`],
  ];
});

/** What our MX really wrote on top. It has verified the forger's own domain, and found nothing good of the agent's. */
const STAMPS: readonly Part[] = [
  ["not checked", `Received: from x by ${MX} with ESMTP; ${DATE}\r\n`],
  ["spf only", stamp(`spf=pass smtp.mailfrom=${EVIL}`)],
  ["dmarc=none", stamp(`dmarc=none header.from=${DOMAIN}`)],
  ["dmarc=fail", stamp(`dmarc=fail header.from=${DOMAIN}`)],
  ["forger's domain passes", stamp(`dmarc=pass header.from=${EVIL}`)],
  ["forger's signature passes", stamp(`dkim=pass header.d=${EVIL}; dmarc=none header.from=${DOMAIN}`)],
  ["result in a sender", stamp(`spf=pass smtp.mailfrom="x; dmarc=pass header.from=${DOMAIN}"@${EVIL}; dmarc=none`)],
  ["result in a comment", stamp(`spf=pass (x; dmarc=pass header.from=${DOMAIN}) smtp.helo=${EVIL}`)],
  ["best guess", stamp(`dmarc=bestguesspass header.from=${DOMAIN}`)],
];

/** What the forger writes as if a server had. All of it stands below. */
const PRETENCES: readonly Part[] = (() => {
  const good = `dkim=pass header.d=${DOMAIN}; spf=pass; dmarc=pass header.from=${DOMAIN}`;
  return [
    ["nothing", ""],
    ["results of our server", `Authentication-Results: ${MX}; ${good}\r\n`],
    ["our server's whole stamp", stamp(good)],
    ["the stamp twice", stamp(good) + stamp(good)],
    ["another server's stamp", stamp(good, `mx.${EVIL}`)],
    ["a name like ours", stamp(good, `${MX}.${EVIL}`)],
    ["our name in capitals", stamp(good, MX.toUpperCase())],
    ["folded", `Authentication-Results:\r\n\t${MX};\r\n\t${good.replaceAll("; ", ";\r\n\t")}\r\n`],
    [
      "ARC",
      `ARC-Authentication-Results: i=1; ${MX}; ${good}\r\nARC-Seal: i=1; a=rsa-sha256; cv=none; d=${DOMAIN}; s=k1; b=AAAA\r\n`,
    ],
    ["X headers", `X-Authentication-Results: ${MX}; ${good}\r\nReceived-SPF: pass\r\nX-Postern-Proven: yes\r\n`],
    ["blank before the colon", `Authentication-Results : ${MX}; ${good}\r\n`],
  ];
})();

type Taken = { readonly how: string; readonly address: string; readonly id?: number };

/** Whose token the mail bears: one of ours, as it is or as servers change it, a nearly right one, the customer's, or none. */
const TAKEN: readonly Taken[] = Object.values(LOOT).flatMap((id): Taken[] => {
  const address = toAgent(id);
  const [local, rest] = address.split("@") as [string, string];
  const near = `${local.slice(0, -1)}${local.endsWith("a") ? "b" : "a"}`;
  return [
    { how: `token ${id}`, address, id },
    { how: `token ${id} in capitals`, address: `${local.toUpperCase()}@${rest}`, id },
    { how: "customer's token", address: toCustomer(7) },
    { how: "guessed token", address: `support+a${id}-${"k7q2".repeat(7).slice(0, 26)}@${rest}` },
    { how: "one letter of the token wrong", address: `${near}@${rest}` },
    { how: "another delivery's number", address: address.replace(`+a${id}-`, `+a${id + 1}-`) },
    { how: "as a customer's", address: address.replace("+a", "+c") },
    { how: "no token", address: SUPPORT },
  ];
});

/** Where the token stands. */
function carriers(address: string): readonly Part[] {
  const id = address.replace("support+", "").replace("-", ".");
  return [
    ["To", `To: ${address}\r\n`],
    ["Cc", `To: ${SUPPORT}\r\nCc: ${address}\r\n`],
    ["Delivered-To", `Delivered-To: ${address}\r\nTo: ${SUPPORT}\r\n`],
    ["In-Reply-To", `To: ${SUPPORT}\r\nIn-Reply-To: <${id}>\r\n`],
    ["References", `To: ${SUPPORT}\r\nReferences: <x@${EVIL}> <${id.replace(/^a/, "ar")}>\r\n`],
    ["Reply-To", `To: ${SUPPORT}\r\nReply-To: ${address}\r\n`],
    ["X-Original-To", `X-Original-To: ${address}\r\nTo: ${SUPPORT}\r\n`],
  ];
}

export function forge(random: Random, booty: Booty): Forgery {
  if (random.chance(0.04)) return forgedFromSigned(random, booty);
  const taken = random.one(TAKEN);
  const [stamped, pretended] = [random.one(STAMPS), random.one(PRETENCES)];
  const [author, carrier] = [random.one(AUTHORS), random.one(carriers(taken.address))];
  const body = random.one(BODIES);
  const elsewhere = random.one(["", "", "", "in the body", "in the subject", "as a file's name"]);
  const fields = [
    `Subject: ${random.one(SUBJECTS)}${elsewhere === "in the subject" ? ` ${taken.address}` : ""}\r\n`,
    `Date: ${DATE}\r\n`,
    `Message-ID: <f${random.int(0, 2 ** 30)}@${EVIL}>\r\n`,
    `Content-Type: text/plain; charset=utf-8${elsewhere === "as a file's name" ? `; name="${taken.address}"` : ""}\r\n`,
  ];
  const theirs = [author[1], carrier[1], ...fields];
  const ordered = random.chance(0.3) ? theirs.toReversed() : theirs;
  return {
    raw: Buffer.from(
      `${stamped[1]}${pretended[1]}${ordered.join("")}\r\n${body}${elsewhere === "in the body" ? `${taken.address}\r\n` : ""}`,
    ),
    how: [author[0], stamped[0], pretended[0], taken.how, `in ${carrier[0]}`, elsewhere],
    bearsLiveToken: taken.id !== undefined && LIVE.includes(taken.id),
  };
}

function forgedFromSigned(random: Random, { own, flawed }: Booty): Forgery {
  const stamped = random.one(STAMPS);
  const [how, mail] = random.chance(0.5) ? random.one(flawed) : mangled(random, random.one(own));
  return { raw: Buffer.from(stamped[1] + mail), how: [how, stamped[0]], bearsLiveToken: true };
}

function mangled(random: Random, mail: string): Part {
  const [how, mangle] = random.one(MANGLES);
  return [how, mangle(mail)];
}

/** An answer of an agent's, as a client writes it. Unsigned and unstamped. */
function agentsMail(random: Random, id: string, notification: number): string {
  const key = notification === LOOT.bens ? "ben" : "ann";
  const from = random.one([
    `${key} <${key}@${DOMAIN}>`,
    `${key}@${DOMAIN}`,
    `"Lee, ${key}" <${key}@${DOMAIN}>`,
    `${key} <${key.toUpperCase()}@NW.example>`,
  ]);
  const address = toAgent(notification);
  const quoted = random.one([
    "",
    "\r\n\r\nOn Mon, 23 Nov 2026 at 10:02, Maria via Northwind <support@nw.example> wrote:\r\n> It does not work.\r\n",
    "\r\n\r\n-----Original Message-----\r\nFrom: Maria\r\nSent: Monday\r\nTo: Ann\r\nSubject: [NW-1007]\r\n\r\nIt does not work.\r\n",
  ]);
  return [
    `From: ${from}`,
    `To: ${random.one([address, `Northwind <${address}>`])}`,
    ...(random.chance(0.3) ? [`Cc: maria@home.example`] : []),
    `Subject: ${random.one(["Re", "RE", "AW", "Sv"])}: [NW-1007] Cannot log in`,
    `Date: ${DATE}`,
    `Message-ID: <${id}@${DOMAIN}>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    `${random.one(["#close\r\n\r\n", "", "#priority high\r\n", "#note\r\n"])}It is repaired, case ${id}.${quoted}\r\n`,
  ].join("\r\n");
}

/** A genuine mail of an agent's, proven by our MX or by the signature of their domain. */
export async function genuine(random: Random, number: number): Promise<{ raw: Buffer; how: readonly string[] }> {
  const mail = agentsMail(random, `g${number}`, random.one([LOOT.valid, LOOT.bens, LOOT.group, LOOT.list]));
  if (random.chance(0.1)) {
    const signed = await sign(mail);
    return {
      raw: Buffer.from(`${random.one(["", `Received: from x by ${MX} with ESMTP; ${DATE}\r\n`])}${signed}`),
      how: ["signed"],
    };
  }
  const results = random.one([
    `dmarc=pass header.from=${DOMAIN}`,
    `spf=pass smtp.mailfrom=${DOMAIN};\r\n\tdkim=pass header.d=${DOMAIN};\r\n\tdmarc=pass (p=reject dis=none) header.from=${DOMAIN}`,
    `dkim=fail header.d=${EVIL}; DMARC=Pass header.From=NW.Example`,
    `auth=pass smtp.auth=ann@${DOMAIN}; dmarc=pass policy.published-domain-policy=none header.from=${DOMAIN}`,
  ]);
  const below = random.one([
    "",
    `Received: from laptop by out.${DOMAIN} with ESMTPSA; ${DATE}\r\n`,
    `Authentication-Results: out.${DOMAIN}; auth=pass\r\n`,
  ]);
  return { raw: Buffer.from(`${stamp(results)}${below}${mail}`), how: ["stamped", results] };
}

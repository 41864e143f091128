/** What counts as a forward and what is read of it; whole mails are in forward/. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readForward } from "../../src/mail/forward/forward.ts";
import { readMailbox, readMailboxes } from "../../src/mail/forward/mailboxes.ts";
import { forwardAt } from "../../src/mail/forward/place.ts";
import { outermostPrefix } from "../../src/mail/forward/subject-prefix.ts";
import type { FilePart } from "../../src/mail/mime/part.ts";
import { isClosing } from "../../src/mail/reply/dividers.ts";
import { ALL_WORDS } from "../../src/mail/words/all.ts";

const forward = async (subject: string, text: string, files: FilePart[] = []): ReturnType<typeof readForward> =>
  await readForward({ subject, text, files });

const AUTHOR = "Maria Santos <maria@home.example>";
const BLOCK = `From: ${AUTHOR}\nSent: Monday, November 23, 2026 10:02 AM\nTo: Tom <tom@fabrikam.example>\nSubject: Cold boiler`;
const MESSAGE = `From: ${AUTHOR}\r\nSubject: Cold boiler\r\nMessage-ID: <m1@home.example>\r\n\r\nIt is cold.\r\n`;
const file = (content: string, contentType = "message/rfc822", filename?: string): FilePart => ({
  contentType,
  content: Buffer.from(content),
  sha256: "",
  inline: false,
  ...(filename === undefined ? {} : { filename }),
});

describe("a forward in every language", () => {
  test.each(ALL_WORDS.map((words) => [words.name, words] as const))("%s", async (_, { code, fields, ...words }) => {
    const [from, sent, to, subject] = [fields.from[0], fields.sent[0], fields.to[0], fields.subject[0]];
    const block = `${from}: ${AUTHOR}\n${sent}: 23.11.2026 10:02\n${to}: tom@fabrikam.example\n${subject}: Cold boiler`;
    const expected = { from: { name: "Maria Santos", address: "maria@home.example" }, date: Date.UTC(2026, 10, 23, 10, 2), text: "It is cold." };
    for (const prefix of words.forwardPrefixes) {
      const read = await forward(`${prefix.toUpperCase()}: Cold boiler`, `Please help.\n\n${block}\n\nIt is cold.`);
      expect(read, `${code} ${prefix}`).toMatchObject(expected);
    }
    for (const heading of words.forwardedMessage) {
      const dashed = `---- ${heading} ----`;
      const read = await forward("x", `Please help.\n\n${dashed}\n${block}\n\nIt is cold.`);
      expect(read !== undefined, `${dashed}`).toBe(!isClosing(dashed));
    }
  });
});

describe("forward or reply", () => {
  test.each([
    ["Fwd: x", `Please help.\n\n${BLOCK}\n\nIt is cold.`, true],
    ["[NW-48201] FW: RE: x", `Please help.\n\n${BLOCK}\n\nIt is cold.`, true],
    ["x (fwd)", `Please help.\n\n${BLOCK}\n\nIt is cold.`, true],
    ["[Fwd: x]", `Please help.\n\n${BLOCK}\n\nIt is cold.`, true],
    ["x", `${BLOCK}\n\nIt is cold.`, true],
    ["x", `Sent from my iPhone\n\n${BLOCK}\n\nIt is cold.`, true],
    ["x", `Help!\n\n---------- Forwarded message ---------\n${BLOCK}\n\nIt is cold.`, true],
    ["Re: x", `---------- Forwarded message ---------\n${BLOCK}\n\nIt is cold.`, true],
    ["x", `Help!\n\n${BLOCK}\n\nIt is cold.`, false],
    ["x", `Help!\n\n-----Original Message-----\n${BLOCK}\n\nIt is cold.`, false],
    ["Re: x", `${BLOCK}\n\nIt is cold.`, false],
    ["Re: Fwd: x", `Thanks.\n\n${BLOCK}\n\nIt is cold.`, false],
    ["Re: x", `Thanks.\n\n---------- Forwarded message ---------\n${BLOCK}\n\nIt is cold.`, false],
    ["x", `Thanks.\n\nOn Mon, 23 Nov 2026 at 10:02, ${AUTHOR} wrote:\n\n> It is cold.`, false],
    ["Re: x", `Thanks.\n\nOn Mon, 23 Nov 2026 at 10:02, ${AUTHOR} wrote:\n\n> ${BLOCK.replaceAll("\n", "\n> ")}`, false],
    ["x", `> It is cold.\n\nThen heat it.\n\n---------- Forwarded message ---------\n${BLOCK}`, false],
    ["x", "---------- Forwarded message ---------\n\nIt is cold.", false],
    ["Fwd: x", "It is cold.", false],
    ["x", "", false],
  ])("%s: %j", async (subject, text, expected) => {
    expect((await forward(subject, text)) !== undefined).toBe(expected);
  });

  test("the client's own container of a forward stands in for its heading", async () => {
    const text = `Help!\n\n${BLOCK}\n\nIt is cold.`;
    const marks = [{ kind: "forwarded" as const, from: text.indexOf("\n\nFrom"), to: text.length }];
    expect(await readForward({ subject: "x", text, marks, files: [] })).toMatchObject({ text: "It is cold." });
    expect(await readForward({ subject: "Re: x", text, marks, files: [] })).toBeUndefined();
  });

  test("VS: is what the language of the block makes of it", () => {
    expect(outermostPrefix("VS: x", ["da", "nb"])).toBe("forward");
    expect(outermostPrefix("VS: x", ["fi"])).toBe("reply");
    expect(outermostPrefix("VS: x", ["en"])).toBeUndefined();
    expect(outermostPrefix("RV: x")).toBe("forward");
    expect(outermostPrefix("Redir.: x")).toBe("forward");
    expect(outermostPrefix("Question: forward or reply?")).toBeUndefined();
  });

  test("forwardAt names the first line of the forward and of the original", () => {
    const lines = ["Help!", "", "---------- Forwarded message ---------", ...BLOCK.split("\n"), "", "It is cold."];
    expect(forwardAt(lines, "Fwd: x")).toMatchObject({ from: 2, body: 7 });
  });
});

describe("the words of the original", () => {
  test.each([
    [`${BLOCK}\n\n> It is cold.\n> Maria`, "It is cold.\nMaria"],
    [`> ${BLOCK.replaceAll("\n", "\n> ")}\n>\n> It is cold.\n\nTom`, "It is cold."],
    [`${BLOCK}\n\nIt is cold.\n-----End of forwarded message-----\nTom`, "It is cold."],
    [`${BLOCK}\n\n    It is cold.\n    Maria`, "It is cold.\nMaria"],
    [`${BLOCK}\n\nIt is cold.\n> really`, "It is cold.\n> really"],
  ])("%j", async (text, expected) => {
    expect((await forward("Fwd: x", text))?.text).toBe(expected);
  });
});

describe("an attached message", () => {
  test("message/rfc822, or a file NAME.eml that is one", async () => {
    const expected = { by: "attachment", from: { address: "maria@home.example" }, messageId: "m1@home.example", text: "It is cold." };
    expect(await forward("x", "See the file.", [file(MESSAGE)])).toMatchObject(expected);
    expect(await forward("x", "", [file(MESSAGE, "application/octet-stream", "Cold.EML")])).toMatchObject(expected);
    expect(await forward("x", "", [file("no message", "application/octet-stream", "Cold.eml")])).toBeUndefined();
    expect(await forward("x", "", [file(MESSAGE, "application/octet-stream", "cold.txt")])).toBeUndefined();
  });

  test("none in a reply, in a report, and among several", async () => {
    expect(await forward("Re: x", "This one.", [file(MESSAGE)])).toBeUndefined();
    expect(await forward("x", "", [file("", "message/delivery-status"), file(MESSAGE)])).toBeUndefined();
    expect(await forward("x", "", [file(MESSAGE), file(MESSAGE)])).toBeUndefined();
  });

  test("inline comes first: it is the outer one", async () => {
    expect(await forward("Fwd: x", `${BLOCK}\n\nSee the file.`, [file(MESSAGE)])).toMatchObject({ by: "inline" });
  });
});

describe("people as clients write them", () => {
  test.each([
    [AUTHOR, "Maria Santos"],
    ["Maria Santos [mailto:maria@home.example]", "Maria Santos"],
    ["Maria Santos <mailto:maria@home.example>", "Maria Santos"],
    ["maria@home.example <mailto:maria@home.example>", ""],
    ["maria@home.example<mailto:maria@home.example>", ""],
    ["Santos, Maria <maria@home.example>", "Santos, Maria"],
    [`"'Maria Santos'" <maria@home.example<mailto:maria@home.example>>`, "Maria Santos"],
    ["maria@home.example (Maria Santos)", "Maria Santos"],
    ["Maria Santos (maria@home.example)", "Maria Santos"],
    ["[Maria Santos](mailto:maria@home.example)", "Maria Santos"],
    ["Maria Santos <*maria@home.example*>", "Maria Santos"],
    ["news@list.example on behalf of Maria Santos <maria@home.example>", "Maria Santos"],
  ])("%s", (value, name) => {
    expect(readMailbox(value)).toEqual({ name, address: "maria@home.example" });
  });

  test.each(["Maria Santos", "Maria Santos/HQ/ACME@ACME", "news@list.example on behalf of Maria Santos", "", "@", "a@b"])(
    "nobody with an address: %j",
    (value) => expect(readMailbox(value)).toBeUndefined(),
  );

  test("lists with commas and semicolons", () => {
    expect(readMailboxes(`Tom <t@x.example>, "Santos, Maria" <m@x.example>; Anna; Eva <e@x.example>, b@x.example`)).toEqual([
      { name: "Tom", address: "t@x.example" },
      { name: "Santos, Maria", address: "m@x.example" },
      { name: "Eva", address: "e@x.example" },
      { name: "", address: "b@x.example" },
    ]);
  });
});

describe("properties", () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom(...BLOCK.split("\n"), "", ">", "---------- Forwarded message ---------", "Begin forwarded message:", "-----Original Message-----", "________________________________", `On Mon, 23 Nov 2026 at 10:02, ${AUTHOR} wrote:`),
  );
  const text = fc.array(fc.tuple(fc.constantFrom("", "> "), piece).map((both) => both.join("")), { maxLength: 25 }).map((lines) => lines.join("\n"));
  const subject = fc.constantFrom("Fwd: x", "Re: x", "x", "VS: x", "");

  test("never throws; every line of the original stands in the text", async () => {
    await fc.assert(
      fc.asyncProperty(subject, text, async (about, words) => {
        const read = await forward(about, words);
        const lost = (read?.text ?? "").split("\n").filter((line) => !words.includes(line.trim()));
        expect(lost).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("never throws on any bytes of an attached message", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const read = await forward("x", "", [{ ...file(""), content: Buffer.concat([Buffer.from("From: a@b.example\nDate: x\n"), bytes]) }]);
        expect(read?.by).toBe("attachment");
      }),
      { numRuns: 100 },
    );
  });

  const PIECES = ["> ", ">", "\n", "From: x\n", `${BLOCK}\n`, "-----Original Message-----\n", "---------- Forwarded message ---------\n", "----- a ", `${"_".repeat(40)}\n`, "x wrote:\n", "On 1.1.2026 10:02 a <a@b.example> wrote:\n", "a@b.example, ", "<a@b", "To: ", "-----End of forwarded message-----\n", "> a\nb\n", "    a\n", " "];
  test.each(["", "---------- Forwarded message ---------\n", `${BLOCK}\n`, "From: "])("two million characters after %j", async (head) => {
    for (const storm of PIECES) {
      const words = head + storm.repeat(2_000_000 / storm.length);
      const started = performance.now();
      await forward("Fwd: x", words);
      expect(performance.now() - started, `${JSON.stringify(storm.slice(0, 20))}`).toBeLessThan(3000);
    }
  });
});

/** Storms: inputs at which a careless reader takes quadratic time. Each must end far below a second on a slow machine. */
import { describe, expect, test } from "vitest";
import { parseAddressList } from "../../src/mail/address-list.ts";
import { readAuthenticationResults } from "../../src/mail/authentication-results.ts";
import { baseSubject } from "../../src/mail/base-subject.ts";
import { readDeliveryReport } from "../../src/mail/report/delivery-report.ts";
import { decodeWords } from "../../src/mail/encoded-word.ts";
import { htmlToText } from "../../src/mail/html/html-text.ts";
import { parseMessageIds } from "../../src/mail/message-id.ts";
import { splitReply } from "../../src/mail/reply/split.ts";

const SIZE = 200_000;
const storm = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length));

const READERS: Record<string, (text: string) => unknown> = {
  parseAddressList,
  parseMessageIds,
  decodeWords,
  baseSubject,
  splitReply,
  readAuthenticationResults,
  readDeliveryReport: (text) => readDeliveryReport({ headers: [], text, files: [] }),
  htmlToText,
};
const PIECES = ["<", ">", "(", '"', "\\", ",", ":", "@", " ", "\n", " \n", "> ", "a@b.example, ", '"a" <a@b.example>, ', "=?utf-8?b?", "=?a?q?x?= ", "Re: ", "[", "<b>", "<!--", "<style>", "&#", "On 1:00 a\n", "From: x\n", "wrote:\n", "-- \n", "___________\n", "<a@b", "to a@b ", ";", "="];

describe("a storm ends quickly", () => {
  for (const [name, read] of Object.entries(READERS)) {
    test(name, () => {
      for (const piece of PIECES) {
        const started = performance.now();
        read(storm(piece));
        expect(performance.now() - started, `${name} with ${JSON.stringify(piece)}`).toBeLessThan(1000);
      }
    });
  }
});

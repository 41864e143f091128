import { expect, test } from "vitest";
import { fileLink, readFileLink } from "../../src/mail/file-link.ts";
import { agentToken } from "../../src/mail/token.ts";

const KEY = Buffer.alloc(32, 7);
const NOW = Date.UTC(2026, 10, 23, 10);
const DAY = 86_400_000;
const pathOf = (link: string): string => link.slice(link.lastIndexOf("/") + 1);

test("a link grants its file until it expires, and no longer", () => {
  const link = fileLink("https://desk.nw.example/postern", KEY, 17, NOW + DAY);
  expect(link).toMatch(/^https:\/\/desk\.nw\.example\/postern\/attachment\/17-\d{10}-[\w-]{22}$/);
  expect(readFileLink(pathOf(link), KEY, NOW)).toEqual({ kind: "file", attachmentId: 17 });
  expect(readFileLink(pathOf(link), KEY, NOW + DAY - 1)).toEqual({ kind: "file", attachmentId: 17 });
  expect(readFileLink(pathOf(link), KEY, NOW + DAY)).toEqual({ kind: "expired" });
});

test("whatever was changed or made up is unknown, also when it has expired", () => {
  const path = pathOf(fileLink("https://x.example", KEY, 17, NOW + DAY));
  const [, seconds, mac] = path.split(/-(?=\d{10}-)|(?<=-\d{10})-/) as [string, string, string];
  const wrong = [
    path.replace(/^17/, "18"),
    path.replace(seconds, String(Number(seconds) + 1)),
    path.replace(seconds, String(Number(seconds) - 10_000_000)),
    `${path.slice(0, -1)}${path.endsWith("A") ? "B" : "A"}`,
    `${path}A`,
    `17-${seconds}-${agentToken(KEY, 17).slice(0, 22)}`,
    `17-${seconds}`,
    `017-${seconds}-${mac}`,
    "",
    "../../etc/passwd",
    `${"9".repeat(400)}-${seconds}-${mac}`,
  ];
  for (const one of wrong)
    expect([one, readFileLink(one, KEY, NOW)]).toEqual([one, { kind: "unknown" }]);
  expect(readFileLink(path, Buffer.alloc(32, 8), NOW)).toEqual({ kind: "unknown" });
});

/** What strangers write is shown on an admin's terminal: it may not steer it. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { print, printJson, table } from "../../src/cli/context.ts";

const HOSTILE = "\u001b]0;title\u0007\u001b[2J\u009b31mred\u202etxt.exe\u200f";

function written(show: () => void): string {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  show();
  const text = write.mock.calls.map(([chunk]) => String(chunk)).join("");
  write.mockRestore();
  return text;
}

describe("attacks on the terminal", () => {
  afterEach(() => vi.restoreAllMocks());

  it("neither texts nor cells of tables hold an escape sequence", () => {
    const text = written(() => print(`${table(["subject", "why"], [[HOSTILE, HOSTILE]])}\n\tnext line`));
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e]/);
    expect(text).toContain("]0;title[2J31mredtxt.exe");
    expect(text).toContain("\n\tnext line\n");
  });

  it("JSON keeps every character, escaped", () => {
    const text = written(() => printJson({ subject: HOSTILE }));
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e]/);
    expect(JSON.parse(text)).toEqual({ subject: HOSTILE });
  });
});

import { describe, expect, it } from "vitest";
import { toRe2 } from "../../../src/desk/osticket/osticket-regex.ts";
import { toLiquid } from "../../../src/desk/osticket/osticket-text.ts";
import { compilePattern } from "../../../src/desk/rules/pattern.ts";

describe("PHP's regular expressions", () => {
  const pattern = (source: string): string => {
    const made = toRe2(source);
    return "pattern" in made ? made.pattern : `problem: ${made.problem}`;
  };
  const finds = (source: string, text: string): boolean => compilePattern(pattern(source)).find(text) !== undefined;

  it("keeps their meaning: case, lines, delimiters, names", () => {
    expect(pattern("/order \\d+/iu")).toBe("order \\d+");
    expect(pattern("#a/b#i")).toBe("a/b");
    expect(pattern("/a\\/b/i")).toBe("a/b");
    expect(pattern("{a}i")).toBe("a");
    expect(finds("/order (?<no>\\d+)/i", "ORDER 12")).toBe(true);
    expect(compilePattern(pattern("/order (?<no>\\d+)/i")).names).toEqual(["no"]);
    expect([finds("/Order/", "order"), finds("/Order/", "Order"), finds("/Order/i", "order")]).toEqual([
      false,
      true,
      true,
    ]);
    expect([finds("/^b/i", "a\nb"), finds("/^b/im", "a\nb")]).toEqual([false, true]);
    expect([finds("/a.b/i", "a\nb"), finds("/a.b/is", "a\nb")]).toEqual([false, true]);
    expect(finds("|a\\|b|i", "a|b")).toBe(true);
    expect(finds("|a\\|b|i", "a")).toBe(false);
    expect(finds("/end\\h+x\\Z/i", "end  x")).toBe(true);
    expect(pattern("/[\\h\\/]x[]a]/i")).toBe("[ \\t/]x[]a]");
  });

  it("says what RE2 cannot take", () => {
    expect(pattern("/(?=x)y/")).toMatch(/problem: .*look-ahead/);
    expect(pattern("/(a)\\1/")).toMatch(/problem: .*references back/);
    expect(pattern("/a b/x")).toContain("flag “x”");
    expect(pattern("order")).toContain("no delimiters");
    expect(pattern("//")).toContain("empty pattern");
  });
});

describe("osTicket's variables", () => {
  const text = (source: string, use: "canned" | "signature" = "canned") => toLiquid(source, use);

  it("become Liquid where Postern has the same", () => {
    expect(text("%{ticket.number} %{ticket.subject} %{ticket.dept.name} %{company.name}").text).toBe(
      "{{ ticket.number }} {{ ticket.subject }} {{ department.name }} {{ desk.name }}",
    );
    expect(text("%{ticket.user.name.first} %{recipient} %{user.name} %{ticket.name}").text).toBe(
      "{{ customer.first_name }} {{ customer.name }} {{ customer.name }} {{ customer.name }}",
    );
    expect(text("%{staff.name.first}", "signature").text).toBe("{{ agent.first_name }}");
    expect(text("Bye%{signature}").text).toBe("Bye");
  });

  it("stay as they are and are named where it has not", () => {
    expect(text("%{ticket.staff.name} %{constructor}")).toEqual({
      text: "%{ticket.staff.name} %{constructor}",
      unknown: ["%{ticket.staff.name}", "%{constructor}"],
    });
    expect(text("%{ticket.number}", "signature").unknown).toEqual(["%{ticket.number}"]);
  });

  it("leave text without tags alone, and take entities and tags apart", () => {
    expect(text("a < b & c\r\nd").text).toBe("a < b & c\nd");
    expect(text("a &lt; b<br/>c").text).toBe("a < b\nc");
  });
});

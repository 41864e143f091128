import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { RE2JS } from "re2js";
import { compilePattern, MAX_PATTERN, MAX_SEARCHED, patternProblem } from "../../../src/desk/rules/pattern.ts";
import { foldAscii, patternLiterals } from "../../../src/desk/rules/pattern-literals.ts";

describe("a pattern", () => {
  it.each([
    ["order \\d+", "My ORDER 17", true],
    ["(?-i)order", "My ORDER 17", false],
    ["^total: 5$", "Hello\nTotal: 5\nBye", true],
    ["\\Atotal", "Hello\ntotal", false],
    ["a.b", "a\nb", false],
    ["(?s)a.b", "a\nb", true],
    ["\\bdown\\b", "download", false],
    ["straße", "STRASSE", false],
    ["straße", "Straße", true],
    ["ü", "Ü", true],
    ["\\p{Greek}+", "x Ωμέγα", true],
    ["[[:digit:]]{3}", "12 123", true],
  ])("%j in %j: %j", (source, text, result) => {
    expect(compilePattern(source).find(text) !== undefined).toBe(result);
  });

  it("gives what its named groups caught, as it was written, of the leftmost match", () => {
    const { find, names } = compilePattern("order (?P<order>\\d+)(?: of (?<who>\\w+))?");
    expect(names).toEqual(["order", "who"]);
    expect(find("Order 12 of Joe, order 13")).toEqual({ order: "12", who: "Joe" });
    expect(find("order 12")).toEqual({ order: "12" });
    expect(find("no order")).toBeUndefined();
  });

  it("looks at a bounded text and keeps a bounded catch", () => {
    const { find } = compilePattern("(?P<all>x+)$");
    expect(find(`${"x".repeat(MAX_SEARCHED)}y`)?.["all"]).toHaveLength(1_000);
    expect(compilePattern("y").find(`${"x".repeat(MAX_SEARCHED)}y`)).toBeUndefined();
  });

  it("takes time in proportion to the text where backtracking would never end", () => {
    const began = performance.now();
    for (const source of ["(a*)*b", "(a|aa)+$b", "(?P<x>(a+)+)b", "(.*)(.*)(.*)(.*)x"])
      expect(compilePattern(source).find("a".repeat(50_000))).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe("what is no pattern is refused with its place", () => {
  it.each([
    ["", 1, /empty/],
    ["x".repeat(MAX_PATTERN + 1), MAX_PATTERN + 1, /at most 1000/],
    ["order (\\d+", 7, /missing closing \)/],
    ["(ab)(c", 5, /missing closing \)/],
    ["a[(]b(c", 6, /missing closing \)/],
    ["a)b", 2, /unexpected \)/],
    ["\\)a)b", 4, /unexpected \)/],
    ["ab[cd", 3, /missing closing \]/],
    ["a[z-b]", 3, /range z-b/],
    ["z-b [z-b]", 6, /range z-b/],
    ["ab**", 3, /repetition operator \*\*/],
    ["*a", 1, /missing argument/],
    ["abc\\", 4, /trailing backslash/],
    ["a(?=b)", 2, /no look-ahead/],
    ["a(?<!b)c", 2, /no look-behind/],
    ["(a)\\1", 4, /no references back/],
    ["x{1001}", 2, /most is \{1000\}/],
    ["(?P<n>a)(?P<n>b)", 13, /duplicate/],
    ["ab(?P<ä>x)", 3, /letters, digits and _/],
    ["ab(?P<_x>x)", 7, /begins with a letter/],
    ["\\p{Nonsense}", 1, /Nonsense/],
    ["a{5}b{900}", 6, /repeats too much/],
  ])("%j at %i", (source, position, words) => {
    const problem = patternProblem(source);
    expect(problem?.message).toMatch(words);
    expect(problem?.position).toBe(position);
    expect(() => compilePattern(source)).toThrow(/at character/);
  });
});

describe("literals", () => {
  it.each([
    ["order (?P<o>\\d{6})", ["order "]],
    ["\\bfoo\\b", ["foo"]],
    ["(?:foo|BAR)+", ["foo", "bar"]],
    ["a?b*cde", ["cde"]],
    ["ab+cd", ["cd"]],
    ["x(longer|words)y", ["longer", "words"]],
    ["(foo|)", undefined],
    ["\\d+", undefined],
    [".*", undefined],
    ["[abc]", undefined],
    ["a\\.b\\+", ["a.b+"]],
    ["\\x41bc", ["bc"]],
    ["über", ["ber"]],
    ["foo{", undefined],
    ["\\Qa.b\\E", undefined],
    ["(?i)[]x]abc", ["abc"]],
    ["(?i:abc)", ["abc"]],
  ])("of %j are %j", (source, literals) => {
    expect(patternLiterals(source)).toEqual(literals);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      "a",
      "b",
      "K",
      "s",
      "ab",
      "7",
      "é",
      "ſ",
      "\\.",
      ".",
      "\\d",
      "[ab]",
      "[^a]",
      "\\b",
      "^",
      "$",
      "x{2}",
    ),
    fc.constantFrom("(a|b)", "(?:ab|K)", "(?P<n>sk)", "\\x6b", "(|a)", "\\pL", "[[:alpha:]]", "(?-i:S)"),
  );
  const repeat = fc.constantFrom("", "", "", "*", "+", "?", "{0,2}", "{2}", "+?");
  const pattern = fc
    .array(fc.tuple(piece, repeat), { minLength: 1, maxLength: 5 })
    .map((pieces) => pieces.map(([one, times]) => (one.length === 1 ? one + times : `(?:${one})${times}`)).join(""));
  const alternatives = fc.array(pattern, { minLength: 1, maxLength: 3 }).map((all) => all.join("|"));
  const text = fc.string({ unit: fc.constantFrom(..."aAbBkK\u212asSſéÉxX7. \nß"), maxLength: 20 });

  it("are in every text that matches", () => {
    fc.assert(
      fc.property(alternatives, fc.array(text, { maxLength: 8 }), (source, texts) => {
        const known = patternProblem(source) === undefined ? patternLiterals(source) : undefined;
        if (known === undefined) return;
        const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE);
        for (const one of texts.filter((candidate) => compiled.test(candidate)))
          expect(known.some((literal) => foldAscii(one).includes(literal))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

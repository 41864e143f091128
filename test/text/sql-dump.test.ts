import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sqlDumpReader, type SqlRow } from "../../src/text/sql-dump.ts";
import { SqlDumpProblem } from "../../src/text/sql-lexer.ts";

type Read = { rows: [string, SqlRow][]; created: Record<string, readonly string[]>; creates: number; inserts: number };

/** Reads a dump in pieces of `size` bytes. */
function read(dump: string | Buffer, wants: (table: string) => boolean = () => true, size = 1_000_000): Read {
  const bytes = Buffer.from(dump);
  const rows: [string, SqlRow][] = [];
  const created: Record<string, readonly string[]> = {};
  const reader = sqlDumpReader({
    wants,
    row: (table, row) => rows.push([table, row]),
    created: (table, columns) => void (created[table] = columns),
  });
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  return { rows, created, ...reader.end() };
}

const CREATE =
  "CREATE TABLE `t` (\n  `a` int(10) unsigned NOT NULL,\n  `b` varchar(9) DEFAULT 'x,(\\'y',\n  PRIMARY KEY (`a`)\n);\n";

describe("rows of a MySQL dump", () => {
  it("reads one row and many, with the columns of the INSERT or of the table", () => {
    const dump = `${CREATE}INSERT INTO \`t\` VALUES (1,'one'),(2,'two');\nINSERT INTO \`t\` (\`b\`, \`a\`) VALUES\n('three', 3);\ninsert  into \`t\`(\`a\`) values \n(4),\n(5);\nREPLACE INTO t VALUES (6,'six')`;
    expect(read(`${dump};`).rows.map(([, row]) => row)).toEqual([
      { a: "1", b: "one" },
      { a: "2", b: "two" },
      { a: "3", b: "three" },
      { a: "4" },
      { a: "5" },
      { a: "6", b: "six" },
    ]);
  });

  it("undoes escapes and reads NULL, numbers, hex and what is worked out", () => {
    const value = (literal: string): string | null => read(`INSERT INTO t (v) VALUES (${literal});`).rows[0]![1]["v"]!;
    expect(value(String.raw`'it\'s \\ "q" \n\r\t\0\Z\%'`)).toBe(`it's \\ "q" \n\r\t\0\x1a%`);
    expect(value("'it''s'")).toBe("it's");
    expect(value(`"say ""hi"" \\""`)).toBe(`say "hi" "`);
    expect(value("'a;b) -- c /* d'")).toBe("a;b) -- c /* d");
    expect(value("'Grüße 👋'")).toBe("Grüße 👋");
    expect(value("''")).toBe("");
    expect(value("NULL")).toBeNull();
    expect(value("-12.5")).toBe("-12.5");
    expect(value("0x4869")).toBe("Hi");
    expect(value("X'4869'")).toBe("Hi");
    expect(value("_binary 'Hi'")).toBe("Hi");
    expect(value("_utf8mb4 0x4869")).toBe("Hi");
    expect(value("NOW()")).toBeNull();
    expect(value("CONCAT('a', f(1, 2), ')')")).toBeNull();
  });

  it("passes over comments, other statements, triggers and procedures", () => {
    const dump = `-- INSERT INTO t VALUES (0,'no');\n# it's a comment; INSERT INTO t VALUES (0,'no');\n/*!40101 SET NAMES utf8mb4 */;\n/* it's
over lines; INSERT INTO t VALUES (0,'no'); */
${CREATE}SET @x = 'INSERT INTO t VALUES (0)';
LOCK TABLES \`t\` WRITE;
DELIMITER ;;
CREATE PROCEDURE p() BEGIN INSERT INTO t VALUES (0,'no'); END ;;
DELIMITER ;
INSERT INTO t VALUES (1,'5--3');
UNLOCK TABLES;
--
`;
    expect(read(dump).rows).toEqual([["t", { a: "1", b: "5--3" }]]);
  });

  it("knows tables by their name alone, whatever database stands before it", () => {
    const dump =
      "INSERT INTO `os`.`t` (`a`) VALUES (1);INSERT INTO os.t (a) VALUES (2);INSERT IGNORE INTO `os`.t (a) VALUES (3);";
    expect(read(dump).rows).toEqual([
      ["t", { a: "1" }],
      ["t", { a: "2" }],
      ["t", { a: "3" }],
    ]);
  });

  it("names every table with its columns, and reads none that is not wanted", () => {
    const dump = `${CREATE}CREATE TABLE IF NOT EXISTS u (x int, UNIQUE KEY k (x), CONSTRAINT c FOREIGN KEY (x) REFERENCES t (a));INSERT INTO t VALUES (1,'a;\\'b');INSERT INTO u VALUES (7);`;
    const { rows, created, creates, inserts } = read(dump, (table) => table === "u");
    expect(created).toEqual({ t: ["a", "b"], u: ["x"] });
    expect({ rows, creates, inserts }).toEqual({ rows: [["u", { x: "7" }]], creates: 2, inserts: 2 });
  });

  it("reads the same rows however the bytes are cut", () => {
    const dump = `${CREATE}-- it's\n/* x */ INSERT INTO other VALUES (1,'\\'--;/*','--'),(2,"\\\\",'#');\nINSERT INTO t VALUES (1,'ü\\\\'),(2,'''\\''),(3,NULL),(4,0x41);\n`;
    const whole = read(dump, (table) => table === "t");
    expect(whole.rows).toHaveLength(4);
    for (let size = 1; size < 40; size++) expect(read(dump, (table) => table === "t", size)).toEqual(whole);
  });

  it("gives back any text that MySQL would have escaped", () => {
    const escape = (text: string): string => text.replace(/[\\']/g, "\\$&").replace(/\n/g, "\\n").replace(/\0/g, "\\0");
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "binary", maxLength: 30 }), { minLength: 1, maxLength: 5 }),
        fc.nat(50),
        (texts, cut) => {
          const clean = texts.map((text) => text.toWellFormed());
          const dump = `INSERT INTO skip VALUES (${clean.map((text) => `'${escape(text)}'`).join(",")});INSERT INTO t (v) VALUES ${clean
            .map((text) => `('${escape(text)}')`)
            .join(",")};`;
          const { rows } = read(dump, (table) => table === "t", cut + 1);
          expect(rows.map(([, row]) => row["v"])).toEqual(clean);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("a dump that is not whole, or none", () => {
  const problem = (dump: string | Buffer): string => {
    try {
      read(dump);
    } catch (error) {
      if (error instanceof SqlDumpProblem) return `${error.line}: ${error.message}`;
      throw error;
    }
    return "none";
  };

  it("says where it breaks off", () => {
    expect(problem(`${CREATE}INSERT INTO t VALUES (1,'on`)).toMatch(/^6: the dump ends in the middle of a text/);
    expect(problem(`${CREATE}INSERT INTO t VALUES (1,'one'),(2,`)).toMatch(
      /the dump ends in the middle of a statement/,
    );
    expect(problem(`${CREATE}INSERT INTO t VALUES (1,;`)).toMatch(/^6: an INSERT breaks off here/);
    expect(problem(`${CREATE}INSERT INTO u`)).toMatch(/middle of a statement/);
  });

  it("wants columns, and as many values as columns", () => {
    expect(problem("\n\nINSERT INTO t VALUES (1);")).toMatch(
      /^3: the dump does not say which columns t has.*--complete-insert/,
    );
    expect(problem(`${CREATE}INSERT INTO t VALUES (1,'a','b');`)).toMatch(/^6: a row of t has 3 values for 2 columns/);
    expect(problem("INSERT INTO t SELECT * FROM u;")).toMatch(/no VALUES/);
  });

  it("refuses texts in another encoding by their line", () => {
    const latin = Buffer.concat([
      Buffer.from("INSERT INTO t (v) VALUES\n('Gr"),
      Buffer.from([0xfc]),
      Buffer.from("n');"),
    ]);
    expect(problem(latin)).toMatch(/^2: a text of t is not UTF-8.*--default-character-set=utf8mb4/);
  });

  it("reads text that is no dump as nothing", () => {
    expect(read("Dear all, it's not a dump; honestly.")).toMatchObject({ rows: [], creates: 0, inserts: 0 });
    expect(read("")).toMatchObject({ rows: [], creates: 0, inserts: 0 });
  });

  it("keeps no value that is longer than a setting can be, and walks over any that nobody wants", () => {
    const long = `'${"x".repeat(3_000_000)}'`;
    expect(problem(`INSERT INTO t (v) VALUES (${long});`)).toMatch(/longer than 1000000 bytes/);
    const { rows } = read(
      `INSERT INTO blobs VALUES (${long},0x${"41".repeat(2_000_000)});INSERT INTO t (v) VALUES (1);`,
      (t) => t === "t",
      65_536,
    );
    expect(rows).toEqual([["t", { v: "1" }]]);
  });

  it("walks over 64 MB of tickets in little time and memory", () => {
    const row = `(1,'${"It\\'s a long mail; with -- dashes and /* stars. ".repeat(40)}'),`;
    const chunk = Buffer.from(row.repeat(500));
    const seen: SqlRow[] = [];
    const reader = sqlDumpReader({ wants: (table) => table === "t", row: (_table, one) => seen.push(one) });
    reader.write(Buffer.from("INSERT INTO `ticket` VALUES "));
    const before = process.memoryUsage().rss;
    const started = performance.now();
    for (let bytes = 0; bytes < 64_000_000; bytes += chunk.length) reader.write(chunk);
    const [ms, grown] = [performance.now() - started, process.memoryUsage().rss - before];
    reader.write(Buffer.from("(2,'');INSERT INTO t (v) VALUES (1);"));
    reader.end();
    expect(seen).toEqual([{ v: "1" }]);
    expect(ms).toBeLessThan(10_000);
    expect(grown).toBeLessThan(100_000_000);
  });
});

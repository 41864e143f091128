/**
 * The rows that a MySQL or MariaDB dump inserts, statement by statement: mysqldump (one row or many in an INSERT, with
 * column names or without), phpMyAdmin, SQLyog. Only the tables that are asked for are read; everything else is walked
 * over. Pure: bytes come in by `write`, rows go out by `row`.
 */
import { MAX_VALUE_BYTES, SqlDumpProblem, sqlLexer, type SqlToken } from "./sql-lexer.ts";

/** A row by column. NULL and what only a server could work out (`NOW()`) are null; numbers stay text. */
export type SqlRow = Readonly<Record<string, string | null>>;

export type SqlDumpWishes = {
  /** Whether the rows of a table are wanted. Names come without quotes and without a database before them. */
  readonly wants: (table: string) => boolean;
  readonly row: (table: string, row: SqlRow, line: number) => void;
  /** Every table that the dump creates, also those that are not wanted; columns in their order. */
  readonly created?: (table: string, columns: readonly string[], line: number) => void;
};

export type SqlDumpReader = {
  readonly write: (chunk: Buffer) => void;
  /** Throws SqlDumpProblem, as `write` does, when the dump breaks off. */
  readonly end: () => SqlDumpSummary;
};

/** How many statements of which kind there were: a file without any is no dump. */
export type SqlDumpSummary = { readonly creates: number; readonly inserts: number };

/** No table of MySQL has more columns. */
const MAX_COLUMNS = 4_096;

type Reading = {
  readonly wishes: SqlDumpWishes;
  readonly columns: Map<string, readonly string[]>;
  /** What the next token means; undefined = the statement is of no interest. */
  step: Step | undefined;
  creates: number;
  inserts: number;
  /** Between two DELIMITER lines stands the body of a procedure: its statements are not the dump's. */
  inBody: boolean;
};
type Step = (token: SqlToken, line: number, reading: Reading) => Step | undefined;

/** A reader of one dump. */
export function sqlDumpReader(wishes: SqlDumpWishes): SqlDumpReader {
  const reading: Reading = { wishes, columns: new Map(), step: begin, creates: 0, inserts: 0, inBody: false };
  const lexer = sqlLexer({
    wants: () => reading.step !== undefined,
    token: (token, line) => {
      if (isSign(token, ";")) {
        if (reading.step !== undefined && reading.step !== begin && !mayEnd.has(reading.step)) broken(line);
        reading.step = begin;
      } else reading.step = reading.step?.(token, line, reading);
    },
  });
  return {
    write: lexer.write,
    end: () => {
      const { creates, inserts } = reading;
      // Where nothing was a statement there is no dump that could be whole.
      if (creates + inserts > 0) lexer.end();
      if (creates + inserts > 0 && reading.step !== begin)
        throw new SqlDumpProblem(0, "the dump ends in the middle of a statement. It is not whole: make it again.");
      return { creates, inserts };
    },
  };
}

function broken(line: number): never {
  throw new SqlDumpProblem(line, "an INSERT breaks off here. Make the dump again.");
}

const isSign = (token: SqlToken, sign: string): boolean =>
  token.kind === "sign" && token.bytes[0] === sign.charCodeAt(0);
const wordOf = (token: SqlToken): string =>
  token.kind === "word" && token.bytes.length <= 64 ? token.bytes.toString("latin1").toUpperCase() : "";
/** A table or column: quoted either way, or bare. `db.table` bare is one word. */
const nameOf = (token: SqlToken): string =>
  token.kind === "sign" ? "" : token.bytes.toString("utf8").slice(0, 256).replace(/^.*\./, "");

function begin(token: SqlToken, _line: number, reading: Reading): Step | undefined {
  const word = wordOf(token);
  if (word === "DELIMITER") reading.inBody = !reading.inBody;
  if (reading.inBody) return undefined;
  if (word === "INSERT" || word === "REPLACE") return insertInto;
  return word === "CREATE" ? createTable : undefined;
}

const INSERT_WORDS = ["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO"];

function insertInto(token: SqlToken, _line: number, reading: Reading): Step | undefined {
  if (INSERT_WORDS.includes(wordOf(token))) return insertInto;
  return named(nameOf(token), (table) => {
    reading.inserts++;
    return reading.wishes.wants(table) ? insertHead(table) : undefined;
  });
}

/** After a name: `.name` may follow, when the first was the database. */
function named(first: string, go: (table: string) => Step | undefined): Step | undefined {
  let name = first;
  let dotted = false;
  const step: Step = (token, line, reading) => {
    if (token.kind === "word" && token.bytes[0] === 0x2e) {
      // `db`.table is a name and the word ".table", `db`.`table` a name, ".", and a name.
      if (token.bytes.length > 1) name = nameOf(token);
      else dotted = true;
    } else if (dotted) [name, dotted] = [nameOf(token), false];
    else return go(name)?.(token, line, reading);
    return step;
  };
  return name === "" ? undefined : step;
}

/** Column names in parentheses, or VALUES. */
function insertHead(table: string): Step {
  return (token, line, reading) => {
    if (isSign(token, "(")) return columnNames(table, []);
    const word = wordOf(token);
    if (word !== "VALUES" && word !== "VALUE")
      throw new SqlDumpProblem(line, `the INSERT into ${table} has no VALUES. Make the dump with mysqldump.`);
    const columns = reading.columns.get(table);
    if (columns === undefined)
      throw new SqlDumpProblem(
        line,
        `the dump does not say which columns ${table} has. Make it with --complete-insert, or without --no-create-info.`,
      );
    return betweenRows(table, columns);
  };
}

function columnNames(table: string, columns: string[]): Step {
  const step: Step = (token) => {
    if (isSign(token, ")")) return insertValues(table, columns);
    if (!isSign(token, ",") && columns.length < MAX_COLUMNS) columns.push(nameOf(token));
    return step;
  };
  return step;
}

function insertValues(table: string, columns: readonly string[]): Step {
  return (token, line) => {
    if (wordOf(token) === "VALUES" || wordOf(token) === "VALUE") return betweenRows(table, columns);
    throw new SqlDumpProblem(line, `the INSERT into ${table} has no VALUES. Make the dump with mysqldump.`);
  };
}

/** Where an INSERT may end: between two rows. */
const mayEnd = new WeakSet<Step>();

function betweenRows(table: string, columns: readonly string[]): Step {
  const step: Step = (token) => {
    // ON DUPLICATE KEY UPDATE, or an alias: the rows are over.
    if (isSign(token, "(")) return row(table, columns, step);
    return isSign(token, ",") ? step : undefined;
  };
  mayEnd.add(step);
  return step;
}

function row(table: string, columns: readonly string[], after: Step): Step {
  const values: (string | null)[] = [];
  let value: SqlToken[] = [];
  let depth = 0;
  const step: Step = (token, line, reading) => {
    const closes = isSign(token, ")") && depth === 0;
    if (closes || (isSign(token, ",") && depth === 0)) {
      if (values.length < MAX_COLUMNS) values.push(valueOf(value, table, line));
      value = [];
    } else {
      if (isSign(token, "(")) depth++;
      if (isSign(token, ")")) depth--;
      if (value.length < 4) value.push({ kind: token.kind, bytes: token.bytes });
    }
    if (!closes) return step;
    if (values.length !== columns.length)
      throw new SqlDumpProblem(
        line,
        `a row of ${table} has ${values.length} values for ${columns.length} columns. Make the dump again.`,
      );
    reading.wishes.row(table, Object.fromEntries(columns.map((column, n) => [column, values[n]!])), line);
    return after;
  };
  return step;
}

/** One value: a text, a number, NULL, `0x…`, `x'…'`, `_binary '…'`. Anything that is worked out is null. */
function valueOf(tokens: readonly SqlToken[], table: string, line: number): string | null {
  const [first, second] = tokens;
  if (first === undefined) return null;
  if (first.bytes.length > MAX_VALUE_BYTES)
    throw new SqlDumpProblem(line, `a value of ${table} is longer than ${MAX_VALUE_BYTES} bytes, which no setting is.`);
  if (tokens.length === 1 && first.kind === "text") return utf8(first.bytes, table, line);
  if (tokens.length === 1) return bareValue(first.bytes.toString("latin1"));
  if (tokens.length > 2 || second === undefined) return null;
  const prefix = wordOf(first);
  if (isSign(first, "-") && second.kind === "word") return `-${second.bytes.toString("latin1")}`;
  if (prefix === "X" && second.kind === "text") return fromHex(second.bytes.toString("latin1"));
  if (!prefix.startsWith("_")) return null;
  return second.kind === "text" ? second.bytes.toString("utf8") : bareValue(second.bytes.toString("latin1"));
}

function bareValue(word: string): string | null {
  if (/^0x[0-9a-f]*$/i.test(word)) return fromHex(word.slice(2));
  return /^[\d.]/.test(word) ? word : null;
}

const fromHex = (digits: string): string => Buffer.from(digits, "hex").toString("utf8");

function utf8(bytes: Buffer, table: string, line: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SqlDumpProblem(
      line,
      `a text of ${table} is not UTF-8. Make the dump again with --default-character-set=utf8mb4.`,
    );
  }
}

/** CREATE [TEMPORARY] TABLE [IF NOT EXISTS] name ( … */
function createTable(token: SqlToken): Step | undefined {
  const word = wordOf(token);
  if (word === "TEMPORARY") return createTable;
  return word === "TABLE" ? tableName : undefined;
}

function tableName(token: SqlToken, line: number): Step | undefined {
  if (["IF", "NOT", "EXISTS"].includes(wordOf(token))) return tableName;
  return named(nameOf(token), (table) => (next) => (isSign(next, "(") ? definitions(table, line) : undefined));
}

const NO_COLUMN = ["PRIMARY", "KEY", "UNIQUE", "INDEX", "CONSTRAINT", "FULLTEXT", "SPATIAL", "FOREIGN", "CHECK"];

/** The first word of each definition is a column, unless it begins a key. */
function definitions(table: string, line: number): Step {
  const columns: string[] = [];
  let depth = 0;
  let first = true;
  const step: Step = (token, _line, reading) => {
    if (isSign(token, ")") && depth === 0) {
      reading.creates++;
      reading.columns.set(table, columns);
      reading.wishes.created?.(table, columns, line);
      return undefined;
    }
    if (isSign(token, "(")) depth++;
    else if (isSign(token, ")")) depth--;
    else if (isSign(token, ",") && depth === 0) first = true;
    else if (first) {
      first = false;
      if (!NO_COLUMN.includes(wordOf(token)) && columns.length < MAX_COLUMNS) columns.push(nameOf(token));
    }
    return step;
  };
  return step;
}

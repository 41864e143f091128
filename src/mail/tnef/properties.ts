/**
 * The inner layer: MAPI properties (MS-OXTNEF section 2.1.3.4, types in MS-OXCDATA section 2.11.1). Every property has
 * to be walked over, since lengths are only found on the way; those that are asked for are kept as views of the bytes.
 * A type that nobody knows ends the list, because where the next property begins cannot be told.
 */
import { complain, type Budget } from "./limits.ts";

/** Property types; the flag for several values is taken off. */
export const TYPE = {
  int16: 0x0002,
  int32: 0x0003,
  boolean: 0x000b,
  object: 0x000d,
  int64: 0x0014,
  string8: 0x001e,
  unicode: 0x001f,
  time: 0x0040,
  guid: 0x0048,
  binary: 0x0102,
} as const;
const MANY = 0x1000;

/** Bytes of a value of fixed size, filled up to a multiple of four. Null and unspecified are written as four. */
const FIXED: Readonly<Record<number, number>> = {
  0x0000: 4,
  0x0001: 4,
  [TYPE.int16]: 4,
  [TYPE.int32]: 4,
  0x0004: 4, // float
  0x0005: 8, // double
  0x0006: 8, // currency
  0x0007: 8, // application time
  0x000a: 4, // error
  [TYPE.boolean]: 4,
  [TYPE.int64]: 8,
  [TYPE.time]: 8,
  [TYPE.guid]: 16,
};
const VARIABLE: ReadonlySet<number> = new Set([TYPE.object, TYPE.string8, TYPE.unicode, TYPE.binary]);

/** A property's first value; no property that is asked for here has several. */
export type Property = { readonly type: number; readonly value: Buffer };
export type Properties = ReadonlyMap<number, Property>;

type Cursor = { readonly bytes: Buffer; at: number; readonly budget: Budget };

/** Reads a list: its number of properties, then they. */
export function readProperties(bytes: Buffer, budget: Budget): Properties {
  return readList({ bytes, at: 0, budget }) ?? new Map();
}

/** Reads the rows of a recipient table (MS-OXTNEF section 2.1.3.5.1): their number, then a list each. */
export function readRows(bytes: Buffer, budget: Budget, most: number): Properties[] {
  const cursor = { bytes, at: 0, budget };
  const rows: Properties[] = [];
  const count = Math.min(uint32(cursor) ?? 0, most);
  while (rows.length < count) {
    const before = cursor.at;
    const row = readList(cursor);
    if (!row || cursor.at <= before) break;
    rows.push(row);
  }
  return rows;
}

/** Undefined when nothing is left to read. */
function readList(cursor: Cursor): Map<number, Property> | undefined {
  const properties = new Map<number, Property>();
  const count = uint32(cursor);
  if (count === undefined) return undefined;
  for (let i = 0; i < count; i++) {
    if (cursor.budget.properties-- <= 0) {
      stop(cursor, "too many properties, the rest is not read");
      break;
    }
    const id = uint32(cursor);
    if (id === undefined) {
      stop(cursor, "a property list ends early");
      break;
    }
    const tag = id >>> 16;
    const property = skipName(cursor, tag) ? readValues(cursor, id & 0xffff) : undefined;
    if (!property) break;
    // Named properties have numbers that mean something in their own stream only.
    if (tag < 0x8000 && !properties.has(tag)) properties.set(tag, property);
  }
  return properties;
}

/** A named property (tag from 0x8000): a set's GUID, then a number, or a name in UTF-16. The name says nothing to us. */
function skipName(cursor: Cursor, tag: number): boolean {
  if (tag < 0x8000) return true;
  cursor.at += 16;
  const kind = uint32(cursor);
  const numberOrLength = uint32(cursor);
  if (kind === undefined || numberOrLength === undefined) return stop(cursor, "a property list ends early") ?? false;
  if (kind === 1) cursor.at += padded(numberOrLength);
  return true;
}

/** All values of a property; the first is returned. Undefined when the list cannot be read on. */
function readValues(cursor: Cursor, fullType: number): Property | undefined {
  const type = fullType & ~MANY;
  const size = FIXED[type];
  const variable = VARIABLE.has(type);
  if (size === undefined && !variable) return stop(cursor, `unknown property type 0x${fullType.toString(16)}`);
  const count = variable || fullType !== type ? uint32(cursor) : 1;
  if (count === undefined) return stop(cursor, "a property list ends early");
  let first: Buffer | undefined;
  for (let i = 0; i < count; i++) {
    if (cursor.budget.properties-- <= 0) return stop(cursor, "too many properties, the rest is not read");
    const length = variable ? uint32(cursor) : size;
    if (length === undefined) return stop(cursor, "a property list ends early");
    first ??= cursor.bytes.subarray(cursor.at, cursor.at + length);
    cursor.at += padded(length);
    if (cursor.at - 3 > cursor.bytes.length) complain(cursor.budget, "a property is cut off");
    if (cursor.at >= cursor.bytes.length) break;
  }
  return { type, value: first ?? Buffer.alloc(0) };
}

function stop(cursor: Cursor, why: string): undefined {
  complain(cursor.budget, why);
  cursor.at = cursor.bytes.length;
  return undefined;
}

function uint32(cursor: Cursor): number | undefined {
  if (cursor.at + 4 > cursor.bytes.length) return undefined;
  const value = cursor.bytes.readUInt32LE(cursor.at);
  cursor.at += 4;
  return value;
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

/** Half-right winmail.dat files ([MS-OXTNEF] section 2.1.3): signature, attributes, MAPI properties, sizes that lie. */
import type { Random } from "./random.ts";

const u16 = (value: number): string => String.fromCharCode(value & 255, (value >> 8) & 255);
const u32 = (value: number): string => u16(value & 0xffff) + u16(value >>> 16);

/** Tag and type of attributes that a reader looks at: version, codepage, subject, body, properties, attachments. */
const ATTRIBUTES = [
  0x00089006, 0x00069007, 0x00018004, 0x0002800c, 0x00069003, 0x00069005, 0x00069002, 0x0006800f, 0x00018010,
  0x00078008, 0x00000000,
];
const LENGTHS = [0, 1, 2, 4, 0x7fffffff, 0xffffffff, 0xfffffffc, 0x10000];
/** Id and type of MAPI properties: compressed RTF, HTML, body, long filename, data, embedded object, named ones. */
const PROPERTIES = [
  0x10090102, 0x10130102, 0x1000001f, 0x3707001f, 0x37010102, 0x3701000d, 0x8000001f, 0x10001003, 0x0040,
];

const blob = (random: Random, most: number): string => random.many(most, () => String.fromCharCode(random.int(0, 255)));
const length = (random: Random, real: number): number => (random.chance(0.7) ? real : random.one(LENGTHS));

/** [MS-OXRTFCP] section 2.1.3: a header whose sizes promise anything, and references into a dictionary. */
function compressedRtf(random: Random): string {
  const body = blob(random, 40);
  const kind = random.one(["LZFu", "MELA", "XXXX"]);
  return u32(length(random, body.length + 12)) + u32(length(random, 200)) + kind + u32(0) + body;
}

function properties(random: Random): string {
  const property = (): string => {
    const content = random.chance(0.3) ? compressedRtf(random) : blob(random, 24);
    const counted = random.chance(0.7) ? u32(length(random, 1)) : "";
    return (
      u32(random.one(PROPERTIES)) +
      counted +
      u32(length(random, content.length)) +
      content +
      "\0".repeat(-content.length & 3)
    );
  };
  return u32(length(random, 3)) + random.many(6, property);
}

function attribute(random: Random): string {
  const tag = random.one(ATTRIBUTES);
  const content = tag >>> 16 === 6 ? properties(random) : blob(random, 30);
  const sum = [...content].reduce((total, char) => total + char.charCodeAt(0), 0);
  return (
    String.fromCharCode(random.int(1, 2)) +
    u32(tag) +
    u32(length(random, content.length)) +
    content +
    u16(random.chance(0.8) ? sum : 0)
  );
}

/** One file, as latin1. */
export function tnef(random: Random): string {
  const signature = random.chance(0.95) ? 0x223e9f78 : 0;
  return u32(signature) + u16(random.int(0, 9)) + random.many(10, () => attribute(random));
}

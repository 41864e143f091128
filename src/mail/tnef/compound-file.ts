/**
 * The streams of a compound file (MS-CFB), the file system in a file that OLE objects are kept in. Only what is needed
 * to find a picture or a packed file: names and bytes of streams, wherever in the tree they lie. Broken chains end.
 */

const SIGNATURE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const HEADER = 512;
const ENTRY = 128;
/** An object of an office program has some dozens of streams. */
const MAX_ENTRIES = 2000;
/** Sector numbers from here on are marks, not places (MS-CFB section 2.1). */
const MAX_SECTOR = 0xfffffffa;

type Layout = {
  readonly bytes: Buffer;
  readonly shift: number;
  readonly fat: (sector: number) => number;
};

/** @returns the first stream of each name; undefined when the bytes are no compound file */
export function readStreams(bytes: Buffer): ReadonlyMap<string, Buffer> | undefined {
  if (bytes.length < HEADER || bytes.compare(SIGNATURE, 0, 8, 0, 8) !== 0) return undefined;
  const shift = bytes.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return undefined;
  const layout: Layout = { bytes, shift, fat: fatOf(bytes, shift) };
  const directory = chain(layout, bytes.readUInt32LE(48), MAX_ENTRIES * ENTRY);
  const miniFat = chain(layout, bytes.readUInt32LE(60), bytes.length);
  const cutoff = bytes.readUInt32LE(56);
  // The root's own stream holds all the small ones.
  const mini = directory.length < ENTRY ? Buffer.alloc(0) : chain(layout, directory.readUInt32LE(116), bytes.length);
  const streams = new Map<string, Buffer>();
  let left = bytes.length;
  for (let at = 0; at + ENTRY <= directory.length; at += ENTRY) {
    const entry = directory.subarray(at, at + ENTRY);
    const name = entry.toString("utf16le", 0, Math.min(64, Math.max(0, entry.readUInt16LE(64) - 2)));
    // Two streams at one place would be a bomb: together they are no larger than the file.
    const size = Math.min(entry.readUInt32LE(120), left);
    if (entry[66] !== STREAM || streams.has(name)) continue;
    const first = entry.readUInt32LE(116);
    const stream = size < cutoff ? miniChain(mini, miniFat, first, size) : chain(layout, first, size);
    left -= stream.length;
    streams.set(name, stream);
  }
  return streams;
}

const STREAM = 2;

/** The sector behind a sector. The first 109 sectors of the table stand in the header, more in a chain (MS-CFB section 2.5). */
function fatOf(bytes: Buffer, shift: number): (sector: number) => number {
  const perSector = (1 << shift) / 4;
  const sectors: number[] = [];
  for (let at = 76; at < HEADER; at += 4) sectors.push(bytes.readUInt32LE(at));
  let next = bytes.readUInt32LE(68);
  for (let i = 0; next < MAX_SECTOR && i <= bytes.length >> shift; i++) {
    const start = (next + 1) * 2 ** shift;
    if (start + (1 << shift) > bytes.length) break;
    for (let k = 0; k < perSector - 1; k++) sectors.push(bytes.readUInt32LE(start + k * 4));
    next = bytes.readUInt32LE(start + (1 << shift) - 4);
  }
  return (sector) => {
    const table = sectors[Math.floor(sector / perSector)];
    const at = table === undefined ? -1 : (table + 1) * 2 ** shift + (sector % perSector) * 4;
    return at < 0 || at + 4 > bytes.length ? MAX_SECTOR : bytes.readUInt32LE(at);
  };
}

function chain({ bytes, shift, fat }: Layout, first: number, size: number): Buffer {
  const pieces: Buffer[] = [];
  let sector = first;
  let length = 0;
  // A chain that runs in a circle is cut where it would be longer than the file.
  while (sector < MAX_SECTOR && length < size && length <= bytes.length) {
    const start = (sector + 1) * 2 ** shift;
    if (start >= bytes.length) break;
    const piece = bytes.subarray(start, start + (1 << shift));
    pieces.push(piece);
    length += piece.length;
    sector = fat(sector);
  }
  return Buffer.concat(pieces, Math.min(length, size));
}

/** Small streams lie in sectors of 64 bytes of their own. */
function miniChain(mini: Buffer, miniFat: Buffer, first: number, size: number): Buffer {
  const pieces: Buffer[] = [];
  let sector = first;
  for (let length = 0; length < size && sector * 64 < mini.length; length += 64) {
    pieces.push(mini.subarray(sector * 64, sector * 64 + 64));
    sector = sector * 4 + 4 <= miniFat.length ? miniFat.readUInt32LE(sector * 4) : MAX_SECTOR;
  }
  return Buffer.concat(pieces).subarray(0, size);
}

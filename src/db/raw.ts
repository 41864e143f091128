/** Stored messages: bytes by their hash, compressed. The only code that knows the codec. */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import type { Db } from "./connect.ts";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** Below this size compression saves nothing worth its header. */
const SMALL = 256;

export const sha256 = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");

export type PackedRaw = {
  readonly sha256: string;
  readonly codec: "zstd" | "none";
  readonly size: number;
  readonly bytes: Buffer;
};

/** Compresses outside of any transaction, so that a large message holds no lock. */
export async function packRaw(source: Buffer): Promise<PackedRaw> {
  const hash = sha256(source);
  if (source.length < SMALL) return { sha256: hash, codec: "none", size: source.length, bytes: source };
  const packed = await compress(source);
  const smaller = packed.length < source.length;
  return { sha256: hash, codec: smaller ? "zstd" : "none", size: source.length, bytes: smaller ? packed : source };
}

/** Stores bytes once per hash. */
export async function putRaw(db: Db, raw: PackedRaw, now: number): Promise<void> {
  await db("raw")
    .insert({ ...raw, stored_at: now })
    .onConflict("sha256")
    .ignore();
}

/** The stored bytes; rejects when the hash is unknown or the bytes no longer match it. */
export async function getRaw(db: Db, hash: string): Promise<Buffer> {
  const row = await db("raw").where({ sha256: hash }).first("codec", "bytes");
  if (!row) throw new Error(`No stored message ${hash}.`);
  const bytes: Buffer = row.codec === "zstd" ? await decompress(row.bytes) : Buffer.from(row.bytes);
  if (sha256(bytes) !== hash) throw new Error(`The stored message ${hash} is damaged: its bytes have another hash.`);
  return bytes;
}

/** S/MIME: what is inside of a CMS structure, in every encoding that signers write; and what is a file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openSmime, readCms } from "../../src/mail/mime/smime.ts";

const LIMIT = 1_000_000;
const ENTITY = Buffer.from("Content-Type: text/plain\r\n\r\nThe door does not open.\r\n");

/** The CMS structure of a golden mail, made with openssl: the first base64 block that begins like one. */
function golden(name: string): Buffer {
  const mail = readFileSync(join(import.meta.dirname, "signed", `${name}.eml`), "latin1");
  return Buffer.from(/\n\n(MI[A-Za-z0-9+/=\n]+)/.exec(mail)?.[1] ?? "", "base64");
}

type Shape = "definite" | "indefinite";

function der(tag: number, shape: Shape, ...parts: (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "hex") : part)));
  if (shape === "indefinite") return Buffer.concat([Buffer.from([tag, 0x80]), content, Buffer.from([0, 0])]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(content.length);
  return Buffer.concat([Buffer.from([tag]), content.length < 128 ? size.subarray(3) : Buffer.concat([Buffer.from([0x84]), size]), content]);
}

const SIGNED = "06092a864886f70d010702";
const DATA = "06092a864886f70d010701";
const COMPRESSED = "060b2a864886f70d0109100109";

/** OCTET STRING, whole or in pieces of so many bytes. */
function octetString(content: Buffer, shape: Shape, piece: number): Buffer {
  if (shape === "definite") return der(0x04, shape, content);
  const pieces = Array.from({ length: Math.ceil(content.length / piece) }, (_, i) => der(0x04, "definite", content.subarray(i * piece, (i + 1) * piece)));
  return der(0x24, shape, ...pieces);
}

function cms(type: string, content: Buffer, shape: Shape, piece = 7): Buffer {
  const held = der(0x30, shape, DATA, der(0xa0, shape, octetString(content, shape, piece)));
  const algorithms = type === SIGNED ? der(0x31, shape, der(0x30, shape, "0609608648016503040201")) : der(0x30, shape, "060b2a864886f70d0109100308");
  const certificates = type === SIGNED ? der(0xa0, shape, der(0x30, shape, "020101")) : "";
  return der(0x30, shape, type, der(0xa0, shape, der(0x30, shape, "020101", algorithms, held, certificates)));
}

describe("a CMS structure", () => {
  test("signed: any content comes out of definite and indefinite lengths", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.constantFrom<Shape>("definite", "indefinite"), fc.integer({ min: 1, max: 200 }), (bytes, shape, piece) => {
        const content = Buffer.from(bytes);
        expect(readCms(cms(SIGNED, content, shape, piece), LIMIT)).toEqual({ kind: "signed", content, cut: false });
      }),
    );
  });

  test("compressed: comes out, up to the limit", () => {
    const content = Buffer.alloc(100_000, "pump ");
    expect(readCms(cms(COMPRESSED, deflateSync(content), "definite"), LIMIT)).toEqual({ kind: "compressed", content, cut: false });
    expect(readCms(cms(COMPRESSED, deflateSync(content), "definite"), 99_999)).toEqual({ kind: "compressed", content: Buffer.alloc(0), cut: true });
    expect(readCms(cms(COMPRESSED, content, "definite"), LIMIT)).toMatchObject({ cut: true });
  });

  test("of openssl: signed in DER and streamed, encrypted, a signature alone", () => {
    expect(readCms(golden("smime-opaque-signature-around-text-and-a-file"), LIMIT)).toMatchObject({ kind: "signed", cut: false });
    expect(golden("smime-opaque-signature-behind-a-gateway")[1]).toBe(0x80);
    expect(readCms(golden("smime-opaque-signature-behind-a-gateway"), LIMIT)).toMatchObject({ kind: "signed", cut: false });
    expect(readCms(golden("smime-encrypted-message"), LIMIT)).toEqual({ kind: "encrypted" });
    expect(readCms(golden("smime-signature-beside-the-text"), LIMIT)).toEqual({ kind: "detached" });
  });

  test("in base64 where a gateway forgot to say so", () => {
    const text = cms(SIGNED, ENTITY, "definite").toString("base64").replace(/.{64}/g, "$&\r\n");
    for (const armoured of [text, `-----BEGIN PKCS7-----\n${text}\n-----END PKCS7-----\n`]) {
      expect(readCms(Buffer.from(armoured), LIMIT)).toMatchObject({ kind: "signed", content: ENTITY });
    }
  });

  test("cut on its way still gives what came", () => {
    const whole = cms(SIGNED, ENTITY, "definite");
    const cut = whole.subarray(0, whole.indexOf("door") + 4);
    expect(readCms(cut, LIMIT)).toEqual({ kind: "signed", content: ENTITY.subarray(0, ENTITY.indexOf("door") + 4), cut: true });
    const pieces = cms(SIGNED, ENTITY, "indefinite");
    expect(readCms(pieces.subarray(0, pieces.length - 40), LIMIT)).toMatchObject({ kind: "signed", cut: true });
  });

  test("of another content than data is none that we read", () => {
    const time = cms(SIGNED, ENTITY, "definite").toString("hex").replace(DATA, "06092a864886f70d01070a");
    expect(readCms(Buffer.from(time, "hex"), LIMIT)).toBeUndefined();
  });
});

describe("an S/MIME part", () => {
  const content = cms(SIGNED, ENTITY, "definite");
  const type = "application/pkcs7-mime";

  test.each([
    [type, "smime.p7m"],
    [type, undefined],
    [type, "message.p7m"],
    ["application/x-pkcs7-mime", "smime.p7m"],
    ["application/octet-stream", "SMIME.P7M"],
  ])("%s %s is opened", (contentType, filename) => {
    expect(openSmime({ contentType, filename, content }, LIMIT)).toEqual({ protection: "smime-signed", entity: ENTITY, defects: [] });
  });

  test.each([
    [type, "invoice.xml.p7m"],
    ["application/octet-stream", "contract.pdf.p7m"],
    ["application/octet-stream", "offer.p7m"],
    ["application/octet-stream", undefined],
    ["application/pkcs7-signature", "smime.p7s"],
    ["text/plain", "smime.p7m"],
  ])("%s %s is a file", (contentType, filename) => {
    expect(openSmime({ contentType, filename, content }, LIMIT)).toBeUndefined();
  });

  test("a signed document under another name is a file, under the message's name its words are shown", () => {
    const words = cms(SIGNED, Buffer.from("Just words, Größe 4.\n"), "definite");
    expect(openSmime({ contentType: type, filename: "note.p7m", content: words }, LIMIT)).toBeUndefined();
    const opened = openSmime({ contentType: type, filename: "smime.p7m", content: words }, LIMIT);
    expect(opened?.entity?.toString()).toBe("Content-Type: text/plain; charset=utf-8\r\n\r\nJust words, Größe 4.\n");
    const binary = cms(SIGNED, Buffer.from([0xff, 0xd8, 0xff, 0]), "definite");
    expect(openSmime({ contentType: type, filename: "smime.p7m", content: binary }, LIMIT)).toBeUndefined();
  });

  test("an encrypted one stays a file and is marked", () => {
    const encrypted = golden("smime-encrypted-message");
    expect(openSmime({ contentType: type, content: encrypted }, LIMIT)).toEqual({ protection: "smime-encrypted", defects: [] });
  });

  test("certificates alone are a file, garbage is one with a defect", () => {
    expect(openSmime({ contentType: type, filename: "smime.p7c", content: golden("smime-signature-beside-the-text") }, LIMIT)).toEqual({ defects: [] });
    expect(openSmime({ contentType: type, content: Buffer.from("garbage") }, LIMIT)).toMatchObject({ defects: [expect.stringContaining("could not be read")] });
  });

  test("is not opened beyond the limit", () => {
    expect(openSmime({ contentType: type, content }, 10)?.entity).toBeUndefined();
  });
});

describe("hostile structures", () => {
  test("bytes of any kind, and valid ones with a few bytes changed, never throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readCms(Buffer.from(bytes), LIMIT)), { numRuns: 1000 });
    const change = fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.constantFrom<Shape>("definite", "indefinite"), fc.constantFrom(SIGNED, COMPRESSED), fc.array(change, { maxLength: 4 }), fc.nat({ max: 250 }), (shape, type, changes, length) => {
        const bytes = cms(type, ENTITY, shape);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        readCms(bytes.subarray(0, length), LIMIT);
        expect(readCms(bytes, LIMIT)?.kind ?? "none").toMatch(/^(?:signed|compressed|detached|encrypted|none)$/);
      }),
      { numRuns: 3000 },
    );
  });

  const size = 20_000_000;
  const start = Buffer.from(`3080${SIGNED}a0803080020101`, "hex");
  const many = (piece: string): Buffer => Buffer.concat([start, Buffer.alloc(size, Buffer.from(piece, "hex"))]);
  test.each([
    ["nested sets", many("3180")],
    ["closed sets", many("31800000")],
    ["empty pieces", Buffer.concat([start, Buffer.from(`31003080${DATA}a0802480`, "hex"), Buffer.alloc(size, Buffer.from("0400", "hex"))])],
    ["nested pieces", Buffer.concat([start, Buffer.from(`31003080${DATA}a080`, "hex"), Buffer.alloc(size, Buffer.from("2480", "hex"))])],
    ["tags", Buffer.alloc(size, 0x30)],
    ["base64", Buffer.alloc(size, "MIIB")],
    ["armour", Buffer.alloc(size, "-----BEGIN ")],
    ["enormous lengths", many("3186ffffffffffff")],
  ])("20 MB of %s end soon", (_name, bytes) => {
    const started = performance.now();
    readCms(bytes, LIMIT);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("a bomb of zeros is not inflated beyond the limit", () => {
    const bomb = cms(COMPRESSED, deflateSync(Buffer.alloc(50_000_000)), "definite");
    expect(openSmime({ contentType: "application/pkcs7-mime", content: bomb }, LIMIT)).toEqual({
      defects: ["smime: the compressed content is cut or damaged"],
    });
  });
});

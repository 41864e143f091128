/** OpenPGP in plain text and in MIME types: what is marked, and which words are left. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { takePgpArmour } from "../../src/mail/mime/pgp.ts";
import { isProtectionPart, protectionNote, protectionOf, strongerProtection } from "../../src/mail/mime/protection.ts";
import { hostileText } from "./arbitraries.ts";

const SIGNATURE = "-----BEGIN PGP SIGNATURE-----\n\niHUEARYKAB0WIQ\n=aBcD\n-----END PGP SIGNATURE-----\n";

function signed(words: string, header = "Hash: SHA256\n\n"): string {
  return `-----BEGIN PGP SIGNED MESSAGE-----\n${header}${words}${SIGNATURE}`;
}

describe("signed text", () => {
  test("loses its armour and its dashes", () => {
    const text = signed("Two things:\n- - paper is in\n- -- \nMaria\n");
    expect(takePgpArmour(text)).toEqual({ text: "Two things:\n- paper is in\n-- \nMaria\n", protection: "pgp-signed" });
  });

  test.each(["Hash: SHA256\n\n", "Hash: SHA256\nHash: SHA512\n \n", "\n", "Hash: SHA512\nNotDashEscaped: really\n\n"])("with the header %j", (header) => {
    expect(takePgpArmour(signed("Hello\n", header)).text).toBe("Hello\n");
  });

  test("with CRLF, several blocks, and words around them", () => {
    const text = `Hi\n\n${signed("One\n")}\n> quoted\n${signed("Two\n\n")}footer`;
    expect(takePgpArmour(text).text).toBe("Hi\n\nOne\n\n> quoted\nTwo\n\nfooter");
    expect(takePgpArmour(text.replaceAll("\n", "\r\n")).text).toBe("Hi\r\n\r\nOne\r\n\r\n> quoted\r\nTwo\r\n\r\nfooter");
  });

  test("a signed text in a signed text stays, one level of dashes less", () => {
    const inner = signed("Hello\n").replace(/^-/gm, "- -");
    expect(takePgpArmour(signed(inner)).text).toBe(signed("Hello\n"));
  });
});

test("an encrypted text stays and is marked", () => {
  const text = "Hi\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n=abcd\n-----END PGP MESSAGE-----\n";
  expect(takePgpArmour(text)).toEqual({ text, protection: "pgp-encrypted" });
});

test.each([
  "",
  "How do I write -----BEGIN PGP SIGNED MESSAGE----- by hand?\n",
  "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nthe signature was cut\n",
  "-----BEGIN PGP SIGNED MESSAGE-----\n\nx\n-----BEGIN PGP SIGNATURE-----\n\nhalf of it\n",
  `> ${signed("Hello\n").trimEnd().replaceAll("\n", "\n> ")}\n`,
  "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n-----END PGP PUBLIC KEY BLOCK-----\n",
  "-----BEGIN PGP MESSAGE-----\nis what I see in your mail\n",
])("%j stays unmarked", (text) => {
  expect(takePgpArmour(text)).toEqual({ text });
});

describe("for any text", () => {
  const piece = fc.oneof(
    fc.constantFrom("-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----", "-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----", "Hash: x", "- ", "\n", "\r\n", " "),
    hostileText,
  );

  test("nothing is thrown or added", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        const taken = takePgpArmour(text);
        expect(taken.text.length).toBeLessThanOrEqual(text.length);
        expect(taken.protection !== undefined || taken.text === text).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["begins", "-----BEGIN PGP SIGNED MESSAGE-----\n"],
    ["begins in a line", "-----BEGIN PGP SIGNED MESSAGE-----"],
    ["begins and signatures", "-----BEGIN PGP SIGNED MESSAGE-----\n-----BEGIN PGP SIGNATURE-----\n"],
    ["signed texts", signed("Hello\n")],
    ["headers", "Hash: a\n"],
    ["dashes", "- - \n"],
  ])("20 MB of %s end soon", (_name, again) => {
    const text = `-----BEGIN PGP SIGNED MESSAGE-----\n${again.repeat(Math.ceil(20_000_000 / again.length))}\n${SIGNATURE}`;
    const started = performance.now();
    takePgpArmour(text);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("MIME types", () => {
  test.each([
    ["multipart/signed", { protocol: "application/pkcs7-signature" }, "smime-signed"],
    ["multipart/signed", { protocol: "Application/X-PKCS7-Signature", micalg: "sha1" }, "smime-signed"],
    ["multipart/signed", { protocol: "application/pgp-signature" }, "pgp-signed"],
    ["multipart/signed", { micalg: "pgp-sha512" }, "pgp-signed"],
    ["multipart/signed", {}, undefined],
    ["multipart/encrypted", { protocol: "application/pgp-encrypted" }, "pgp-encrypted"],
    ["application/pgp-encrypted", {}, "pgp-encrypted"],
    ["application/pkcs7-mime", { "smime-type": "enveloped-data" }, "smime-encrypted"],
    ["application/pkcs7-mime", { "smime-type": "authEnveloped-data" }, "smime-encrypted"],
    ["application/x-pkcs7-mime", { "smime-type": "signed-data" }, "smime-signed"],
    ["application/pkcs7-mime", { "smime-type": "certs-only" }, undefined],
    ["application/pkcs7-mime", {}, undefined],
    ["multipart/mixed", { protocol: "application/pgp-signature" }, undefined],
    ["text/plain", {}, undefined],
  ])("%s %j: %s", (type, params, expected) => {
    expect(protectionOf(type, new Map(Object.entries(params)))).toBe(expected);
  });

  test("encrypted is stronger than signed, whatever comes first", () => {
    expect(strongerProtection("smime-signed", "pgp-encrypted")).toBe("pgp-encrypted");
    expect(strongerProtection("smime-encrypted", "smime-signed")).toBe("smime-encrypted");
    expect(strongerProtection(undefined, "pgp-signed")).toBe("pgp-signed");
    expect(strongerProtection("pgp-signed", undefined)).toBe("pgp-signed");
  });

  test("only what cannot be read is told in the text", () => {
    expect(protectionNote("smime-encrypted")).toContain("S/MIME");
    expect(protectionNote("pgp-encrypted")).toContain("OpenPGP");
    expect(protectionNote("pgp-signed")).toBeUndefined();
    expect(protectionNote(undefined)).toBeUndefined();
  });

  test.each([
    ["application/pkcs7-signature", "smime.p7s", true, true],
    ["application/pgp-signature", undefined, true, true],
    ["application/octet-stream", "smime.p7s", true, true],
    ["application/pgp-encrypted", undefined, false, true],
    ["application/pgp-signature", "OpenPGP_signature.asc", false, true],
    ["application/pgp-signature", "backup.tar.gz.asc", false, false],
    ["application/pgp-keys", "OpenPGP_0x1F2E3D4C.asc", false, false],
    ["application/pkcs7-signature", "contract.pdf.p7s", false, false],
    ["text/plain", "signature.asc", true, false],
    ["image/png", "photo.png", true, false],
  ])("%s %s, inside of multipart/signed: %s; is wrapping: %s", (contentType, filename, inside, expected) => {
    expect(isProtectionPart({ contentType, filename }, inside)).toBe(expected);
  });
});

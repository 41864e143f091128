import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openKey } from "../src/key-file.ts";

const folder = mkdtempSync(join(tmpdir(), "postern-key-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the key file", () => {
  it("is made once, with its folder, readable for its owner alone", async () => {
    const file = join(folder, "new", "deeper", "key");
    const key = await openKey(file);
    expect(key).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await openKey(file)).equals(key)).toBe(true);
    expect(readFileSync(file, "utf8").trim()).toBe(key.toString("base64"));
  });

  it("is the same for everybody who opens it at the same moment", async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => openKey(join(folder, "shared"))));
    expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(1);
  });

  it("is another one for another installation", async () => {
    const [one, two] = [await openKey(join(folder, "one")), await openKey(join(folder, "two"))];
    expect(one.equals(two)).toBe(false);
  });

  it("that is damaged is refused and left as it is", async () => {
    for (const text of ["not a key", "AAAA", Buffer.alloc(31).toString("base64")]) {
      const file = join(folder, "damaged");
      writeFileSync(file, text);
      await expect(openKey(file)).rejects.toThrow("Restore it from your backup");
      expect(readFileSync(file, "utf8")).toBe(text);
    }
  });

  it("that cannot be read or made is named with what to do", async () => {
    const file = join(folder, "folder-instead");
    const inside = join(file, "key");
    writeFileSync(file, "x");
    await expect(openKey(inside)).rejects.toThrow(inside);
    if (process.getuid?.() === 0) return;
    const locked = join(folder, "locked");
    writeFileSync(locked, "x");
    chmodSync(locked, 0);
    await expect(openKey(locked)).rejects.toThrow("Let this user read it");
  });
});

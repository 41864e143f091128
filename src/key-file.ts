/** The key that all tokens are made with: 32 random bytes in a file that only its owner may read. Losing it voids the tokens in mails already sent. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";

const BYTES = 32;

/** Reads the key; the first process to ask makes it. Rejects when the file holds something else. */
export async function openKey(file: string): Promise<Buffer> {
  for (let tries = 0; ; tries++) {
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw new Error(`The key file ${file} cannot be read: ${error.message}. Let this user read it.`);
    });
    const key = Buffer.from((text ?? "").trim(), "base64");
    if (key.length === BYTES) return key;
    if (text !== undefined && text.trim() !== "")
      throw new Error(
        `The key file ${file} does not hold a key of ${BYTES} bytes in base64. Restore it from your backup; a new one voids every token already mailed.`,
      );
    if (tries > 20)
      throw new Error(`The key file ${file} is empty. Restore it from your backup, or delete it to begin anew.`);
    if (text === undefined) await makeKey(file);
    else await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Creates the file only when it does not exist, so that two processes agree on one key. */
async function makeKey(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") return undefined;
    throw new Error(`The key file ${file} cannot be created: ${error.message}.`);
  });
  if (!handle) return;
  await handle.writeFile(`${randomBytes(BYTES).toString("base64")}\n`);
  await handle.sync();
  await handle.close();
}

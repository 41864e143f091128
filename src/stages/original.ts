/** The mail that an agent has passed on, as a message on its way into the record. */
import { ourAddresses } from "../db/desk.ts";
import { getRaw, packRaw, putRaw } from "../db/raw.ts";
import { originalOf } from "../desk/passed-on.ts";
import { readHeaders } from "../mail/headers.ts";
import { detectLanguage } from "../mail/language.ts";
import type { NamedAddress } from "../mail/types.ts";
import type { Recording } from "./recording.ts";

/** In bytes; as much of a header block as is read of any message. */
const MAX_HEADERS = 256 * 1024;

/** The files of an attached message are read back from its own bytes, which are stored as well. */
export async function recordingOfOriginal(recording: Recording, author: NamedAddress): Promise<Recording> {
  const { unit, inbound, message } = recording;
  const { desk, stage, tx, now } = unit;
  const language = await detectLanguage(message.forwarded?.text ?? "");
  const context = { ...desk, ourAddresses: ourAddresses(desk), loopMark: stage.settings.loopMark };
  const inText = { author, language, headers: [], attachments: message.attachments };
  const bytes = await attachedBytes(recording);
  if (!bytes) return { ...recording, message: originalOf(message, inText, context) };
  const raw = await packRaw(bytes);
  await putRaw(tx, raw, now);
  const headers = readHeaders(bytes.subarray(0, MAX_HEADERS)).fields;
  const attachments = message.forwarded?.attachments ?? [];
  const original = originalOf(message, { author, language, headers, attachments }, context);
  return { ...recording, inbound: { ...inbound, raw_sha256: raw.sha256 }, message: original };
}

/** Undefined for a forward in the text, and where it is not certain which file is meant: then the files stay what they are. */
async function attachedBytes({ unit, inbound, message }: Recording): Promise<Buffer | undefined> {
  if (message.forwarded?.by !== "attachment" || !inbound.raw_sha256) return undefined;
  const messages = message.attachments.filter(
    ({ contentType, filename }) => /^message\/(?:rfc822|global)$/.test(contentType) || /\.eml$/i.test(filename),
  );
  const [only] = messages;
  if (only === undefined || messages.length > 1) return undefined;
  return await unit.stage.readPart(await getRaw(unit.tx, inbound.raw_sha256), only.part);
}

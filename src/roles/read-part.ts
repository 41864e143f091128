/** Reads one file back out of a stored message. */
import { readAttachment } from "../mail/mime/attachments.ts";
import type { ReadPart } from "../stages/stage.ts";

export const readPart: ReadPart = async (raw, part) => (await readAttachment(raw, part)).content;

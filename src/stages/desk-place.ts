/** From where mail to an agent comes that is about no ticket: the address of the default department. */
import { listMailboxes } from "../db/mailbox.ts";
import { mailboxOfAddress } from "../db/overview.ts";
import type { Place } from "./letters.ts";
import type { Unit } from "./stage.ts";

/**
 * The address, and the mailbox that its mail comes to: the one that the settings give this address, else the one that the
 * newest ticket of it came to, else the first.
 */
export async function deskPlace({ tx, desk, stage }: Pick<Unit, "tx" | "desk" | "stage">): Promise<Place> {
  const supportAddress = desk.departments[desk.defaults.department]!.address;
  const names = (await listMailboxes(tx)).map(({ name }) => name);
  const mailbox =
    names.find((name) => stage.settings.addressOf(name) === supportAddress) ??
    (await mailboxOfAddress(tx, supportAddress)) ??
    names[0] ??
    "";
  return { supportAddress, mailbox };
}

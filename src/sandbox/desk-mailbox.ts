/** The addresses of the desk that was applied to the sandbox lead to the mailboxes that its gateway reads, as aliases do. */
import { ourAddresses } from "../db/desk.ts";
import type { Desk } from "../desk/types.ts";
import { baseAddress } from "./mail-store.ts";
import { DESK_MAILBOXES } from "./settings.ts";

/** The mailbox that gets the mail to an address of the desk; undefined when it is none. */
export function deskMailboxFor(desk: Desk | undefined, recipient: string): string | undefined {
  const address = baseAddress(recipient.toLowerCase());
  const own = Object.values(DESK_MAILBOXES).find((one) => one === address);
  if (own !== undefined || desk === undefined) return own;
  return ourAddresses(desk).some((one) => one === address) ? DESK_MAILBOXES.support : undefined;
}

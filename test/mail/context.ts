/** The desk that the golden mails arrive at. */
import type { ParseContext } from "../../src/mail/context.ts";
import type { EmailAddress } from "../../src/mail/types.ts";

export const ARRIVED_AT = Date.UTC(2026, 10, 23, 9, 5);

export const CONTEXT: ParseContext = {
  ourAddresses: ["support@nw.example", "it@nw.example", "billing@nw.example"] as EmailAddress[],
  ourDomains: ["nw.example"],
  loopMark: "postern.nw.example",
  mx: { authservId: "mx.nw.example" },
  arrivedAt: ARRIVED_AT,
  ownListIds: ["support.groups.nw.example"],
  forwarders: ["old-support@nw.example"] as EmailAddress[],
  legacyCharset: "windows-1252",
};

/** A desk that no mail of a benchmark or a corpus was written to, and that assumes no charset where a mail states none. */
import type { ParseContext } from "../src/mail/context.ts";

export const NO_DESK: ParseContext = {
  ourAddresses: [],
  ourDomains: [],
  loopMark: "postern.invalid",
  arrivedAt: Date.UTC(2026, 10, 23),
  ownListIds: [],
  forwarders: [],
};

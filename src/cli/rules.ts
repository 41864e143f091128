/** `postern rules`: try the rules on a message, replay them over stored mail. Neither writes anything. */
import type { AddCommand } from "./context.ts";
import { REPLAYED, replayRules } from "./rules-replay.ts";
import { testRules } from "./rules-test.ts";

export const rulesCommand: AddCommand = (root, run) => {
  const rules = root.command("rules").description("what the rules make of mail, without doing it");
  rules
    .command("test")
    .argument("<MESSAGE...>", "files, or numbers of stored messages")
    .option("--desk <FILE>", "a desk file instead of the active desk")
    .option("--trigger <TRIGGER>", "what the rules run for (default: as the message is judged)")
    .option("--ticket <NUMBER>", "take the message to be about this ticket")
    .option("--at <TIME>", "as if it came then: 2026-12-24T18:30, in the desk's time zone")
    .option("--mailbox <NAME>", "as if this mailbox had received it")
    .option("--all", "also the conditions that did not hold, part by part")
    .option("--json")
    .description("what would happen to a message, and why")
    .action(run(testRules));
  rules
    .command("replay")
    .option("--desk <FILE>", "the proposed desk (default: the active desk beside the versions that decided then)")
    .option("--last <N>", "the newest so many messages", "10000")
    .option("--since <TIME>", "only what arrived since: 2026-12-24, in the desk's time zone")
    .option("--trigger <LIST>", `${REPLAYED.join(", ")}; separated by commas`, "opened")
    .option("--list <N>", "show at most so many messages that differ (default: 20; all with --json)")
    .option("--json")
    .description("what a desk would make of stored mail, and how that differs")
    .action(run(replayRules));
};

/** `postern inbound count`: the account of one day, with everything that waits or failed by name. */
import { currentDesk } from "../db/desk.ts";
import { sumLine, totalOf, verdictOf } from "../desk/notices/day-count.ts";
import { dateAfter, localMoment } from "../desk/notices/wall-clock.ts";
import { countDay } from "../stages/day-count.ts";
import { Exit, type Globals, print, printJson, requireConfig, withStore } from "./context.ts";

/** Exit code 1 when a message is missing: in no state that there is. */
export async function countMessages(globals: Globals, options: { day?: string; json?: boolean }): Promise<number> {
  return await withStore(requireConfig(globals), async (db) => {
    const zone = (await currentDesk(db))?.timeZone ?? "UTC";
    const now = Date.now();
    const date = options.day ?? dateAfter(localMoment(now, zone).date, -1);
    const count = await countDay(db, dateOf(date), zone, now);
    const total = totalOf(count.mailboxes);
    if (options.json) printJson({ ...count, total });
    else
      print(
        [
          `${verdictOf(count)} on ${date} (${zone}).`,
          `All: ${sumLine(total)}`,
          ...count.mailboxes.map((one) => `${one.mailbox}: ${sumLine(one)}`),
          ...count.gaps.map(({ line }) => `- ${line}`),
        ].join("\n"),
      );
    return total.missing === 0 ? 0 : 1;
  });
}

function dateOf(text: string): string {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text);
  if (!isDate) throw new Exit(2, `"${text}" is not a date. Write --day like 2026-11-26.`);
  return text;
}

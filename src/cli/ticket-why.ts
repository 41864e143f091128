/** `postern ticket why`: how a ticket came to be as it is, from what was stored at the time. */
import { storyOf } from "../db/story.ts";
import { ticketByNumber } from "../db/ticket.ts";
import { ticketStory } from "../desk/explain/explain-ticket.ts";
import { Exit, type Globals, print, printJson, requireConfig, withStore } from "./context.ts";

/** @param number `NW-1001`, with or without brackets */
export async function whyTicket(
  globals: Globals,
  number: string,
  options: { all?: boolean; json?: boolean },
): Promise<number> {
  return await withStore(requireConfig(globals), async (db) => {
    const ticket = await ticketByNumber(db, number.replace(/^\[|\]$/g, ""));
    if (!ticket) throw new Exit(3, `There is no ticket ${number}. "postern ticket list all" shows them.`);
    const story = await storyOf(db, ticket);
    if (options.json) printJson(story);
    else print(ticketStory(story, options.all === true).join("\n"));
    return 0;
  });
}

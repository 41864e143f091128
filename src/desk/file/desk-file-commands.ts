/** `commands:`: the desk's own words for commands by mail, beside the English ones: `schliessen: close`. */
import { z } from "zod";
import { Wrong, scalar } from "../../yaml/fields.ts";
import { show } from "../../yaml/problem.ts";
import { didYouMean } from "../../text/nearest.ts";
import { COMMAND_NAMES, COMMAND_WORDS } from "../commands/command-table.ts";
import { OWN_WORD } from "../commands/command-words.ts";
import { fold } from "../words.ts";

const aWord = (word: string): boolean => OWN_WORD.test(fold(word)) && !COMMAND_WORDS.has(fold(word));

const commandField = () =>
  scalar("a command", "the name of a command, e.g. close", (input) => {
    const name = COMMAND_WORDS.get(fold(input.replace(/^#/, "")));
    return (
      name ??
      new Wrong(
        `${show(input)} is no command. ${didYouMean(input, COMMAND_NAMES)}Write one of docs/commands.md, e.g. close.`,
      )
    );
  });

/** A word may be written with capitals and accents; it is kept folded, as commands are compared. */
export const commandsSection = () =>
  z
    .record(z.string().refine(aWord), commandField(), {
      error: (issue) => {
        if (issue.code !== "invalid_key")
          return `${show(issue.input)} is not a map. Write one line for each word, e.g. “schliessen: close”.`;
        const is = typeof issue.input === "string" ? COMMAND_WORDS.get(fold(issue.input)) : undefined;
        return is === undefined
          ? "cannot be a word for a command. Write two letters or more (digits and hyphens behind the first), without #, e.g. schliessen."
          : `is a word for #${is} already. Take the line out, or write another word.`;
      },
    })
    .transform((words, context) => {
      const folded = Object.entries(words).map(([word, name]) => [fold(word), name] as const);
      const twice = folded.findIndex(([word], n) => folded.slice(0, n).some(([other]) => other === word));
      if (twice < 0) return Object.fromEntries(folded);
      const path = [Object.keys(words)[twice]!];
      context.issues.push({
        code: "custom",
        message: "stands here twice. Write each word once; capitals do not matter.",
        input: words,
        path,
      });
      return z.NEVER;
    });

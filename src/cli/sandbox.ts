/** `postern sandbox`: mail into the running sandbox and out of it, and the end of its gateway in mid-mail. */
import { crashErrand } from "../sandbox/crash.ts";
import type { Errand } from "../sandbox/errand.ts";
import { mailErrand } from "../sandbox/errand-mail.ts";
import { answerErrand, replyErrand, sendErrand } from "../sandbox/errand-send.ts";
import { plain } from "../sandbox/say.ts";
import { placeIn } from "../sandbox/settings.ts";
import { type AddCommand, Exit, type Globals, print } from "./context.ts";

export const sandboxCommand: AddCommand = (root, run) => {
  const sandbox = root
    .command("sandbox")
    .description("the first run's mail world: write to the desk, answer as its people, crash it");
  sandbox
    .command("send")
    .argument("<TEXT...>", "what the mail says; an agent's may be commands: #list overdue")
    .requiredOption("--from <WHO>", "maria, an agent of the desk (dev, ann, ben), or any address")
    .option("--subject <TEXT>", "the subject (none when left out)", "")
    .option("--name <NAME>", "the sender's name")
    .option("--to <ADDRESS>", "where to (default: the address of the desk's default department)")
    .description("send a mail to the desk")
    .action(run(send));
  sandbox
    .command("reply")
    .argument("<NUMBER>", "the ticket, such as NW-1002")
    .argument("<TEXT...>", "what the reply says; an agent's may begin with commands: #close")
    .requiredOption("--as <WHO>", "an agent of the desk (dev, ann, ben), maria, or an address")
    .description("answer the newest mail that somebody has about a ticket")
    .action(run(reply));
  sandbox
    .command("answer")
    .argument("<LETTER>", "a mail of their inbox: its number in sandbox mail, or last")
    .argument("<TEXT...>", "what the answer says; to a list: 1 #close")
    .requiredOption("--as <WHO>", "an agent of the desk (dev, ann, ben), maria, or an address")
    .description("answer any mail of somebody's inbox: a list, a question")
    .action(run(answer));
  sandbox
    .command("mail")
    .argument("<WHO>", "an agent of the desk (dev, ann, ben), maria, or an address")
    .argument("[LETTER]", "which mail to show (default: the newest)")
    .option("--raw", "show its source, headers and all")
    .description("somebody's inbox")
    .action(run(mail));
  sandbox
    .command("crash")
    .description("send a mail and kill the gateway (SIGKILL) while it has it in hand")
    .action(run(crash));
};

type SendFlags = { from: string; subject: string; name?: string; to?: string };

const here = () => placeIn(process.cwd());

async function send(_globals: Globals, words: string[], flags: SendFlags): Promise<number> {
  return end(await sendErrand(here(), { ...flags, text: words.join(" ") }));
}

async function reply(_globals: Globals, number: string, words: string[], { as }: { as: string }): Promise<number> {
  return end(await replyErrand(here(), number, as, words.join(" ")));
}

async function answer(_globals: Globals, letter: string, words: string[], { as }: { as: string }): Promise<number> {
  return end(await answerErrand(here(), letter, as, words.join(" ")));
}

async function mail(_globals: Globals, who: string, letter: string | undefined, { raw }: { raw?: boolean }) {
  return end(await mailErrand(here(), who, { letter, raw }));
}

async function crash(): Promise<number> {
  return end(await crashErrand(here()));
}

function end(errand: Errand): number {
  if (!errand.ok) throw new Exit(errand.code, plain(errand.message));
  for (const line of errand.lines) print(plain(line));
  return 0;
}

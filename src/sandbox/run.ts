/**
 * `npm start` without a postern.yaml: a closed mail world and the real gateway in one process. The first run tells the
 * story; later ones continue where the last one ended, however it ended.
 */
import { requireDesk } from "../db/desk.ts";
import { startGateway } from "../main.ts";
import { ROLE_NAMES } from "../roles/role.ts";
import { type House, openHouse } from "./house.ts";
import { type Narrator, openNarrator } from "./narrate.ts";
import { continueFrom } from "./recovery.ts";
import { claimPlace, clearRunning, type Running, writeRunning } from "./running.ts";
import { duration, type Say, sayTo } from "./say.ts";
import { watchSeen } from "./seen-watch.ts";
import { PASSWORD, PEOPLE, type Place, placeIn, type Ports } from "./settings.ts";
import { mailsIn, stockSentence, takeStock } from "./stock.ts";
import { tellStory } from "./story.ts";
import { StepFailed } from "./story-scene.ts";

/** How long a step of the story may take. */
const PATIENCE_MS = 20_000;

/** Ended by a signal, as shells count it for SIGINT. */
const INTERRUPTED = 130;

/** Runs the sandbox of the working directory and returns the exit code. `once`: ends after the story. */
export async function runSandbox({ once }: { once: boolean }): Promise<number> {
  const say = sayTo();
  const place = placeIn(process.cwd());
  const claim = claimPlace(place);
  if (claim.state === "running") {
    const { pid } = claim.running;
    say.error(`A sandbox runs here already (process ${pid}). Use it from this terminal: npx postern sandbox --help`);
    return 1;
  }
  const stop = stopRequest();
  const narrator = openNarrator(say, place.logFile);
  say.start("No postern.yaml here: this is a sandbox. Nothing leaves this machine.");
  let house: House;
  try {
    house = await openHouse(place, async (config, log) => await startGateway(config, ROLE_NAMES, log), narrator.log);
  } catch (error) {
    say.line("");
    clearRunning(place);
    return failed(say, place, narrator, error as Error);
  }
  say.dim(`   ready ${duration(performance.now())}`);
  writeRunning(place, house.world);
  try {
    return await live({ say, place, house, narrator, once, stop, crashed: claim.crashed });
  } catch (error) {
    return failed(say, place, narrator, error as Error);
  } finally {
    await narrator.hush();
    await house.close();
    clearRunning(place);
  }
}

type Life = {
  readonly say: Say;
  readonly place: Place;
  readonly house: House;
  readonly narrator: Narrator;
  readonly once: boolean;
  readonly stop: Promise<void>;
  readonly crashed: Running | undefined;
};

async function live({ say, place, house, narrator, once, stop, crashed }: Life): Promise<number> {
  const { world, db, found } = house;
  const isFirst = mailsIn(found) === 0;
  const seen = watchSeen(world.store, db);
  const beginning = async (): Promise<"told"> => {
    if (!isFirst || crashed) await continueFrom(say, { db, store: world.store, found }, crashed);
    if (isFirst || once) {
      await tellStory({ ports: world, store: world.store, db, seen, say, patienceMs: PATIENCE_MS });
      say.bold(stockSentence(await takeStock(db, world.store)));
    }
    return "told";
  };
  const end = await Promise.race([beginning(), stop]);
  seen.stop();
  if (end !== "told") return INTERRUPTED;
  if (once) return 0;
  await yourTurn(say, place, house);
  narrator.tell(db);
  await stop;
  await narrator.hush();
  say.line("Stopping: finishing the work in hand.");
  return 0;
}

async function yourTurn(say: Say, place: Place, { db, world }: House): Promise<void> {
  const row = await db("counter").where({ name: "ticket" }).first("next");
  const desk = await requireDesk(db);
  const next = `${desk.prefix}-${row?.next ?? desk.firstNumber}`;
  say.line("");
  say.bold("Still running. Your turn, in another terminal in this folder (Ctrl-C here stops):");
  say.line('  npx postern sandbox send --from me@home.example --subject "Invoice wrong" "Charged twice"');
  say.line(`  npx postern sandbox reply ${next} --as dev "#clsoe Refunded."`);
  say.line("  npx postern sandbox mail dev");
  say.line('  npx postern sandbox send --from dev "#list"        # commands to the desk: Dev is mailed a list');
  say.line('  npx postern sandbox answer last --as dev "1 #close"');
  say.line("  npx postern sandbox crash && npm start     # kill -9 in mid-mail; same tickets, same count");
  say.line(`  npx postern -c ${relative(place.configFile)} ticket list all`);
  say.line("");
  mailPrograms(say, world);
}

function mailPrograms(say: Say, { imapPort, smtpPort }: Ports): void {
  say.bold("Or with a mail program of your own (no TLS; only this machine can reach it):");
  say.line(`  IMAP 127.0.0.1 port ${imapPort}, SMTP 127.0.0.1 port ${smtpPort}, password "${PASSWORD}" for everybody`);
  say.line(`  as a customer: ${PEOPLE.maria.address} (Maria)   as an agent: ${PEOPLE.dev.address} (Dev)`);
  say.line("");
}

const relative = (file: string): string => file.replace(`${process.cwd()}/`, "");

function failed(say: Say, place: Place, narrator: Narrator, error: Error): number {
  if (error instanceof StepFailed) {
    say.error(`Step ${error.step} failed.`);
    say.error(`  expected: ${error.expected}`);
    say.error(`  saw: ${error.saw}`);
  } else say.error(`The sandbox failed: ${error.message}`);
  for (const trouble of narrator.troubles()) say.error(`  the gateway said: ${trouble}`);
  say.error(`  its log: ${relative(place.logFile)}`);
  return 1;
}

/** Resolves at the first Ctrl-C or SIGTERM. The second one ends the process at once: somebody means it. */
function stopRequest(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        if (asked) process.exit(INTERRUPTED);
        asked = true;
        resolve();
      });
    }
  });
}

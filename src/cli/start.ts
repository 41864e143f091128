/** `postern start`: the gateway, or the sandbox where there is no configuration. */
import { existsSync } from "node:fs";
import { configPath } from "../config.ts";
import { ROLE_NAMES, type RoleName } from "../roles/role.ts";
import { type AddCommand, Exit, type Globals, openLog, print, requireConfig } from "./context.ts";
import { untilSignal } from "./signals.ts";

/** A delivery in hand may take half a minute; a stop that takes longer than this has gone wrong. */
const LONGEST_STOP_MS = 90_000;

/** A common other spelling; the sandbox would start in its place without a word. */
const OTHER_NAME = "postern.yml";

type Options = { roles?: string; once?: boolean };

export const startCommand: AddCommand = (root, run) => {
  root
    .command("start")
    .description("run the gateway; without a postern.yaml, the sandbox")
    .option("--roles <LIST>", `which parts to run in this process: ${ROLE_NAMES.join(",")} (default: all)`)
    .option("--once", "sandbox: end after the story")
    .action(run(start));
};

async function start(globals: Globals, options: Options): Promise<number> {
  if (!globals.config && !existsSync(configPath())) {
    if (existsSync(OTHER_NAME))
      throw new Exit(
        2,
        `There is a ${OTHER_NAME} here. Rename it to postern.yaml, or start with --config ${OTHER_NAME}.`,
      );
    const { runSandbox } = await import("../sandbox/run.ts");
    return await runSandbox({ once: options.once === true });
  }
  if (options.once) throw new Exit(2, "--once belongs to the sandbox, and there is a configuration here.");
  const config = requireConfig(globals);
  const log = openLog(config);
  const roles = parseRoles(options.roles);
  const { startGateway } = await import("../main.ts");
  const gateway = await startGateway(config, roles, log);
  print(`postern ready: ${roles.join(", ")}`);
  const signal = await untilSignal();
  log.info({ signal }, "stopping: finishing the work in hand");
  const late = setTimeout(() => {
    log.fatal("stopping took too long; ended. What was in hand is settled at the next start.");
    process.exit(1);
  }, LONGEST_STOP_MS);
  await gateway.stop();
  clearTimeout(late);
  log.info("stopped");
  return 0;
}

function parseRoles(list: string | undefined): RoleName[] {
  if (!list) return [...ROLE_NAMES];
  return list.split(",").map((name) => {
    const role = ROLE_NAMES.find((known) => known === name.trim());
    if (!role) throw new Exit(2, `--roles: "${name}" is not a role. Write one or more of ${ROLE_NAMES.join(",")}.`);
    return role;
  });
}

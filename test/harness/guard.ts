/**
 * Nothing outlives a test process, not even one that is killed with -9: a small shell holds the read end of a pipe
 * whose only writer is the test process, and when the pipe closes it ends the server and removes its folder.
 */
import { spawn } from "node:child_process";
import type { Socket } from "node:net";

/** `$1` = signal that ends the server at once, `$2` = folder to remove, or nothing. Half a minute of grace is too long: 5 s. */
const WATCH = `
pid=
while read -r word value; do
  case $word in
    pid) pid=$value ;;
    done) exit 0 ;;
  esac
done
if [ -n "$pid" ]; then
  kill -"$1" "$pid" 2>/dev/null
  tries=0
  while [ $tries -lt 50 ] && kill -0 "$pid" 2>/dev/null; do sleep 0.1; tries=$((tries + 1)); done
  kill -KILL "$pid" 2>/dev/null
fi
[ -z "$2" ] || rm -rf "$2"
`;

export type Guard = {
  /** Guards this process from now on; undefined = none at the moment (the server is down on purpose). */
  watch(pid: number | undefined): void;
  /** Ends the guard; the folder and the process are the caller's again. */
  release(): Promise<void>;
};

/** Starts a guard. `folder` is removed with everything in it when the test process dies. */
export function startGuard(signal: NodeJS.Signals, folder?: string): Guard {
  // A session of its own, so that Ctrl-C in the terminal ends the tests but not the guard that cleans up after them.
  const shell = spawn("/bin/sh", ["-c", WATCH, "guard", signal.replace(/^SIG/, ""), folder ?? ""], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => shell.once("exit", () => resolve()));
  const pipe = shell.stdin as Socket;
  pipe.on("error", () => undefined); // the shell went first: there is nothing left to tell it
  shell.unref();
  pipe.unref();
  return {
    watch: (pid) => void pipe.write(`pid ${pid ?? ""}\n`),
    release: async () => {
      shell.ref();
      pipe.end("done\n");
      await ended;
    },
  };
}

/**
 * The connections to one server: at most `connections` at a time, handed out again while they live.
 *
 * Nothing is sent to probe an idle connection: a server that closed it has told us so by FIN (nodemailer's `end`), and
 * one whose FIN is still on its way fails the next MAIL FROM without a reply, after which a fresh one is used once.
 */
import { openSession, resetSession } from "./session.ts";
import type { Session } from "./session.ts";
import type { SmtpFailure } from "./outcome.ts";
import type { SmtpSettings } from "./settings.ts";

/** An idle connection is closed by us before usual servers (5 minutes, RFC 5321 section 4.5.3.2.7) or NAT tables forget it. */
const IDLE_MS = 30_000;
/** Patience for RSET and QUIT: courtesies, not worth a long wait. */
const COURTESY_MS = 2_000;

export type Pool = {
  /** A connection that lives, as far as is known; `fresh` = never an idle one. Undefined once the pool is closed. */
  acquire(fresh: boolean): Promise<Session | SmtpFailure | undefined>;
  /** Must follow every `acquire` that gave a session. `dirty`: the envelope was refused, RSET first. */
  release(session: Session, dirty: boolean): Promise<void>;
  close(graceMs: number): Promise<void>;
};

export function openPool(settings: SmtpSettings): Pool {
  const idle = new Map<Session, NodeJS.Timeout>();
  const busy = new Set<Session>();
  const waiters: (() => void)[] = [];
  let taken = 0;
  let closed = false;
  let drained: () => void = () => {};

  const takeIdle = (): Session | undefined => {
    for (const [session, timer] of idle) {
      clearTimeout(timer);
      idle.delete(session);
      if (session.alive()) return session;
    }
    return undefined;
  };
  const leaveSlot = () => {
    taken -= 1;
    waiters.shift()?.();
    if (closed && taken === 0) drained();
  };
  const takeSlot = async () => {
    while (taken >= settings.connections && !closed) await new Promise<void>((free) => waiters.push(free));
    taken += 1;
  };

  const acquire = async (fresh: boolean): Promise<Session | SmtpFailure | undefined> => {
    await takeSlot();
    const session = closed ? undefined : await find(fresh);
    if (session && "connection" in session && !closed) {
      busy.add(session);
      return session;
    }
    if (session && "connection" in session) quit(session);
    leaveSlot();
    return closed ? undefined : session;
  };

  const find = async (fresh: boolean): Promise<Session | SmtpFailure> => {
    const session = takeIdle();
    if (session && !fresh) return session;
    // One that idled together with a dead one is most likely dead too, and its place is needed.
    if (session) quit(session);
    return await openSession(settings).catch((error: Error): SmtpFailure => ({ message: error.message }));
  };

  const release = async (session: Session, dirty: boolean) => {
    if (session.alive() && dirty && !(await resetSession(session, COURTESY_MS))) session.connection.close();
    busy.delete(session);
    if (session.alive() && (closed || session.sent >= settings.maxMessagesPerConnection)) quit(session);
    else if (session.alive()) {
      const forget = () => {
        idle.delete(session);
        quit(session);
      };
      idle.set(session, setTimeout(forget, IDLE_MS).unref());
    }
    leaveSlot();
  };

  const close = async (graceMs: number) => {
    closed = true;
    for (const [session, timer] of idle) {
      clearTimeout(timer);
      quit(session);
    }
    idle.clear();
    for (const wake of waiters.splice(0)) wake();
    if (taken === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((passed) => (timer = setTimeout(passed, graceMs)));
    await Promise.race([new Promise<void>((done) => (drained = done)), grace]);
    clearTimeout(timer);
    for (const session of busy) session.connection.close();
  };
  return { acquire, release, close };
}

/** QUIT without waiting for it; a server that does not answer is cut off. */
export function quit(session: Session): void {
  if (!session.alive()) return;
  session.connection.quit();
  setTimeout(() => session.connection.close(), COURTESY_MS).unref();
}

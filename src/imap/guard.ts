/** The store as the poller calls it: whatever it rejects with is known as the store's failure, not the server's. */
import { StoreFailed, isLeaseLost } from "./failure.ts";
import type { PollStore } from "./settings.ts";

async function asked<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (isLeaseLost(error)) throw error;
    throw new StoreFailed(`the store could not ${what}`, { cause: error });
  }
}

/** Wraps every function; a lost lease passes through as it is. */
export function guardStore(store: PollStore): PollStore {
  return {
    begin: (facts) => asked("begin", () => store.begin(facts)),
    missing: (validity, uids) => asked("compare", () => store.missing(validity, uids)),
    commit: (batch) => asked("commit", () => store.commit(batch)),
    tooLarge: (validity, uid, bytes, envelope) =>
      asked("record a large message", () => store.tooLarge(validity, uid, bytes, envelope)),
    unfinished: (validity, present) => asked("compare", () => store.unfinished(validity, present)),
    finished: (validity, uids) => asked("record what is finished", () => store.finished(validity, uids)),
    state: (state, detail) => asked("record the state", () => store.state(state, detail)),
  };
}

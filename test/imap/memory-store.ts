/** A PollStore in memory, with the rules that the contract asks of the real one, and switches to make it fail. */
import type { RawMessage } from "../../src/mail/types.ts";
import type { EnvelopeFacts, PollStore } from "../../src/imap/settings.ts";

export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

type Large = EnvelopeFacts & { readonly uid: number; readonly bytes: number };

export class MemoryStore implements PollStore {
  /** In the order of the commits. */
  readonly messages: RawMessage[] = [];
  /** UIDs of every commit that went through. */
  readonly batches: number[][] = [];
  readonly large: Large[] = [];
  readonly finishedUids = new Set<string>();
  readonly begun: { uidValidity: number; uidNext: number }[] = [];
  /** Every state told: `idle`, `backing-off: login refused …`. */
  readonly states: string[] = [];
  /** Runs before a commit; what it throws is what the commit rejects with. */
  beforeCommit: (batch: RawMessage[]) => void | Promise<void> = () => {};
  /** While set, every function rejects with it. */
  down: Error | undefined;
  #mailbox: { uidValidity: number; baseline: number } | undefined;

  async begin(facts: { uidValidity: number; uidNext: number }): Promise<{ baseline: number }> {
    this.#up();
    this.begun.push(facts);
    if (this.#mailbox?.uidValidity !== facts.uidValidity) {
      this.#mailbox = { uidValidity: facts.uidValidity, baseline: this.#mailbox ? 1 : facts.uidNext };
    }
    return { baseline: this.#mailbox.baseline };
  }

  async missing(uidValidity: number, uids: number[]): Promise<number[]> {
    this.#up();
    const large = new Set(this.large.map((one) => one.uid));
    return uids.filter((uid) => !this.#find(uidValidity, uid) && !large.has(uid));
  }

  async commit(batch: RawMessage[]): Promise<void> {
    this.#up();
    await this.beforeCommit(batch);
    this.batches.push(batch.map((message) => message.uid));
    this.messages.push(...batch);
  }

  async tooLarge(_uidValidity: number, uid: number, bytes: number, envelope: EnvelopeFacts): Promise<void> {
    this.#up();
    this.large.push({ uid, bytes, ...envelope });
  }

  async unfinished(uidValidity: number, present: number[]): Promise<number[]> {
    this.#up();
    const open = (uid: number): boolean => !this.finishedUids.has(`${uidValidity}:${uid}`);
    return present.filter((uid) => this.#find(uidValidity, uid) && open(uid));
  }

  async finished(uidValidity: number, uids: number[]): Promise<void> {
    this.#up();
    for (const uid of uids) this.finishedUids.add(`${uidValidity}:${uid}`);
  }

  async state(state: string, detail?: string): Promise<void> {
    this.#up();
    this.states.push(detail === undefined ? state : `${state}: ${detail}`);
  }

  /** The UIDs that are stored, in the order in which they came. */
  get uids(): number[] {
    return this.messages.map((message) => message.uid);
  }

  source(uid: number): string | undefined {
    return this.messages.find((message) => message.uid === uid)?.source.toString("latin1");
  }

  #find(uidValidity: number, uid: number): RawMessage | undefined {
    return this.messages.find((message) => message.uidValidity === uidValidity && message.uid === uid);
  }

  #up(): void {
    if (this.down) throw this.down;
  }
}

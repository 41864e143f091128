/** A bell that one loop waits for. Rings while nobody waits are kept, as one. */

export type Bell = {
  ring(): void;
  /** Forgets rings so far. */
  hush(): void;
  /** Resolves true at the next ring (or at once, if it rang since), false after `ms`. Takes the ring. */
  wait(ms: number): Promise<boolean>;
};

/** Node turns a longer delay into 1 ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    hush() {
      rung = false;
    },
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(Math.max(ms, 0), LONGEST_TIMER));
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = undefined;
      }
      const heard = rung;
      rung = false;
      return heard;
    },
  };
}

/** A bell inside one process: sleep until it rings, time is up, or the signal aborts. A ring while nobody sleeps is kept. */
export type Waker = { wake(): void; sleep(ms: number, signal?: AbortSignal): Promise<void> };

export function waker(): Waker {
  let rung = false;
  let wakeUp: (() => void) | undefined;
  return {
    wake() {
      rung = true;
      wakeUp?.();
    },
    async sleep(ms, signal) {
      if (!rung && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wakeUp = () => (clearTimeout(timer), resolve());
          signal?.addEventListener("abort", wakeUp, { once: true });
        });
        if (wakeUp) signal?.removeEventListener("abort", wakeUp);
        wakeUp = undefined;
      }
      rung = false;
    },
  };
}

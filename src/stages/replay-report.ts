/** Adds up what a replay finds. Pure; its memory grows with the kinds of differences, not with the messages. */
import { type Difference, differences, type Replayed } from "./replay-outcome.ts";

export type Differing = {
  readonly inboundId: number;
  readonly from: string | null;
  readonly subject: string | null;
  readonly ticket: string | null;
  readonly differences: readonly Difference[];
};

/** How often before and after. */
export type Counted = { readonly name: string; readonly before: number; readonly after: number };

export type ReplayReport = {
  /** Messages that the order meant: replayed and left out. */
  readonly messages: number;
  readonly replayed: number;
  readonly differing: number;
  readonly leftOut: readonly { readonly why: string; readonly count: number }[];
  /** Most frequent first. */
  readonly changes: readonly (Pick<Difference, "field" | "from" | "to"> & { readonly count: number })[];
  /** Rules that held for any message under either desk, in the order in which they were first seen to hold. */
  readonly rules: readonly Counted[];
  readonly effects: readonly Counted[];
  readonly list: readonly Differing[];
};

/** @param most how many differing messages are kept */
export function reporter(most: number) {
  let replayed = 0;
  let differing = 0;
  const list: Differing[] = [];
  const leftOut = new Map<string, number>();
  const changes = new Map<string, number>();
  const rules = counter();
  const effects = counter();

  function add({ before, after, ...message }: Replayed): void {
    replayed++;
    for (const name of before.held) rules.count(name, "before");
    for (const name of after.held) rules.count(name, "after");
    for (const { action } of before.effects) effects.count(action, "before");
    for (const { action } of after.effects) effects.count(action, "after");
    const found = differences(before, after);
    if (found.length === 0) return;
    differing++;
    if (list.length < most) list.push({ ...message, differences: found });
    for (const { field, from, to } of found) bump(changes, JSON.stringify([field, from, to]));
  }

  function done(): ReplayReport {
    const left = [...leftOut].map(([why, count]) => ({ why, count }));
    const kinds = [...changes].map(([key, count]) => {
      const [field, from, to] = JSON.parse(key) as [Difference["field"], string | null, string | null];
      return { field, from, to, count };
    });
    return {
      messages: replayed + left.reduce((sum, { count }) => sum + count, 0),
      replayed,
      differing,
      leftOut: left.toSorted((a, b) => b.count - a.count),
      changes: kinds.toSorted((a, b) => b.count - a.count),
      rules: rules.list(),
      effects: effects.list(),
      list,
    };
  }

  return { add, leave: (why: string) => bump(leftOut, why), done };
}

function bump(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function counter() {
  const counts = new Map<string, { before: number; after: number }>();
  return {
    count: (name: string, side: "before" | "after") => {
      const one = counts.get(name) ?? { before: 0, after: 0 };
      one[side]++;
      counts.set(name, one);
    },
    list: (): readonly Counted[] => [...counts].map(([name, one]) => ({ name, ...one })),
  };
}

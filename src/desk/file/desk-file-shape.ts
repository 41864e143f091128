/** Small shapes between the desk file and a `Desk`: a desk is stored as JSON, which has no undefined. */

/** The keys that have a value. */
export const given = <T extends object>(keys: T): T =>
  Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined)) as T;

export const mapEntries = <A, B>(record: Readonly<Record<string, A>>, made: (key: string, value: A) => B) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, made(key, value)])) as Record<string, B>;

/** A list as the file has it: left out when it is empty. */
export const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

/** A list of one without brackets. */
export const oneOrList = <T>(list: readonly T[]): T | readonly T[] | undefined =>
  list.length === 1 ? list[0] : some(list);

/** A map as the file has it: left out when none of its keys has a value. */
export const someKeys = <T extends object>(keys: T): T | undefined =>
  Object.values(keys).every((value) => value === undefined) ? undefined : keys;

/**
 * What somebody asked for may not be done: nothing was written, and the message says why, for the one who asked.
 * `missing`: because there is no such thing.
 */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly missing: boolean;
  constructor(why: string, { missing = false }: { readonly missing?: boolean } = {}) {
    super(why);
    this.missing = missing;
  }
}

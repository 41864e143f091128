/**
 * What somebody asked for may not be done: nothing was written, and the message says why, for the one who asked.
 * `missing`: because there is no such thing. `unlessAnyway`: it is done nevertheless when they say that they know.
 */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly missing: boolean;
  readonly unlessAnyway: boolean;
  constructor(why: string, kind: { readonly missing?: boolean; readonly unlessAnyway?: boolean } = {}) {
    super(why);
    this.missing = kind.missing === true;
    this.unlessAnyway = kind.unlessAnyway === true;
  }
}

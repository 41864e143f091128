/** What a line of a text is, and a text while its lines are judged. */

/** New words of the author, quoted history with its headings, or signature and footers. */
export type Kind = "new" | "quoted" | "signature";

export type Kinds = {
  readonly kinds: Kind[];
  /** What looks like an attribution but was not believed, since nothing quoted follows: indices of their first lines. */
  readonly unbelieved: readonly number[];
  /** More of the text looks like attributions than anybody's mail does, and the rest was not looked at. */
  readonly exhausted: boolean;
};

/** A text while it is read. */
export type Reading = {
  readonly lines: readonly string[];
  readonly kinds: Kind[];
  readonly nextFilled: readonly number[];
  readonly unbelieved: number[];
  /** Asked before each costly look; false when there were too many. */
  readonly mayLook: () => boolean;
  /** Lines with words that are new so far. */
  newSoFar: number;
  /** Whether something else than `>` shows that an older mail is quoted. */
  told: boolean;
};

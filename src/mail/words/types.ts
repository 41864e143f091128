/**
 * What mail programs and people write around mail in one language. One file a language, so that a language is added or
 * mended in one place; all.ts lists them. Words stand as they are written, in lower case; who matches them compares in
 * lower case and NFC, with white space runs as one space.
 */

/** Fields of the header block that mail clients put above a quoted or forwarded mail. */
export type BlockField = "from" | "sent" | "to" | "cc" | "bcc" | "replyTo" | "subject" | "attachments" | "importance";

export type LanguageWords = {
  /** BCP 47 primary tag: `de`, `pt`, `zh`. */
  readonly code: string;
  /** English name: `German`. */
  readonly name: string;
  /** Words by which an attribution says that somebody wrote: `schrieb`, `hat geschrieben`, `a écrit`, `写道`. */
  readonly wrote: readonly string[];
  /** Words with which an attribution begins, before a date or a name: `on`, `am`, `le`. Empty where there is none. */
  readonly attributionOpeners: readonly string[];
  /** `from`: `von` · `sent`: `gesendet`, `datum` · `subject`: `betreff` */
  readonly fields: Readonly<Record<BlockField, readonly string[]>>;
  /** Between the dashes over a quoted mail: `ursprüngliche nachricht`. */
  readonly originalMessage: readonly string[];
  /** Over a mail passed on, with or without dashes: `weitergeleitete nachricht`, `anfang der weitergeleiteten nachricht`. */
  readonly forwardedMessage: readonly string[];
  /** Footers of phones and programs; `{}` stands for a short device or program: `von meinem {} gesendet`, `sent from my {}`. */
  readonly sentFrom: readonly string[];
  /** Polite closings above a name, which begin a signature: `mit freundlichen grüßen`, `best regards`. */
  readonly closings: readonly string[];
  /** Beginnings of the subjects of automatic answers: `abwesenheitsnotiz`, `automatische antwort`. */
  readonly outOfOffice: readonly string[];
  /** Beginnings of the subjects of delivery reports: `unzustellbar`. */
  readonly undeliverable: readonly string[];
  /** Subject prefixes without their colon: `aw`, `antw`. */
  readonly replyPrefixes: readonly string[];
  readonly forwardPrefixes: readonly string[];
  /** Words of a mere "thanks". */
  readonly thanks: {
    /** `danke`, `vielen dank`. */
    readonly thanks: readonly string[];
    /** Words that may stand around it and ask for nothing: `super`, `hat geklappt`, `schönen tag`. */
    readonly around: readonly string[];
    /** Words that show that somebody must look all the same: `aber`, `noch`, `nicht`, `bitte`. */
    readonly doubt: readonly string[];
    /** `hallo`, `liebe`, `guten tag`. */
    readonly greetings: readonly string[];
  };
};

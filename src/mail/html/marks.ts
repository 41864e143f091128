/**
 * What a mail client's own HTML says about the words in it, as ranges of the text that the HTML was rendered to. The
 * reply splitter reads them; words outside of every mark are judged as text. Marks are in order and do not overlap: an
 * attribution at the head of a container ends where the history begins.
 */
export type Mark = {
  /**
   * `history`: a client's container of the whole quoted mail (gmail_quote, Outlook's divRplyFwdMsg and all below it), up
   * to the first words that the author wrote into it;
   * `attribution`: the client's line above it (gmail_attr, moz-cite-prefix);
   * `signature`: gmail_signature, moz-signature, a phone's footer;
   * `forwarded`: a container of a mail passed on (moz-forward-container, Gmail's forward).
   */
  readonly kind: "history" | "attribution" | "signature" | "forwarded";
  /** First character of the range in the text. */
  readonly from: number;
  /** Character behind the range. */
  readonly to: number;
};

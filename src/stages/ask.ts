/**
 * What an agent has to agree to before it is done: whoever carries out a command that shows a ticket to somebody new, or that
 * the agent may not have meant, asks here first. Nothing of the mail is done then; it is held, the agent is asked, and
 * `#confirm` records it again with what has been agreed to.
 */
import type { Recording } from "./recording.ts";

/** Rolls back what the mail has done so far. */
export class Ask extends Error {
  override readonly name = "Ask";
  /** Names the question, so that an agreement to one is none to another: `cc joe@x.example`. */
  readonly key: string;
  /** `question`: what would happen, a sentence for the agent. */
  constructor(key: string, question: string) {
    super(question);
    this.key = key;
  }
}

/** Goes on when the agent has agreed to this already; throws `Ask` otherwise. */
export function mustAgree({ said }: Pick<Recording, "said">, key: string, question: string): void {
  if (!said.agreed?.includes(key)) throw new Ask(key, question);
}

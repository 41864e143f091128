/** What the pool and its threads say to one another: plain values, copied. */
import type { ParseContext } from "../mail/context.ts";
import type { InboundMessage } from "../mail/types.ts";

/** The desk as a thread sees it. `dkim` true lets the thread ask DNS for signature keys; a resolver cannot be copied. */
export type ParserContext = Omit<ParseContext, "resolver" | "arrivedAt"> & { readonly dkim: boolean };

/** What differs from message to message: when it arrived, and whatever its mailbox has of its own (`mx`, `ownListIds`). */
export type PerMessage = Pick<ParseContext, "arrivedAt"> & Partial<ParserContext>;

export type ThreadJob = { readonly raw: Uint8Array; readonly context: ParserContext & { readonly arrivedAt: number } };
export type ThreadAnswer = { readonly ready: true } | { readonly parsed: InboundMessage } | { readonly failed: string };

export type ParseResult =
  | { readonly ok: true; readonly message: InboundMessage }
  | { readonly ok: false; readonly reason: "timeout" | "memory" | "crash"; readonly detail: string };

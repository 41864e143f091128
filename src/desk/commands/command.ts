/** A command as it was understood. `line` is the line it stood on, cleaned, for receipts and questions. */
import type { AgentKey, Assignment, DepartmentKey, Priority } from "../types.ts";

export type ParsedCommand = { readonly line: string } & (
  | {
      readonly name: "close" | "reopen" | "pending" | "take" | "note" | "help" | "undo" | "now" | "confirm";
    }
  | { readonly name: "assign"; readonly to: "me" | Assignment }
  | { readonly name: "dept"; readonly to: DepartmentKey }
  | { readonly name: "priority"; readonly to: Priority }
  | { readonly name: "tag" | "untag"; readonly tags: readonly string[] }
);

/** Who and what can be named in a command. Only what is active. */
export type Known = {
  readonly agents: readonly { readonly key: AgentKey; readonly name: string; readonly emails?: readonly string[] }[];
  readonly departments: readonly { readonly key: DepartmentKey; readonly name: string }[];
};

export type CommandReading =
  | {
      readonly kind: "ok";
      readonly commands: readonly ParsedCommand[];
      /** The reply, or the note when `asNote`: the text without the command lines. Unchanged when there were none. */
      readonly body: string;
      readonly asNote: boolean;
    }
  | {
      readonly kind: "stop";
      /** The line that stopped everything. */
      readonly line: string;
      /** Why, in a sentence for the agent. */
      readonly why: string;
      /** What was probably meant, as it should be written: `#close`. */
      readonly suggestion?: string;
      /** The full text, untouched. */
      readonly body: string;
    };

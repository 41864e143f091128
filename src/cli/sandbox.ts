/** `postern sandbox`: placeholder until its author's file arrives. */
import type { AddCommand } from "./context.ts";

export const sandboxCommand: AddCommand = () => undefined;

/** html-to-text 10 ships no types; this is the part that is used here. */
declare module "html-to-text" {
  export type Selector = { selector: string; format?: string; options?: Record<string, unknown> };
  export type Options = {
    wordwrap?: number | false | null;
    selectors?: Selector[];
    limits?: { maxInputLength?: number; maxDepth?: number; maxChildNodes?: number };
  };
  export function compile(options?: Options): (html: string) => string;
}

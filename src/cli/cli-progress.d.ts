/** The part of cli-progress 3 that is used here; the package itself brings no types. */
declare module "cli-progress" {
  export type Options = {
    readonly format: string;
    readonly stream: NodeJS.WritableStream;
    readonly clearOnComplete?: boolean;
    readonly barsize?: number;
    readonly linewrap?: boolean;
    readonly barCompleteChar?: string;
    readonly barIncompleteChar?: string;
    readonly etaBuffer?: number;
  };
  export class SingleBar {
    constructor(options: Options);
    start(total: number, startValue: number): void;
    increment(): void;
    stop(): void;
  }
  const cliProgress: { readonly SingleBar: typeof SingleBar };
  export default cliProgress;
}

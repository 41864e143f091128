/** The whole street on SQLite and the embedded queue. The four stacks are files of their own, so that they can run side by side. */
import { street } from "./street.ts";

street({ store: "sqlite", queue: "embedded" });

/** The whole street on every combination of store and queue that is offered. */
import { street } from "./street.ts";

street({ store: "sqlite", queue: "embedded" });
street({ store: "sqlite", queue: "redis" });
street({ store: "postgres", queue: "redis" });
street({ store: "postgres", queue: "postgres" });

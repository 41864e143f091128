/** The whole street on PostgreSQL and Redis. The four stacks are files of their own, so that they can run side by side. */
import { street } from "./street.ts";

street({ store: "postgres", queue: "redis" });

#!/usr/bin/env node
/** The command line. Node 24 runs the TypeScript below as it is; the package brings its own Node, so an older one is told how to get there. */
import module from "node:module";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Postern needs Node 24 and this is ${process.version}. Start it with "npm start" or "npx postern", which use the Node that npm ci installed.`,
  );
  process.exit(70);
}
// Everything that is written here is somebody's mail, or a key: for this user alone.
process.umask(0o077);
// What Node has made of the sources is kept beside the packages: a start, and each thread of the parser, takes half the time.
module.enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/postern", import.meta.url)));
const { main } = await import("../src/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));

/** A world in a process of its own, to be killed: `node world-process.ts DIR` prints its SMTP port. */
import { startWorld } from "../../src/sandbox/world.ts";

const people = ["support@desk.example", "ann@desk.example"].map((address) => ({ address, name: "", password: "x" }));
const world = await startWorld({ dir: process.argv[2]!, authservId: "mail.sandbox.example", people, catchAll: false });
console.log(String(world.smtpPort));

import { expect, it } from "vitest";
import { connect } from "../../src/db/connect.ts";
import { cliWorld } from "./world.ts";

const world = cliWorld();

it("migrate --down refuses while there is mail, and says what it would cost", { timeout: 60_000 }, async () => {
  expect((await world.postern("migrate")).code).toBe(0);
  const db = connect(`sqlite:${world.folder}/postern.db`);
  await db("mailbox").insert({ name: "support", state: "idle", state_at: 1 });
  await db("inbound").insert({
    mailbox_id: 1,
    uid_validity: 1,
    uid: 1,
    received_at: 1,
    stored_at: 1,
    state: "quarantined",
    size: 1,
  });
  await db.destroy();
  const refused = await world.postern("migrate", "--down");
  expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining("1 messages") as string });
  expect((await world.postern("inbound", "list")).code).toBe(0);
  expect((await world.postern("migrate", "--down", "--delete-everything-in-them")).code).toBe(0);
});

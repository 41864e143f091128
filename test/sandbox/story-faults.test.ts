/** The story with a mail server that refuses: it fails at the step whose effect is missing, with the same wiring. */
import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { startGateway } from "../../src/main.ts";
import { ROLE_NAMES } from "../../src/roles/role.ts";
import { openHouse } from "../../src/sandbox/house.ts";
import { openNarrator } from "../../src/sandbox/narrate.ts";
import { sayTo } from "../../src/sandbox/say.ts";
import { watchSeen } from "../../src/sandbox/seen-watch.ts";
import { placeIn } from "../../src/sandbox/settings.ts";
import { takeStock } from "../../src/sandbox/stock.ts";
import { tellStory } from "../../src/sandbox/story.ts";
import { StepFailed } from "../../src/sandbox/story-scene.ts";
import type { SmtpFaults } from "../../src/sandbox/smtp-receiver.ts";
import { atEnd, emptyFolder } from "./story-child.ts";

async function told(faults: SmtpFaults): Promise<{ error: unknown; said: string; missing: number }> {
  const place = placeIn(await emptyFolder());
  let said = "";
  const out = new Writable({
    write(chunk: Buffer, _encoding, taken) {
      said += chunk.toString();
      taken();
    },
  });
  const say = sayTo(out, out);
  const narrator = openNarrator(say, place.logFile);
  const house = await openHouse(
    place,
    async (config, log) => await startGateway(config, ROLE_NAMES, log),
    narrator.log,
  );
  atEnd(house.close);
  const { world, db } = house;
  Object.assign(world.smtp, faults);
  const seen = watchSeen(world.store, db);
  const scene = { ports: world, store: world.store, db, seen, say, patienceMs: 4000 };
  const error = await tellStory(scene).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, said, missing: (await takeStock(db, world.store)).missing };
}

test("a refused acknowledgement fails step 4", async () => {
  const { error, said } = await told({
    smtpRule: (recipient) => (recipient.startsWith("maria@") ? { code: 550, message: "no such person" } : undefined),
  });
  expect(error).toBeInstanceOf(StepFailed);
  expect(error).toMatchObject({ step: 4, expected: "an acknowledgement of NW-1001 in Maria's mailbox" });
  expect((error as StepFailed).saw).toContain("0 mails");
  expect(said).toContain("3 Rule");
  expect(said).not.toContain("4 Maria");
}, 60_000);

test("a mail server that takes nothing from Maria fails step 1, and nothing is missing", async () => {
  const { error, missing } = await told({ dataRule: () => ({ refuse: { code: 451, message: "disk full" } }) });
  expect(error).toMatchObject({ step: 1, expected: "the world's SMTP server takes Maria's mail" });
  expect((error as StepFailed).saw).toContain("disk full");
  expect(missing).toBe(0);
}, 60_000);

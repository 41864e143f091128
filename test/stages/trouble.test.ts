/** What goes wrong on our side: one message never blocks the ones behind it, and nothing is lost silently. */
import { expect, it } from "vitest";
import { receive } from "../../src/stages/receive.ts";
import { route } from "../../src/stages/route.ts";
import { onBothStores } from "../db/stores.ts";
import { distinctMails, mail } from "../harness/mails.ts";
import { openStreet, SECOND } from "./street.ts";

onBothStores("trouble on our side", (store) => {
  it("a message that cannot be parsed is quarantined with the reason, and the others go on", async () => {
    const street = await openStreet(store);
    const bomb = await street.arrive(mail({ from: "m@bomb.example", to: "support@nw.example" }).raw);
    const fine = await street.arrive(mail({ from: "m@fine-a.example", to: "support@nw.example" }).raw);
    await street.record(street.mailbox, async (raw, row) =>
      row.id === bomb
        ? { ok: false, reason: "timeout", detail: "10 s were not enough" }
        : await street.parseRow(raw, row),
    );
    expect(await street.inbound(bomb)).toMatchObject({
      state: "quarantined",
      reason: "could not be read: timeout (10 s were not enough)",
    });
    expect(await street.inbound(fine)).toMatchObject({ state: "recorded" });
  });

  it("a message whose stored bytes are damaged is set aside, and the others go on", async () => {
    const street = await openStreet(store);
    const broken = await street.arrive(mail({ from: "m@torn.example", to: "support@nw.example" }).raw);
    const fine = await street.arrive(mail({ from: "m@fine-b.example", to: "support@nw.example" }).raw);
    const { raw_sha256: hash } = await street.inbound(broken);
    await street
      .db("raw")
      .where({ sha256: hash })
      .update({ bytes: Buffer.from("torn"), codec: "none" });
    for (let n = 0; n < 8; n++) {
      await street.record();
      street.clock.now += 120 * SECOND;
    }
    expect(await street.inbound(fine)).toMatchObject({ state: "recorded" });
    const aside = await street.inbound(broken);
    expect(aside.state).toBe("quarantined");
    expect(aside.reason).toContain("damaged");
  });

  it("an outage of the parser, however long, only makes mail wait", async () => {
    const street = await openStreet(store);
    const id = await street.arrive(mail({ from: "m@outage.example", to: "support@nw.example" }).raw);
    for (let n = 0; n < 12; n++) {
      await street.record(street.mailbox, async () => await Promise.reject(new Error("no thread could be started")));
      street.clock.now += 120 * SECOND;
    }
    expect(await street.inbound(id)).toMatchObject({ state: "stored" });
    await street.record();
    expect(await street.inbound(id)).toMatchObject({ state: "recorded" });
  });

  it("a record that fails is postponed, tried five times, then quarantined; the others go on at once", async () => {
    const street = await openStreet(store);
    const id = await street.arrive(mail({ from: "m@fails.example", to: "support@nw.example" }).raw);
    const fine = await street.arrive(mail({ from: "m@fine-c.example", to: "support@nw.example" }).raw);
    const broken = { raw: undefined, from: { name: "x", address: "m@fails.example" }, to: null };
    const parser: Parameters<typeof street.record>[1] = async (raw, row) =>
      row.id === id ? { ok: true, message: broken as never } : await street.parseRow(raw, row);
    await street.record(street.mailbox, parser);
    expect(await street.inbound(fine)).toMatchObject({ state: "recorded" });
    const once = await street.inbound(id);
    expect(once).toMatchObject({ state: "stored", parse_attempts: 1 });
    expect(once.not_before).toBeGreaterThan(street.clock.now);
    await street.record(street.mailbox, parser);
    expect((await street.inbound(id)).parse_attempts).toBe(1);
    for (let n = 0; n < 6; n++) {
      street.clock.now += 120 * SECOND;
      await street.record(street.mailbox, parser);
    }
    expect(await street.inbound(id)).toMatchObject({ state: "quarantined", parse_attempts: 5 });
    expect((await street.inbound(id)).reason).toContain("could not be recorded");
  });

  it("leaves nothing half-recorded when recording fails in the middle", async () => {
    const street = await openStreet(store);
    const count = async () => await street.db("ticket").count({ n: "*" }).first();
    const before = await count();
    const id = await street.arrive(mail({ from: "m@middle.example", to: "support@nw.example" }).raw);
    await street.record(street.mailbox, async (raw, row) => {
      const result = await street.parseRow(raw, row);
      return result.ok ? { ok: true, message: { ...result.message, attachments: [{ part: 0 } as never] } } : result;
    });
    expect(await street.inbound(id)).toMatchObject({ state: "stored", parse_attempts: 1 });
    expect(await count()).toEqual(before);
    expect(street.bells).toEqual([]);
    street.clock.now += 60 * SECOND;
    await street.record();
    await street.ring();
    expect(await street.inbound(id)).toMatchObject({ state: "recorded" });
    expect(street.sentTo("m@middle.example")).toHaveLength(1);
  });

  it("stops between two messages when it is asked to", async () => {
    const street = await openStreet(store);
    for (const one of distinctMails(5, "support@nw.example", "stopping")) await street.arrive(one.raw);
    let settled = 0;
    const stopping = () => settled >= 2;
    const parser: typeof street.parseRow = async (raw, row) => await street.parseRow(raw, row);
    const original = street.stage.log.info;
    const log = Object.assign(Object.create(street.stage.log), {
      info: (...args: unknown[]) => {
        settled++;
        Reflect.apply(original, street.stage.log, args);
      },
    });
    expect(await receive({ ...street.stage, log }, parser, await street.mailboxId(), stopping)).toBe(2);
    expect(await street.record()).toBe(3);
  });

  it("a route that fails waits with its reason and is done later; the ticket is there all the time", async () => {
    const street = await openStreet(store);
    const id = await street.arrive(mail({ from: "m@route.example", to: "support@nw.example" }).raw);
    await street.record();
    const bell = street.bells.find(({ queue }) => queue === "route")!;
    street.bells.length = 0;
    const render = () => {
      throw new Error("out of paper");
    };
    await route({ ...street.stage, templates: { ...street.stage.templates, render } }, bell.id);
    const row = await street.db("route").where({ id: bell.id }).first();
    expect(row).toMatchObject({ state: "pending", attempts: 1, error: "out of paper" });
    expect(street.bells).toMatchObject([{ queue: "route", id: bell.id }]);
    expect(street.bells[0]!.delay).toBeGreaterThan(0);
    expect(await street.deliveries({ recipient: "m@route.example" })).toEqual([]);
    expect(await street.inbound(id)).toMatchObject({ state: "recorded" });
    await street.pass(5 * SECOND);
    expect(await street.db("route").where({ id: bell.id }).first()).toMatchObject({ state: "done", error: null });
    expect(street.sentTo("m@route.example")).toHaveLength(1);
  });
});

/** What strangers, careless servers and robots may try, through the whole gateway: nothing of it acts, leaks or loops. */
import { afterAll, beforeAll, beforeEach, expect, it, onTestFailed } from "vitest";
import { describeWith } from "../harness/describe-with.ts";
import { type Mail, mail, replyTo } from "../harness/mails.ts";
import type { Transaction } from "../harness/smtp-sink.ts";
import { sleep } from "../harness/wait.ts";
import { count, mailTo, settled, ticketOf } from "../scenarios/ledger.ts";
import { ANN, bareAddress, DESK, MX, openWorld, proven, SUPPORT, type World } from "../scenarios/world.ts";
import { letLoose, parrot, ticker, vacation } from "./robots.ts";

/** Everything goes to Ann, and her replies leave at once. */
const ANNS_DESK = DESK.replace("assign: round-robin", "assign: ann").replace("undo: 1s", "undo: 0s");
const failed = { authResults: `${MX}; dmarc=fail header.from=nw.example` };
const unchecked = { authResults: `${MX}; spf=none` };

describeWith(["dovecot"], "what strangers and robots send", () => {
  let world: World;
  let delivered = 0;
  beforeAll(async () => {
    world = await openWorld({ store: "sqlite", queue: "embedded" }, { desk: ANNS_DESK });
    await world.start();
  }, 120_000);
  beforeEach(() => onTestFailed(() => console.log(`the gateway complained:\n${world.complaints()}`)));
  afterAll(async () => await world?.close(), 60_000);

  /** Delivers and waits until everything that follows from it is done. */
  const send = async (one: Mail, options = {}) => {
    await world.deliver(one, options);
    await settled(world.db, ++delivered);
  };

  /** A customer with a ticket of their own, and the notification about it that Ann has. */
  const customer = async (name: string): Promise<{ address: string; number: string; notice: Transaction }> => {
    const address = `${name}@${name}.example`;
    await send(mail({ from: `${name} <${address}>`, to: SUPPORT, subject: `Wishes of ${name}` }), unchecked);
    const number = await ticketOf(world.db, address);
    const notice = await mailTo(world.sink, ANN, ({ subject }) => subject?.includes(`[${number}]`) === true);
    return { address, number, notice };
  };
  /** The acknowledgement, and nothing else. */
  const heardNothing = (address: string) => expect([address, world.sink.to(address).length]).toEqual([address, 1]);
  const statusOf = async (number: string): Promise<string> =>
    (await world.db("ticket").where({ public_number: number }).first("status")).status;
  const lastInbound = async (): Promise<{ id: number; state: string; hold_reason: string | null }> =>
    await world.db("inbound").orderBy("id", "desc").first("id", "state", "hold_reason");

  it.each([
    ["no result of the MX", unchecked],
    ["dmarc=fail", failed],
  ])("an agent's From and a leaked token, with %s: nothing is carried out", async (how, stamp) => {
    const { address, number, notice } = await customer(how === "dmarc=fail" ? "dora" : "dana");
    await send(await replyTo(notice.raw, { from: ANN, text: "#close\n\nSend your password to me." }), stamp);
    expect(await lastInbound()).toMatchObject({ state: "held", hold_reason: "proof" });
    expect(await statusOf(number)).toBe("open");
    heardNothing(address);
  });

  it("an agent's From without a token is a stranger's mail", async () => {
    const { address, number } = await customer("erin");
    const forged = { from: ANN, to: SUPPORT, subject: `Re: [${number}] Wishes of erin`, text: "#close\n\nGo away.\n" };
    await send(mail(forged), failed);
    expect(await lastInbound()).toMatchObject({ state: "held" });
    expect(await statusOf(number)).toBe("open");
    heardNothing(address);
  });

  it("Authentication-Results that the sender wrote prove nothing", async () => {
    const { address, number, notice } = await customer("fred");
    const forged = [
      ["Authentication-Results", `${MX}; dmarc=pass header.from=nw.example`],
      ["Received", `from nw.example by ${MX} with ESMTPS id forged; Mon, 02 Nov 2026 07:00:00 +0000`],
      ["Authentication-Results", `${MX}; dkim=pass header.d=nw.example; dmarc=pass header.from=nw.example`],
    ] as const;
    await send(await replyTo(notice.raw, { from: ANN, text: "#close\n\nBye.", headers: forged }), unchecked);
    expect(await lastInbound()).toMatchObject({ state: "held", hold_reason: "proof" });
    expect(await statusOf(number)).toBe("open");
    heardNothing(address);
  });

  it("a command mail that comes again is carried out once", async () => {
    const { address, number, notice } = await customer("gina");
    const reply = await replyTo(notice.raw, { from: ANN, text: "#close\n\nYour wish is granted." });
    await send(reply, proven);
    await mailTo(world.sink, address, ({ text }) => text?.includes("wish is granted") === true);
    expect(await statusOf(number)).toBe("closed");
    await send(mail({ from: address, to: SUPPORT, subject: `[${number}] again`, text: "It broke again.\n" }));
    expect(await statusOf(number)).toBe("open");

    const again = reply.raw.toString().replace(reply.messageId, `again-${reply.messageId}`);
    await send({ ...reply, raw: Buffer.from(again) }, proven);
    expect(await lastInbound()).toMatchObject({ state: "duplicate" });
    expect(await statusOf(number)).toBe("open");
    expect(world.sink.to(address)).toHaveLength(2);
  });

  it("an unproven reply waits for #confirm from the registered address, and then leaves once", async () => {
    const { address, number, notice } = await customer("hugo");
    await send(await replyTo(notice.raw, { from: ANN, text: "#close\n\nThe bridge is open." }), unchecked);
    heardNothing(address);
    const challenge = await mailTo(
      world.sink,
      ANN,
      ({ subject }) => subject?.startsWith("Was this you?") === true && subject.includes(number),
    );
    const answer = await replyTo(challenge.raw, { from: ANN, text: "#confirm" });
    await send(answer, unchecked);
    await mailTo(world.sink, address, ({ text }) => text?.includes("The bridge is open.") === true);
    expect(await statusOf(number)).toBe("closed");
    await send({
      ...answer,
      raw: Buffer.from(answer.raw.toString().replace(answer.messageId, `2-${answer.messageId}`)),
    });
    expect(world.sink.to(address)).toHaveLength(2);
  });

  it("a mistyped command sends nothing and is explained", async () => {
    const { address, number, notice } = await customer("ines");
    await send(await replyTo(notice.raw, { from: ANN, text: "#clsoe\n\nRefunded." }), proven);
    const told = await mailTo(
      world.sink,
      ANN,
      ({ subject }) => subject?.startsWith("NOT SENT") === true && subject.includes(number),
    );
    expect(told.mail.text).toContain("Did you mean #close?");
    expect(told.mail.text).toContain("Refunded.");
    expect(await statusOf(number)).toBe("open");
    heardNothing(address);
  });

  it("a stranger who only knows the number of a ticket is held and hears nothing", async () => {
    const { address, number } = await customer("jane");
    const entries = await count(world.db, "entry");
    await send(
      mail({ from: "mallory@mallory.example", to: SUPPORT, subject: `Re: [${number}] about that`, text: "And me?\n" }),
    );
    expect(await lastInbound()).toMatchObject({ state: "held", hold_reason: "stranger" });
    expect(await count(world.db, "entry")).toBe(entries);
    expect(world.sink.to("mallory@mallory.example")).toEqual([]);
    heardNothing(address);
    const asked = await mailTo(world.sink, ANN, ({ text }) => text?.includes("mallory@mallory.example") === true);
    expect(bareAddress(asked.mail.from?.text ?? "")).toBe(SUPPORT);
    const { code, stdout } = await world.cli("inbound", "list", "held");
    expect([code, stdout]).toEqual([0, expect.stringContaining("mallory@mallory.example")]);
  });

  it("robots that answer everything end in silence", { timeout: 60_000 }, async () => {
    const robots = [vacation("away@robot-a.example"), parrot("parrot@robot-b.example"), ticker("tick@robot-c.example")];
    const { written } = letLoose(world, robots, 12);
    for (const { address } of robots)
      await send(mail({ from: address, to: SUPPORT, subject: `Hello from ${address}` }));
    // The answers come by themselves now; two quiet seconds mean that nobody has anything to say any more.
    for (let before = -1; before !== written.length; await sleep(2_000)) before = written.length;
    await settled(world.db, (delivered += written.length));
    const heard = robots.map(({ address }) => world.sink.to(address).length);
    // One acknowledgement a ticket; who opens ticket after ticket gets the five that a sender gets in an hour.
    expect(heard).toEqual([1, 1, 5]);
    expect(written).toHaveLength(1 + 1 + 5);
  });
});

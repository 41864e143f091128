/** What the SMTP server may say or not say about a mail to a customer, and who hears of it. */
import { afterAll, beforeAll, beforeEach, expect, it, onTestFailed } from "vitest";
import { describeWith } from "../harness/describe-with.ts";
import { mail } from "../harness/mails.ts";
import { sleep, until } from "../harness/wait.ts";
import { AGENT_TOKEN, mailTo, ticketOf } from "../scenarios/ledger.ts";
import { ANN, DESK, openWorld, SUPPORT, type World } from "../scenarios/world.ts";

type Delivery = { readonly id: number; readonly state: string; readonly attempts: number; readonly not_before: number };

const SECONDS = 1_000;

describeWith(["dovecot"], "what the SMTP server says", () => {
  let world: World;
  beforeAll(async () => {
    const desk = DESK.replace("assign: round-robin", "assign: ann");
    world = await openWorld({ store: "sqlite", queue: "embedded" }, { desk, settings: ["sweep: 1s", "lease_ttl: 2s"] });
    await world.start();
  }, 120_000);
  beforeEach(() => onTestFailed(() => console.log(`the gateway complained:\n${world.complaints()}`)));
  afterAll(async () => await world?.close(), 60_000);

  /** A customer whose acknowledgement ends in one of these states. */
  const acknowledgementOf = async (customer: string, state: string): Promise<Delivery> => {
    await world.deliver(
      mail({ from: customer, to: SUPPORT, subject: `Asked by ${customer}`, text: `I am ${customer}.` }),
    );
    return await until(
      async () => {
        const row: Delivery | undefined = await world
          .db("delivery")
          .where({ kind: "ack", recipient: customer })
          .first();
        return row?.state === state && row.attempts > 0 ? row : undefined;
      },
      { what: `the acknowledgement of ${customer} to be ${state}` },
    );
  };
  const told = async (customer: string) => {
    const number = await ticketOf(world.db, customer);
    const fits = (subject = "") => subject.startsWith("NOT DELIVERED") && subject.includes(number);
    return await mailTo(world.sink, ANN, ({ subject }) => fits(subject));
  };

  it("a refusal ends the delivery, and the agent is told why", async () => {
    const customer = "gone@refused.example";
    world.sink.switches.atRecipient = (to) =>
      to === customer ? { code: 550, message: "5.1.1 nobody of that name" } : undefined;
    const { attempts } = await acknowledgementOf(customer, "rejected");
    expect(attempts).toBe(1);
    const { mail: notice } = await told(customer);
    expect(notice.text).toContain("550 5.1.1 nobody of that name");
  });

  it("a mail that is refused for now waits, visibly", async () => {
    const customer = "later@busy.example";
    world.sink.switches.atRecipient = (to) =>
      to === customer ? { code: 451, message: "4.7.1 try again later" } : undefined;
    const { id, not_before } = await acknowledgementOf(customer, "pending");
    expect(Number(not_before)).toBeGreaterThan(Date.now() + 5 * SECONDS);
    const { stdout } = await world.cli("delivery", "show", String(id));
    expect(stdout).toContain("451 4.7.1 try again later");
  });

  it("a mail whose final reply never came is uncertain and stays so until a human sends it again", async () => {
    const customer = "maybe@dropped.example";
    world.sink.switches.dropBeforeReply = ({ to }) => to.includes(customer);
    const { id } = await acknowledgementOf(customer, "uncertain");
    delete world.sink.switches.dropBeforeReply;
    const { mail: notice } = await told(customer);
    expect(notice.text).toContain("We do not know whether");
    await sleep(3 * SECONDS); // three sweeps
    expect(world.sink.to(customer)).toHaveLength(1);

    const { code } = await world.cli("delivery", "resend", String(id));
    expect(code).toBe(0);
    await until(async () => await world.db("delivery").where({ id, state: "accepted" }).first("id"), {
      what: "the second copy",
    });
    const [first, second] = world.sink.to(customer);
    expect(second!.raw.equals(first!.raw)).toBe(true);
    expect(second!.raw.toString()).not.toMatch(AGENT_TOKEN);
  });
});

/** Two things that happen to a ticket at the same moment, on connections of their own. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { agentLoads } from "../../src/db/agent-load.ts";
import { connect } from "../../src/db/connect.ts";
import { storeDesk } from "../../src/db/desk.ts";
import { insertTicket, lockTicket } from "../../src/db/ticket.ts";
import { mergeTickets } from "../../src/stages/merge.ts";
import { inUnit, type Unit } from "../../src/stages/stage.ts";
import { changeStatus } from "../../src/stages/status.ts";
import { testDesk } from "../db/desks.ts";
import { onBothStores, type Store } from "../db/stores.ts";
import { customerAnswers, openStreet, type Street } from "./street.ts";
import { BY, two } from "./two-tickets.ts";

const AHEAD_MS = 150;
const HELD_MS = 700;

/** Does something in a transaction of another process, which is open while `beside` runs. */
async function whileOpen(
  store: Store,
  street: Street,
  work: (unit: Unit) => Promise<unknown>,
  beside: () => Promise<void>,
) {
  const db = connect(store.url());
  const open = inUnit({ ...street.stage, db }, async (unit) => {
    await work(unit);
    await sleep(HELD_MS);
  });
  await sleep(AHEAD_MS);
  await beside();
  await open;
  await db.destroy();
}

onBothStores("at the same moment", (store) => {
  it("a customer's message that waits for a close opens the ticket again", async () => {
    const street = await openStreet(store);
    const { id } = await street.open({ from: "Maria <maria@fabrikam.example>" });
    const answer = await customerAnswers(street.lastTo("maria@fabrikam.example"), "One more thing.");
    await whileOpen(
      store,
      street,
      async (unit) => changeStatus(unit, await lockTicket(unit.tx, id), { to: "closed", ...BY }),
      async () => void (await street.receive(answer)),
    );
    expect(await street.ticket(id)).toMatchObject({ status: "open", waitingFor: "us" });
  });

  it("a message that waits for a merge arrives in the survivor", async () => {
    const street = await openStreet(store);
    const [one, into] = await two(street);
    const acknowledged = street
      .sentTo(one.customer.address)
      .find(({ message }) => message.subject.includes(one.publicNumber));
    const answer = await customerAnswers(acknowledged!, "One more thing.");
    await whileOpen(
      store,
      street,
      (unit) => mergeTickets(unit, { from: one.id, into: into.id, ...BY }),
      async () => expect((await street.receive(answer)).ticket_id).toBe(into.id),
    );
  });

  it("a desk is applied while agents are picked, whatever order its agents stand in", async () => {
    const street = await openStreet(store);
    const desk = testDesk();
    const turned = { ...desk, agents: Object.fromEntries(Object.entries(desk.agents).toReversed()) };
    const ticket = await street.open({ from: "Maria <maria@home.example>" });
    const db = connect(store.url());
    let applied = 0;
    const picks = Array.from({ length: 4 }, async () => {
      while (applied < 30)
        await inUnit(street.stage, async ({ tx, desk: now, ids }) => {
          await agentLoads(tx, Object.values(now.agents), ticket, ids);
          await sleep(1);
        });
    });
    const applies = (async () => {
      for (; applied < 30; applied++) {
        const next = { ...(applied % 2 ? desk : turned), name: `N${applied}` };
        await db.transaction((tx) => storeDesk(tx, next, "test", applied));
      }
    })();
    await expect(Promise.all([applies, ...picks]).finally(() => (applied = 30))).resolves.toBeDefined();
    await db.destroy();
  });
});

onBothStores("who only refers to a row", (store) => {
  it("waits neither for a ticket in hand nor holds up the desk", async () => {
    const street = await openStreet(store);
    if (store.url().startsWith("sqlite:")) return;
    const said: string[] = [];
    const { id, ...like } = await street.open({ from: "Maria <maria@fabrikam.example>" });
    await whileOpen(
      store,
      street,
      ({ tx }) => lockTicket(tx, id),
      async () => {
        const linked = { ...like, prefix: "NW", linkedTo: id };
        await inUnit(street.stage, async ({ tx, ids, now }) => {
          await tx.raw("set local lock_timeout = '400ms'");
          said.push((await insertTicket(tx, linked, ids, now)).publicNumber);
        });
      },
    );
    await whileOpen(
      store,
      street,
      ({ tx, ids }) =>
        tx("ticket")
          .where({ id })
          .update({ assignee_id: ids.agent.id("ben") }),
      async () => {
        await street.db.transaction(async (tx) => {
          await tx.raw("set local lock_timeout = '400ms'");
          said.push(`version ${await storeDesk(tx, { ...street.desk, name: "Another" }, "test", 1)}`);
        });
      },
    );
    expect(said).toHaveLength(2);
  });
});

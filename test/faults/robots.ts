/** Mailing robots: they answer every mail that the sink has for them, at once and for ever. */
import { type Mail, mail, replyTo } from "../harness/mails.ts";
import { SUPPORT, type World } from "../scenarios/world.ts";

export type Robot = { readonly address: string; answer(received: Buffer): Promise<Mail> };

/** An honest one: its answers say what they are (RFC 3834). */
export const vacation = (address: string): Robot => ({
  address,
  answer: async (received) =>
    await replyTo(received, {
      from: `Away <${address}>`,
      text: "I am away until Monday.",
      headers: [["Auto-Submitted", "auto-replied"]],
    }),
});

/** A careless one: it answers as a person would. */
export const parrot = (address: string): Robot => ({
  address,
  answer: async (received) =>
    await replyTo(received, { from: `Parrot <${address}>`, text: "Thank you for your mail!" }),
});

/** The worst kind: every answer is new mail with a subject of its own, which answers nothing. */
export const ticker = (address: string): Robot => {
  let count = 0;
  return {
    address,
    answer: async () =>
      mail({
        from: `Ticker <${address}>`,
        to: SUPPORT,
        subject: `Case ${++count} was opened for you`,
        text: `Your message ${count} has been received.\n`,
      }),
  };
};

/** Puts robots behind the sink; returns what they wrote so far. `most` answers each, should nobody else stop them. */
export function letLoose({ sink, deliver }: World, robots: readonly Robot[], most: number): { written: Mail[] } {
  const written: Mail[] = [];
  const answers = new Map<string, number>();
  sink.switches.beforeFinal = ({ to, raw }) => {
    const robot = robots.find(({ address }) => to.includes(address));
    const given = answers.get(robot?.address ?? "") ?? 0;
    if (!robot || given >= most) return;
    answers.set(robot.address, given + 1);
    void robot.answer(raw).then((answer) => (written.push(answer), deliver(answer)));
  };
  return { written };
}

/** Settings and small parts that the tests of this folder share. */
import pino from "pino";
import type { SmtpSettings } from "../../src/smtp/send.ts";

export const log = pino({ level: "silent" });

export const settingsFor = (port: number, more: Partial<SmtpSettings> = {}): SmtpSettings => ({
  host: "127.0.0.1",
  port,
  tls: "none",
  name: "postern.test",
  connections: 2,
  timeouts: { connectMs: 1000, greetingMs: 300, socketMs: 400 },
  maxMessagesPerConnection: 100,
  ...more,
});

export const envelope = { from: "desk@nw.example", to: "maria@home.example" };
export const mail = Buffer.from("From: desk@nw.example\r\nSubject: hello\r\n\r\nHello Maria\r\n");

export const yes = { dataStarted: async () => true };

/** Counts how often leave was asked. */
export function counting(answer: boolean | Error = true) {
  let asked = 0;
  return {
    asked: () => asked,
    dataStarted: async () => {
      asked += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

export const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

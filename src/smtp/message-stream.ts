/**
 * The message as a stream whose first read asks for leave.
 *
 * nodemailer pipes the stream only after the server's 354 to DATA, so the first read is the last moment at which
 * nothing of the message has left. A refusal destroys the stream: it never ends, hence no final dot is written.
 */
import { Readable } from "node:stream";

/** `waiting`: not read yet. `asked`: leave was asked. `refused`. `started`: bytes were handed over. `ended`: all of them, the dot may follow. */
export type Progress = "waiting" | "asked" | "refused" | "started" | "ended";

export type MessageStream = {
  readonly stream: Readable;
  progress(): Progress;
  /** Settles when a question that was asked has its answer; at once when none was. Never rejects. */
  answered(): Promise<void>;
  /** Why leave was refused. */
  refusal(): string;
};

const CHUNK = 64 * 1024;

export function messageStream(bytes: Buffer, dataStarted: () => Promise<boolean>): MessageStream {
  let progress: Progress = "waiting";
  let refusal = "";
  let answer: Promise<void> = Promise.resolve();
  let at = 0;

  const refuse = (why: string) => {
    progress = "refused";
    refusal = why;
    stream.destroy(new Error(why));
  };
  const ask = async () => {
    try {
      const leave = await dataStarted();
      if (!leave) return refuse("the delivery is no longer ours to send");
      // The connection may be gone by now; then nothing was sent and nothing will be.
      if (stream.destroyed) return;
      progress = "started";
      handOver();
    } catch (error) {
      if (!stream.destroyed) refuse(`data_started could not be recorded: ${(error as Error).message}`);
    }
  };
  const handOver = () => {
    while (at < bytes.length) {
      const chunk = bytes.subarray(at, (at += CHUNK));
      if (!stream.push(chunk)) break;
    }
    if (at >= bytes.length) {
      progress = "ended";
      stream.push(null);
    }
  };
  const stream = new Readable({
    read() {
      if (progress === "waiting") {
        progress = "asked";
        answer = ask();
      } else if (progress === "started") handOver();
    },
  });
  // nodemailer listens too, but a stream that is destroyed before or after its watch must not throw.
  stream.on("error", () => {});
  return { stream, progress: () => progress, answered: () => answer, refusal: () => refusal };
}

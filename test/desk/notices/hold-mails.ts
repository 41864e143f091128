/** Mails about what is held and what waits, by the names of their golden files. */
import * as holds from "../../../src/desk/notices/notice-holds.ts";
import { reviewNews, reviewRequest } from "../../../src/desk/notices/notice-review.ts";
import type { OutboundMessage } from "../../../src/mail/types.ts";
import { address, desk, NOW, ticket, toDev } from "./notice-world.ts";

const maria = { name: "Maria Santos", address: address("maria@fabrikam.example") };
const newer = { from: maria, at: NOW - 600_000, text: "Forget it, the key was in my bag." };
const asked = { from: "Maria Santos", at: NOW - 3_600_000, text: "Since this morning my password is refused." };

export const holdMails: Record<string, () => OutboundMessage> = {
  "command-not-sent-with-prepared-mails": () =>
    holds.notSent({
      ...toDev,
      inboundId: 17,
      again: true,
      text: "#clsoe Refunded.",
      line: "#cloes",
      why: '"#cloes" is not a command',
      suggestion: "#close",
      answers: [
        { type: "#close", meaning: "this line is right" },
        { type: "#confirm", meaning: "it is text, send it" },
      ],
    }),
  "please-confirm": () =>
    holds.question({
      ...toDev,
      inboundId: 17,
      question: "zoe@else.example will read every answer in NW-48201 from now on",
      text: "#cc zoe@else.example",
    }),
  "please-confirm-newer-message": () =>
    holds.question({
      ...toDev,
      inboundId: 17,
      reminder: true,
      question: "Maria Santos has written once more since the message that you answered",
      newer,
      text: "We send a locksmith.",
    }),
  "newer-message": () => holds.newerMessage({ ...toDev, newer, text: "We send a locksmith.", undoSeconds: 60 }),
  "waiting-reply": () =>
    holds.replyWaits({
      ...toDev,
      writer: desk.agents["ann"]!,
      heldAt: NOW - 7_200_000,
      why: '"#clsoe" is not a command',
      line: "#clsoe",
      text: "#clsoe\n\nRefunded.",
    }),
  "review-request": () =>
    reviewRequest({
      ...toDev,
      ticket,
      inboundId: 17,
      trainee: "ann",
      asked,
      text: "Your account was locked.",
      commands: ["#close", "#tag access"],
      files: ["steps.pdf"],
    }),
  "review-news": () =>
    reviewNews({
      ...toDev,
      heading: "NOT SENT",
      outcome: "Ann Lee has read your answer and nothing was sent. Write anew in answer to this mail",
      said: "Please ask for the room first.",
      text: "Dont know.",
    }),
};

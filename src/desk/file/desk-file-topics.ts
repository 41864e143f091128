/** `topics:` between the desk file and `Topic`. */
import type { z } from "zod";
import { choice, flag, list, section, text } from "../../yaml/fields.ts";
import { reference, tagFields, tagsOf, type DeskNames } from "./desk-file-names.ts";
import { given, oneOrList, some } from "./desk-file-shape.ts";
import { PRIORITIES, type Topic } from "../types.ts";

export const topicSection = (names: DeskNames) =>
  section(
    {
      title: text("a title", "the title that people read, e.g. Login and access", 100),
      department: reference("department", names.department).optional(),
      priority: choice(PRIORITIES).optional(),
      sla: reference("sla", names.sla).optional(),
      words: list(text("a word", "words or phrases of a subject, e.g. [log in, password]", 100)).default([]),
      mailbox: list(text("a mailbox", "the name of a mailbox of postern.yaml, e.g. support", 100)).default([]),
      portal: flag().default(false),
      template: reference("canned", names.canned).optional(),
      ...tagFields(),
    },
    ["assign", "form"],
  );

export function toTopic(key: string, file: z.output<ReturnType<typeof topicSection>>): Topic {
  const { title, department, priority, sla, template } = file;
  return {
    key,
    title,
    ...given({ department, priority, sla, template }),
    tags: tagsOf(file),
    words: [...new Set(file.words)],
    mailboxes: [...new Set(file.mailbox)],
    portal: file.portal,
    active: true,
  };
}

/** A topic as the desk file writes it. */
export const writeTopic = (topic: Topic) => ({
  title: topic.title,
  department: topic.department,
  priority: topic.priority,
  sla: topic.sla,
  words: some(topic.words),
  mailbox: oneOrList(topic.mailboxes),
  portal: topic.portal ? true : undefined,
  template: topic.template,
  tags: some(topic.tags),
});

/** `departments:` between the desk file and `Department`. */
import type { z } from "zod";
import { address } from "../../yaml/address-field.ts";
import { choice, list, section } from "../../yaml/fields.ts";
import { assignField, receiver, toAudience, writeAssign, writeAudience, type Addresses } from "./desk-file-assign.ts";
import { defaultName, defaultTell } from "./desk-file-defaults.ts";
import { liquidText } from "./desk-file-liquid.ts";
import { daysField, nameField, reference, type DeskNames } from "./desk-file-names.ts";
import { given, some, someKeys } from "./desk-file-shape.ts";
import { SIGNATURE_VARIABLES } from "../notices/notice-reply.ts";
import { PRIORITIES, type Agent, type Audience, type Department } from "../types.ts";

export const departmentSection = (names: DeskNames) => {
  const tell = () => list(receiver(names.agent, "none")).optional();
  return section(
    {
      name: nameField("Billing").optional(),
      address: address("support@example.com"),
      also: list(address("help@example.com")).default([]),
      assign: assignField(names.agent).default({ strategy: "none" }),
      sla: reference("sla", names.sla).optional(),
      priority: choice(PRIORITIES).optional(),
      tell: section({
        new: tell(),
        customer_reply: tell(),
        assigned: tell(),
        overdue: tell(),
        agent_reply: tell(),
        note: tell(),
      }).prefault({}),
      reopen: daysField("30d").optional(),
      close_pending: daysField("7d", 1).optional(),
      signature: liquidText(
        "a signature",
        "{{ agent.first_name }}, Northwind Support",
        2_000,
        SIGNATURE_VARIABLES,
      ).optional(),
    },
    ["closed", "note", "closure", "templates", "language"],
  );
};

export function toDepartment(
  key: string,
  file: z.output<ReturnType<typeof departmentSection>>,
  agents: Addresses,
): Department {
  const standard = defaultTell(file.assign);
  const told = <U extends Audience | undefined>(receivers: readonly string[] | undefined, usual: U): Audience | U =>
    receivers === undefined ? usual : toAudience(receivers, agents);
  return {
    key,
    name: file.name ?? defaultName(key),
    address: file.address,
    also: file.also,
    assign: file.assign,
    ...given({
      sla: file.sla,
      priority: file.priority,
      reopenDays: file.reopen,
      closePendingDays: file.close_pending,
    }),
    tell: {
      new: told(file.tell.new, standard.new),
      customer_reply: told(file.tell.customer_reply, standard.customer_reply),
      assigned: told(file.tell.assigned, standard.assigned),
      overdue: told(file.tell.overdue, standard.overdue),
      ...given({ agent_reply: told(file.tell.agent_reply, undefined), note: told(file.tell.note, undefined) }),
    },
    signature: file.signature ?? "",
    active: true,
  };
}

/** A department as the desk file writes it. */
export const writeDepartment = (one: Department, agents: Readonly<Record<string, Agent>>) => ({
  name: one.name === defaultName(one.key) ? undefined : one.name,
  address: one.address,
  also: some(one.also),
  assign: writeAssign(one.assign),
  sla: one.sla,
  priority: one.priority,
  tell: writeTell(one, agents),
  reopen: one.reopenDays === undefined ? undefined : `${one.reopenDays}d`,
  close_pending: one.closePendingDays === undefined ? undefined : `${one.closePendingDays}d`,
  signature: one.signature === "" ? undefined : one.signature,
});

function writeTell(one: Department, agents: Readonly<Record<string, Agent>>): object | undefined {
  const standard = defaultTell(one.assign);
  const write = (audience: Audience | undefined, usual?: Audience): unknown =>
    audience === undefined || audience.join() === usual?.join() ? undefined : writeAudience(audience, agents);
  return someKeys({
    new: write(one.tell.new, standard.new),
    customer_reply: write(one.tell.customer_reply, standard.customer_reply),
    assigned: write(one.tell.assigned, standard.assigned),
    overdue: write(one.tell.overdue, standard.overdue),
    agent_reply: write(one.tell.agent_reply),
    note: write(one.tell.note),
  });
}

/** `organizations:` between the desk file and `Organization`. */
import type { z } from "zod";
import { isFreemail } from "../../mail/address.ts";
import { domain } from "../../yaml/address-field.ts";
import { choice, list, named, section, text } from "../../yaml/fields.ts";
import { defaultName } from "./desk-file-defaults.ts";
import { nameField, reference, tagFields, tagsOf, type DeskNames } from "./desk-file-names.ts";
import { given, some } from "./desk-file-shape.ts";
import { PRIORITIES, type Organization } from "../types.ts";

/** Everybody may have an address of a freemail provider: it says nothing about where somebody works. */
const ownDomain = () =>
  domain().refine((name) => !isFreemail(name), {
    error: ({ input }) =>
      `${String(input)} is a freemail provider: anybody may write from there. Write a domain of the organization's own.`,
  });

export const organizationSection = (names: DeskNames) =>
  section({
    name: nameField("Fabrikam").optional(),
    domains: list(ownDomain(), 1),
    department: reference("department", names.department).optional(),
    priority: choice(PRIORITIES).optional(),
    sla: reference("sla", names.sla).optional(),
    ...tagFields(),
    attributes: named("an attribute", text("a text", "a text, e.g. gold", 200)).default({}),
  });

export function toOrganization(key: string, file: z.output<ReturnType<typeof organizationSection>>): Organization {
  const { department, priority, sla } = file;
  return {
    key,
    name: file.name ?? defaultName(key),
    domains: [...new Set(file.domains)],
    ...given({ department, priority, sla }),
    tags: tagsOf(file),
    attributes: file.attributes,
    active: true,
  };
}

/** An organization as the desk file writes it. */
export const writeOrganization = (one: Organization) => ({
  name: one.name === defaultName(one.key) ? undefined : one.name,
  domains: one.domains,
  department: one.department,
  priority: one.priority,
  sla: one.sla,
  tags: some(one.tags),
  attributes: Object.keys(one.attributes).length > 0 ? one.attributes : undefined,
});

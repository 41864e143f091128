/** Mistakes about customers that need more than one value to be seen: whose a domain is, when a ticket closes by itself. */
import { canonicalDomain } from "../../mail/address.ts";
import type { Path, Problem } from "../../yaml/problem.ts";
import { CLOSE_WARNING_DAYS } from "./desk-file-defaults.ts";
import { entriesOf, listOf, mapOf, type Keys } from "./desk-file-plain.ts";
import type { Plain } from "../../yaml/source.ts";

/** A domain says to which organization a customer belongs, so it belongs to one. */
export function domains(organizations: readonly [string, Keys][]): Problem[] {
  const owners = new Map<string, string>();
  return organizations.flatMap(([key, one]) =>
    listOf(one["domains"]).flatMap(([value, place]): Problem[] => {
      const domain = typeof value === "string" ? canonicalDomain(value.trim().replace(/^@/, "")) : undefined;
      const owner = domain === undefined ? undefined : owners.get(domain);
      if (domain !== undefined && owner === undefined) owners.set(domain, key);
      if (owner === undefined || owner === key) return [];
      return [
        {
          path: ["organizations", key, "domains", ...place],
          message: `${domain} is already a domain of the organization ${owner}. A domain belongs to one: take it out of one of them.`,
        },
      ];
    }),
  );
}

/** A customer is warned before a ticket closes by itself, so the warning must be the shorter time. */
export function closings(root: Keys): Problem[] {
  const defaults = mapOf(root["defaults"]);
  const warning = days(defaults["close_warning"]) ?? CLOSE_WARNING_DAYS;
  const check = (value: Plain, path: Path): Problem[] => {
    const close = days(value);
    if (close === undefined || close > warning) return [];
    return [
      {
        path,
        message: `is not longer than defaults.close_warning (${warning}d): the customer could not be warned in time. Write more than ${warning}d, or a shorter close_warning.`,
      },
    ];
  };
  return [
    ...check(defaults["close_pending"], ["defaults", "close_pending"]),
    ...entriesOf(root["departments"]).flatMap(([key, one]) =>
      check(one["close_pending"], ["departments", key, "close_pending"]),
    ),
  ];
}

const days = (value: Plain): number | undefined =>
  typeof value === "string" && /^\d{1,4}d$/.test(value) ? Number(value.slice(0, -1)) : undefined;

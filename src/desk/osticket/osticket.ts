/**
 * osTicket -> desk file. Takes the settings of an osTicket database as rows and gives a desk.yaml, with everything that
 * has no equivalent named one by one. Nothing is guessed silently: what is made up, cut or switched off is a remark.
 */
import { RESERVED_AGENT_KEYS } from "../file/desk-file-assign.ts";
import { ALWAYS } from "../file/desk-file-hours.ts";
import { addressOf, keysFor, nameOf, type Draft } from "./osticket-draft.ts";
import { companyName, defaults, prefixFrom, sayPriorities, ticketNumbers, timeZoneOf } from "./osticket-general.ts";
import { agents, isActiveStaff, withAddress } from "./osticket-people.ts";
import {
  addressesByDepartment,
  defaultDepartmentId,
  departmentName,
  departments,
  isActiveDepartment,
} from "./osticket-places.ts";
import { rulesOf } from "./osticket-rules.ts";
import { hasHours, schedules } from "./osticket-schedule.ts";
import { isActivePlan, plans } from "./osticket-sla.ts";
import { configValue, numberOf, OsTicketProblem, rowsOf, type OsTables } from "./osticket-tables.ts";
import {
  cannedTexts,
  domainsOf,
  hasText,
  isActiveTopic,
  organizations,
  topics,
  topicTitle,
} from "./osticket-topics.ts";
import { toYaml, type PlacedRemark } from "./osticket-yaml.ts";

export type OsTicketDesk = {
  /** The desk file. */
  readonly yaml: string;
  readonly remarks: readonly PlacedRemark[];
  /** Entries by section: `{ departments: 3, agents: 5, … }`. */
  readonly counts: Readonly<Record<string, number>>;
};

export type OsTicketOptions = {
  /** Of ticket numbers; made from the company's name when undefined. */
  readonly prefix?: string | undefined;
  /** UTC milliseconds: yearly holidays are written from this year on. */
  readonly now: number;
  /** Name of the dump, for the comment at the top. */
  readonly source: string;
};

/** @throws OsTicketProblem when there is no department or no agent to begin with */
export function deskFromOsTicket(tables: OsTables, options: OsTicketOptions): OsTicketDesk {
  const draft = draftOf(tables, options.now);
  if (draft.keys.department.size === 0 || draft.keys.staff.size === 0)
    throw new OsTicketProblem(
      `it has no active ${draft.keys.department.size === 0 ? "department" : "agent with an address of their own"}. Is ost_${draft.keys.department.size === 0 ? "department" : "staff"} in the dump, with its rows?`,
    );
  const name = companyName(tables);
  const file = fileOf(draft, name, options.prefix ?? sayPrefix(draft, name));
  const head = [
    `Made from the osTicket of ${name} (${options.source}). Nothing is in force before it is applied:`,
    "  postern desk apply THIS-FILE --dry-run",
    "Comments name the row of osTicket that an entry was; LOOK marks what is not quite the same.",
  ].join("\n");
  const { text, remarks } = toYaml(draft, file, head);
  return { yaml: text, remarks, counts: countsOf(file) };
}

/** Keys of everything that is taken over: other sections refer to them. */
function draftOf(tables: OsTables, now: number): Draft {
  const departmentRows = rowsOf(tables, "department").filter((row) => isActiveDepartment(tables, row));
  const taken = new Set(rowsOf(tables, "email").flatMap((row) => addressOf(row) ?? []));
  const staff = withAddress(rowsOf(tables, "staff").filter(isActiveStaff), taken);
  const canned = rowsOf(tables, "canned_response").filter((row) => numberOf(row, "isenabled") === 1 && hasText(row));
  const keys = {
    department: keysFor("department", departmentRows, (row) => departmentName(tables, row)),
    staff: keysFor("staff", staff, (row) => row["username"] ?? nameOf("staff", row), RESERVED_AGENT_KEYS),
    help_topic: keysFor(
      "help_topic",
      rowsOf(tables, "help_topic").filter((row) => isActiveTopic(tables, row)),
      (row) => topicTitle(tables, row),
      ["none"],
    ),
    sla: keysFor("sla", rowsOf(tables, "sla").filter(isActivePlan), (row) => nameOf("sla", row), ["none"]),
    schedule: keysFor(
      "schedule",
      rowsOf(tables, "schedule").filter((row) => hasHours({ tables }, row)),
      (row) => nameOf("schedule", row),
      [ALWAYS],
    ),
    canned_response: keysFor("canned_response", canned, (row) => nameOf("canned_response", row)),
    organization: keysFor(
      "organization",
      rowsOf(tables, "organization").filter((row) => domainsOf(row).length > 0),
      (row) => nameOf("organization", row),
    ),
    team: new Map<string, string>(),
  };
  return { tables, now, timeZone: timeZoneOf(tables), keys, remarks: [], comments: [] };
}

function fileOf(draft: Draft, name: string, prefix: string): Record<string, unknown> {
  const owned = addressesByDepartment(draft);
  sayTimeZone(draft);
  sayEncoding(draft, name);
  sayPriorities(draft);
  const { rules, lists } = rulesOf(draft);
  return {
    name,
    ticket_numbers: ticketNumbers(draft, prefix),
    time_zone: draft.timeZone,
    defaults: defaults(draft, draft.keys.department.get(defaultDepartmentId(draft))!),
    schedules: schedules(draft),
    sla: plans(draft),
    agents: agents(draft, owned),
    departments: departments(draft, owned),
    topics: topics(draft),
    organizations: organizations(draft),
    canned: cannedTexts(draft),
    lists,
    rules,
  };
}

function sayPrefix(draft: Draft, name: string): string {
  const prefix = prefixFrom(name);
  const text = `the prefix ${prefix} was made from the company's name. Write another one, or import again with --prefix.`;
  draft.comments.push({ path: ["ticket_numbers"], text });
  return prefix;
}

function sayTimeZone(draft: Draft): void {
  const zone = configValue(draft.tables, "default_timezone");
  if (zone === draft.timeZone) return;
  const text = `is “${zone}”, which is no time zone; UTC was written. Write yours, e.g. Europe/Berlin.`;
  draft.remarks.push({ table: "config", id: "core", name: "default_timezone", text, path: ["time_zone"] });
}

/** `Ã¼` for ü: a database that was filled through a connection of another character set. */
function sayEncoding(draft: Draft, name: string): void {
  const rows = (["department", "help_topic", "canned_response", "filter"] as const).flatMap((table) =>
    rowsOf(draft.tables, table).map((row) => nameOf(table, row)),
  );
  const odd = [name, ...rows].find((text) => /[ÃÂ][\u0080-\u00bf]|â€/.test(text));
  if (odd === undefined) return;
  const text = `is “${odd}”: texts look as if they had been encoded twice. Make the dump again with --default-character-set=latin1 --skip-set-charset, and import that.`;
  draft.remarks.push({ table: "config", id: "core", name: "a name", text, path: [] });
}

const countsOf = (file: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries(
    ["departments", "agents", "topics", "sla", "schedules", "organizations", "canned", "rules"].map((section) => [
      section,
      Object.keys(file[section] as object).length,
    ]),
  );

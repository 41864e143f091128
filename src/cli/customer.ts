/** `postern customer`: who the customers are, their addresses and organization, and that two of them are one person. */
import type { Db } from "../db/connect.ts";
import { requireDesk } from "../db/desk.ts";
import { listCustomers, personAt, type PersonRow } from "../db/people.ts";
import { historyOf } from "../db/people-tickets.ts";
import { NO_ORGANIZATION, organizationOf } from "../desk/organization.ts";
import type { Desk } from "../desk/types.ts";
import { canonicalAddress } from "../mail/address.ts";
import type { EmailAddress } from "../mail/types.ts";
import { customersToMerge, mergeCustomers, type Regrouped, setCustomer } from "../stages/customer.ts";
import type { Unit } from "../stages/stage.ts";
import {
  type AddCommand,
  Exit,
  type Globals,
  limit,
  print,
  printJson,
  requireConfig,
  table,
  when,
  withStore,
} from "./context.ts";
import { decide } from "./ticket-found.ts";

const BY_DOMAIN = "by-domain";
/** A customer of many years has more tickets than anybody reads. */
const TICKETS_SHOWN = 50;
const collect = (value: string, before: string[]): string[] => [...before, value];
const by = (verb: string) =>
  ({ actor: { kind: "admin" }, cause: { kind: "cli", detail: `postern customer ${verb}` } }) as const;

export const customerCommand: AddCommand = (root, run) => {
  const customer = root.command("customer").description("people who write to the desk");
  customer
    .command("list")
    .option("--limit <N>", "at most so many", "50")
    .option("--json")
    .description("who has tickets, the newest first")
    .action(run(list));
  customer
    .command("show")
    .argument("ADDRESS", "any address of theirs")
    .option("--json")
    .description("one person: addresses, organization, attributes, tickets")
    .action(run(show));
  customer
    .command("set")
    .argument("ADDRESS")
    .option("--name <NAME>")
    .option("--organization <KEY>", `of the desk file, ${NO_ORGANIZATION}, or ${BY_DOMAIN}`)
    .option("--attribute <NAME=VALUE>", "may be repeated; NAME= takes it away", collect, [])
    .option("--address <ADDRESS>", "one more address of theirs; may be repeated", collect, [])
    .description("say what is known of a person")
    .action(run(set));
  customer
    .command("merge")
    .argument("KEEP", "an address of the one who stays")
    .argument("OTHER", "an address of the other")
    .option("--anyway", "though they are not of one organization; it cannot be taken back")
    .option("--dry-run", "only show who would be joined")
    .description("two people are one: addresses, attributes and tickets of OTHER become those of KEEP")
    .action(run(merge));
};

function addressFrom(text: string, option = ""): EmailAddress {
  const address = canonicalAddress(text);
  if (address) return address;
  throw new Exit(2, `${option}"${text}" is no address. Write one such as maria@fabrikam.example.`);
}

async function list(globals: Globals, options: { limit: string; json?: boolean }): Promise<number> {
  const most = limit(options.limit);
  return await withStore(requireConfig(globals), async (db) => {
    const desk = await requireDesk(db);
    const people = await listCustomers(db, most);
    if (options.json) printJson(people.map((person) => ({ ...person, belongsTo: belongsTo(desk, person) })));
    else
      print(
        people.length
          ? table(
              ["name", "organization", "tickets", "addresses"],
              people.map((one) => [
                one.name || "-",
                belongsTo(desk, one) ?? "-",
                `${one.tickets}`,
                one.addresses.join(", "),
              ]),
            )
          : "No customers yet.",
      );
    return 0;
  });
}

/** By the person's own setting, else by the first of their domains that an organization has. */
function belongsTo(desk: Desk, { addresses, organization }: PersonRow): string | null {
  return addresses.map((address) => organizationOf(desk, address, organization)).find((key) => key !== null) ?? null;
}

async function show(globals: Globals, text: string, options: { json?: boolean }): Promise<number> {
  return await withStore(requireConfig(globals), async (db) => {
    const person = await found(db, addressFrom(text));
    const desk = await requireDesk(db);
    const full = {
      ...person,
      belongsTo: belongsTo(desk, person),
      tickets: await historyOf(db, person.addresses, TICKETS_SHOWN),
    };
    if (options.json) printJson(full);
    else describe(desk, full);
    return 0;
  });
}

async function found(db: Db, address: EmailAddress): Promise<PersonRow> {
  const person = await personAt(db, address);
  if (!person) throw new Exit(3, `Nobody is known by ${address}. "postern customer list" shows who has tickets.`);
  return person;
}

type Full = PersonRow & { belongsTo: string | null; tickets: Awaited<ReturnType<typeof historyOf>> };

function describe(desk: Desk, { name, addresses, organization, belongsTo: key, attributes, tickets }: Full): void {
  const how = organization === null ? "by the domain" : "set by hand";
  const group = key === null ? "none" : (desk.organizations[key]?.name ?? key);
  const facts = Object.entries(attributes).map(([one, value]) => `${one}=${value}`);
  print(`${name || "(no name)"}  ${addresses.join(", ")}`);
  print(`organization: ${group}, ${how}; attributes: ${facts.join(", ") || "none"}`);
  if (tickets.length === 0) return print("No tickets.");
  const rows = tickets.map((one) => [one.number, one.status, when(one.openedAt), one.subject]);
  print(`\n${table(["ticket", "status", "opened", "subject"], rows)}`);
}

type SetOptions = { name?: string; organization?: string; attribute: string[]; address: string[] };

async function set(globals: Globals, text: string, options: SetOptions): Promise<number> {
  const address = addressFrom(text);
  const attributes = Object.fromEntries(options.attribute.map(attributeFrom));
  const addresses = options.address.map((one) => addressFrom(one, "--address "));
  const { name, organization } = options;
  const change = {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(organization === undefined ? {} : { organization: organization === BY_DOMAIN ? null : organization }),
    attributes,
    addresses,
  };
  print(done(await decide(globals, (unit) => setCustomer(unit, address, change, by("set")))));
  return 0;
}

function attributeFrom(text: string): [name: string, value: string] {
  const [, name, value] = /^([a-z][a-z0-9_-]{0,59})=(.{0,500})$/.exec(text.trim()) ?? [];
  if (name !== undefined && value !== undefined) return [name, value.trim()];
  throw new Exit(2, `--attribute "${text}": write name=value, the name in lower-case letters, such as contract=gold.`);
}

type MergeOptions = { anyway?: boolean; dryRun?: boolean };

async function merge(globals: Globals, keep: string, other: string, options: MergeOptions): Promise<number> {
  const wanted = { keep: addressFrom(keep), other: addressFrom(other), anyway: options.anyway === true };
  const said = await decide(
    globals,
    async (unit) => {
      if (!options.dryRun) return done(await mergeCustomers(unit, wanted, by("merge")));
      const [one, two] = await customersToMerge(unit, wanted);
      return `${await inShort(unit, one)}\n  would take in\n${await inShort(unit, two)}\nWhere both have a name, an attribute or an organization, the first one's stays. Nothing was changed (--dry-run).`;
    },
    " --anyway joins them nevertheless; --anyway --dry-run shows what would be joined.",
  );
  print(said);
  return 0;
}

async function inShort({ tx }: Unit, { name, addresses, organization, attributes }: PersonRow): Promise<string> {
  const tickets = (await historyOf(tx, addresses, TICKETS_SHOWN)).map(({ number }) => number);
  const facts = Object.entries(attributes).map(([one, value]) => `${one}=${value}`);
  const more = [
    `tickets ${tickets.join(", ") || "none"}`,
    `organization ${organization ?? "by the domain"}`,
    `attributes ${facts.join(", ") || "none"}`,
  ];
  return `${name || "(no name)"}: ${addresses.join(", ")}; ${more.join("; ")}`;
}

function done({ person, tickets }: Regrouped): string {
  const moved = tickets ? ` ${tickets} of their tickets changed the organization.` : "";
  return `${person.name || "(no name)"}: ${person.addresses.join(", ")}.${moved}`;
}

/** Who may do what, by role. One table; asked again at the moment a command is carried out. */
import type { Role } from "./types.ts";

const EVERYONE: readonly Role[] = ["trainee", "agent", "lead", "admin"];
const EXPERIENCED: readonly Role[] = ["agent", "lead", "admin"];

export const PERMISSIONS = {
  reply: EVERYONE,
  note: EVERYONE,
  close: EVERYONE,
  reopen: EVERYONE,
  pending: EVERYONE,
  take: EVERYONE,
  tag: EVERYONE,
  priority: EVERYONE,
  undo: EVERYONE,
  help: EVERYONE,
  confirm: EVERYONE,
  drop: EVERYONE,
  snooze: EVERYONE,
  topic: EVERYONE,
  subject: EVERYONE,
  canned: EVERYONE,
  link: EVERYONE,
  watch: EVERYONE,
  /** Reading what the desk has, and saying when one is there. */
  list: EVERYONE,
  show: EVERYONE,
  presence: EVERYONE,
  open: EVERYONE,
  /** Giving work to others, moving it elsewhere and skipping the wait for #undo ask for some experience. */
  assign: EXPERIENCED,
  department: EXPERIENCED,
  now: EXPERIENCED,
  sla: EXPERIENCED,
  due: EXPERIENCED,
  /** Who reads what: other recipients, and whole threads that move. */
  people: EXPERIENCED,
  merge: EXPERIENCED,
  split: EXPERIENCED,
  wrong: EXPERIENCED,
  spam: EXPERIENCED,
  resend: EXPERIENCED,
  decide: EXPERIENCED,
  block: EXPERIENCED,
  /** Only the reviewer who was asked gets the mail that this answers. */
  review: EXPERIENCED,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** May an agent of this role do this? */
export function may(role: Role, permission: Permission): boolean {
  return PERMISSIONS[permission].includes(role);
}

/** The roles that may, for people: "agent, lead, admin". */
export function rolesFor(permission: Permission): string {
  return PERMISSIONS[permission].join(", ");
}

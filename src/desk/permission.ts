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
  /** Giving work to others, moving it elsewhere and skipping the wait for #undo ask for some experience. */
  assign: EXPERIENCED,
  department: EXPERIENCED,
  now: EXPERIENCED,
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

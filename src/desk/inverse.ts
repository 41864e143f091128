/** Undoing changes. */
import type { CausedChange, Change, Ticket } from "./types.ts";

/** What takes changes of a ticket back: its values of before, last change first. `assigned` = an agent was picked too. */
export function inverseOf(changes: readonly CausedChange[], assigned: boolean, ticket: Ticket): readonly Change[] {
  const back = changes.flatMap(({ change }): Change | Change[] => {
    switch (change.change) {
      case "set-status":
        return {
          change: "set-status",
          to: ticket.status,
          ...(ticket.snoozedUntil !== null && { until: ticket.snoozedUntil }),
          ...(ticket.closedAt !== null && { closedAt: ticket.closedAt }),
        };
      case "set-priority":
        return { change: "set-priority", to: ticket.priority };
      case "set-department":
        // With its plan, which may have followed it: one that was chosen would be taken for the other department's.
        return [
          { change: "set-sla", to: ticket.sla },
          { change: "set-department", to: ticket.department },
        ];
      case "set-topic":
        return { change: "set-topic", to: ticket.topic };
      case "set-sla":
        return { change: "set-sla", to: ticket.sla };
      case "assign":
        return { change: "assign", to: ticket.assignee };
      case "tag":
        return { change: "untag", tag: change.tag };
      case "untag":
        return { change: "tag", tag: change.tag };
      case "watch":
        return { change: "unwatch", who: change.who };
      case "unwatch":
        return { change: "watch", who: change.who };
      case "set-customer":
        return { change: "set-customer", to: ticket.customer };
      case "set-spam":
        return { change: "set-spam", to: ticket.spam };
      case "set-subject":
        return { change: "set-subject", to: ticket.subject };
      case "set-due":
        return { change: "set-due", to: ticket.dueAt };
      case "set-waiting-for":
        return { change: "set-waiting-for", to: ticket.waitingFor };
    }
  });
  return [...(assigned ? [{ change: "assign", to: ticket.assignee } as const] : []), ...back.reverse()];
}

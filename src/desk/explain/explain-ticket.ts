/**
 * Why a ticket is as it is: its messages, the runs of the rules and everybody's changes, in the order in which they
 * happened. Everything is told from what was stored at the time; the desk of today is not asked.
 */
import { explainRoute, type StoredTrace } from "./explain.ts";
import { actorWords, causeWords, eventText, messageOf, moment, type StoryEvent } from "./explain-event.ts";
import type { Ticket, Trigger } from "../types.ts";
import { shorten } from "../words.ts";

export type StoryRoute = {
  readonly trigger: Trigger;
  /** When it was decided, UTC ms; null = the rules have not looked yet. */
  readonly doneAt: number | null;
  readonly createdAt: number;
  readonly trace: StoredTrace | null;
  /** Why the last try failed. */
  readonly error: string | null;
};

/** An inbound row: a message that became an entry, or was held, reported or set aside. */
export type StoryMessage = {
  readonly id: number;
  readonly at: number;
  readonly from: string | null;
  readonly subject: string | null;
  readonly state: string;
  readonly reason: string | null;
};

/** What was said about a due time. */
export type StoryMark = { readonly clock: string; readonly mark: string; readonly dueAt: number; readonly at: number };

export type Story = {
  readonly ticket: Ticket;
  readonly events: readonly StoryEvent[];
  readonly routes: readonly StoryRoute[];
  readonly messages: readonly StoryMessage[];
  readonly marks: readonly StoryMark[];
  readonly pauses: readonly { readonly from: number; readonly to: number | null }[];
  /** Clock rules that hold for the ticket now, and since when. */
  readonly episodes: readonly { readonly rule: string; readonly since: number }[];
};

const SUBJECT_WIDTH = 60;
/** Causes of what a run of the rules changed: its own block tells of it. */
const ROUTING = new Set(["rule", "topic", "organization", "department", "default"]);

/** A block stands between blank lines; single lines follow one another. */
type Moment = { readonly at: number; readonly lines: readonly string[]; readonly block: boolean };

/** The story as lines. @param all also what a run changed one by one, conditions that did not hold, and mail that was sent */
export function ticketStory(story: Story, all: boolean): readonly string[] {
  // Stable: what happened in one moment stays in the order of the events, after the message that caused it.
  const moments = [...otherMessages(story), ...eventsAndRoutes(story, all)].toSorted((a, b) => a.at - b.at);
  const told = moments.flatMap(({ lines, block }, n) =>
    block || (moments[n - 1]?.block ?? true) ? ["", ...lines] : lines,
  );
  return [...head(story.ticket), ...told, ...waiting(story.routes), ...clocks(story)];
}

function head(ticket: Ticket): readonly string[] {
  const { publicNumber, subject, status, priority, department, assignee, customer, topic, sla, organization } = ticket;
  const of = [
    topic && `topic ${topic}`,
    sla && `SLA plan ${sla}`,
    organization && `organization ${organization}`,
    ticket.tags.length > 0 && `tags ${ticket.tags.join(" ")}`,
  ].filter(Boolean);
  return [
    `${publicNumber}  ${subject}`,
    `${status}, ${priority}, ${department}, ${assignee ?? "nobody"}; customer ${customer.address}`,
    ...(of.length > 0 ? [of.join(", ")] : []),
  ];
}

/** Each run stands where its changes do: before the first event that it caused, else where its time is. */
function eventsAndRoutes({ events, routes, messages }: Story, all: boolean): readonly Moment[] {
  const done = routes.filter((route) => route.trace !== null && route.doneAt !== null);
  const moments: Moment[] = [];
  let next = 0;
  const tellUntil = (event: StoryEvent) => {
    for (; next < done.length && comesBefore(done[next]!, event); next++) moments.push(routeMoment(done[next]!, all));
  };
  for (const event of events) {
    tellUntil(event);
    if (all || !isDetail(event)) moments.push(eventMoment(event, messages));
  }
  return [...moments, ...done.slice(next).map((route) => routeMoment(route, all))];
}

/** A run and what caused it may share a millisecond: only what the run itself did comes after it then. */
function comesBefore({ doneAt }: StoryRoute, event: StoryEvent): boolean {
  return doneAt! < event.at || (doneAt === event.at && event.actor_kind === "postern" && !isDelivery(event));
}

const isDelivery = ({ cause_kind }: StoryEvent): boolean => cause_kind === "delivery";

/** Told already by the run that did it, or of no weight for the question why. */
function isDetail(event: StoryEvent): boolean {
  if (isDelivery(event) || event.name === "set-waiting-for") return true;
  return event.actor_kind === "postern" && ROUTING.has(event.cause_kind) && event.name !== "assign";
}

function routeMoment({ trigger, doneAt, trace }: StoryRoute, all: boolean): Moment {
  const heading = `${moment(doneAt!)}  rules for "${trigger.replaceAll("_", " ")}", version ${trace!.deskVersion} of the desk`;
  return { at: doneAt!, block: true, lines: [heading, ...explainRoute(trace!, { all, indent: 4 })] };
}

/** What a message did begins a block with the words on the message; everything else is a line. */
function eventMoment(event: StoryEvent, messages: readonly StoryMessage[]): Moment {
  const { at } = event;
  const message = messages.find(({ id }) => id === messageOf(event));
  const what = `${moment(at)}  ${`${eventText(event)} ${actorWords(event)}`.trimEnd()}`;
  if (!message || event.actor_kind === "postern")
    return { at, block: false, lines: [`${what}  (${causeWords(event)})`] };
  const named = message.subject ? ` "${shorten(message.subject, SUBJECT_WIDTH)}"` : "";
  const cause = causeWords(event).replace(/^message \d+/, (words) => `${words}${named}`);
  return { at, block: true, lines: [what, `    ${cause}`] };
}

/** Messages that no event names: held, reports, copies. */
function otherMessages({ events, messages }: Story): readonly Moment[] {
  const named = new Set(events.map(messageOf));
  return messages
    .filter(({ id }) => !named.has(id))
    .map(({ id, at, from, subject, state, reason }) => ({
      at,
      block: true,
      lines: [
        `${moment(at)}  message ${id} from ${from ?? "nobody"}${state === "recorded" ? "" : `, ${state}`}`,
        `    "${shorten(subject ?? "", SUBJECT_WIDTH)}"${reason === null ? "" : `: ${reason}`}`,
      ],
    }));
}

function waiting(routes: readonly StoryRoute[]): readonly string[] {
  return routes
    .filter(({ doneAt }) => doneAt === null)
    .flatMap(({ trigger, createdAt, error }) => [
      "",
      `The rules for "${trigger.replaceAll("_", " ")}" have not looked yet, since ${moment(createdAt)}${error === null ? "" : `: ${error}`}`,
    ]);
}

function clocks({ ticket, marks, pauses, episodes }: Story): readonly string[] {
  const lines = [
    ...dueLine("answer", ticket.respondDueAt, ticket.respondedAt, marks, "respond"),
    ...dueLine("solution", ticket.resolveDueAt, ticket.closedAt, marks, "resolve"),
    ...pauses.map(
      ({ from, to }) => `clock stood still from ${moment(from)} ${to === null ? "on" : `to ${moment(to)}`}`,
    ),
    ...episodes.map(({ rule, since }) => `clock rule "${rule}" holds since ${moment(since)}`),
  ];
  return lines.length === 0 ? [] : ["", "Due times", ...lines.map((line) => `    ${line}`)];
}

function dueLine(
  what: string,
  dueAt: number | null,
  done: number | null,
  marks: readonly StoryMark[],
  clock: string,
): readonly string[] {
  const said = marks
    .filter((mark) => mark.clock === clock)
    .map(({ mark, at, dueAt: due }) => `    ${mark} at ${moment(at)}, when it was due ${moment(due)}`);
  if (dueAt === null) return said;
  const settled = done === null ? "" : `, given ${moment(done)}`;
  return [`${what.padEnd(8)} due ${moment(dueAt)}${settled}`, ...said];
}

/** What went wrong, in words for people and as the kinds that the poller treats differently. */

/** The store could not do its part. The cause is the store's own error. */
export class StoreFailed extends Error {
  override readonly name = "StoreFailed";
}

/** The server refused one command (NO or BAD) but the connection lives. */
export class Refused extends Error {
  override readonly name = "Refused";
}

type Facts = { name?: string; message?: string; code?: string; cause?: unknown; reason?: string } & {
  responseText?: string;
  responseStatus?: string;
  authenticationFailed?: boolean;
  serverResponseCode?: string;
  mailboxMissing?: boolean;
  oauthError?: { status?: string };
};
const factsOf = (error: unknown): Facts =>
  typeof error === "object" && error !== null ? (error as Facts) : { message: String(error) };

/** Another poller holds the lease. Known by its name, because the class is the store's. */
export function isLeaseLost(error: unknown): boolean {
  const facts = factsOf(error);
  return facts.name === "LeaseLost" || (facts.cause !== undefined && isLeaseLost(facts.cause));
}

/**
 * The server said no to the credentials. `[UNAVAILABLE]` and `[INUSE]` (RFC 5530 section 3) are troubles of the server
 * that pass, so they are not counted as a refused login.
 */
export function isLoginRefused(error: unknown): boolean {
  const facts = factsOf(error);
  return (
    facts.authenticationFailed === true &&
    !["UNAVAILABLE", "INUSE"].includes(facts.serverResponseCode?.toUpperCase() ?? "")
  );
}

/** A tagged NO or BAD: only this command failed (RFC 9051 section 7.1). */
export function isRefusal(error: unknown): boolean {
  const facts = factsOf(error);
  return facts.name === "Refused" || facts.responseStatus === "NO" || facts.responseStatus === "BAD";
}

/** A literal beyond what we accept was announced; imapflow ends the connection over it. */
export function isLiteralTooLarge(error: unknown): boolean {
  return factsOf(error).code === "LiteralTooLarge";
}

/** One line for people: never a command, as those can carry credentials. */
export function describe(error: unknown): string {
  const facts = factsOf(error);
  if (isLoginRefused(error))
    return `login refused: ${facts.responseText || facts.oauthError?.status || "no reason given"}`;
  if (facts.mailboxMissing) return `the folder does not exist: ${facts.responseText ?? ""}`.trimEnd();
  const said = facts.responseText ?? facts.reason;
  const text = said ? `the server said: ${said}` : facts.message || facts.code || "unknown error";
  const code = facts.code && !text.includes(facts.code) ? ` (${facts.code})` : "";
  const cause = facts.cause === undefined ? "" : `: ${describe(facts.cause)}`;
  return `${text}${code}${cause}`.replaceAll(/\s+/g, " ").slice(0, 300);
}

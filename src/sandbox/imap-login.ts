/** Commands of any state and the ways to log in (RFC 9051 section 6.1, 6.2; RFC 4616; RFC 7628). */
import type { Command, CommandTable, Reply } from "./imap-command.ts";
import { textOf, textsOf } from "./imap-parse.ts";
import type { ImapSession } from "./imap-session.ts";

const MAX_FAILED_LOGINS = 5;

const login = (session: ImapSession, address: string | undefined): Reply => {
  const person = address === undefined ? undefined : session.store.people.get(address);
  if (!person) {
    if (++session.failedLogins >= MAX_FAILED_LOGINS) session.bye("too many failed logins");
    return "NO [AUTHENTICATIONFAILED] Authentication failed.";
  }
  session.person = person;
  return `OK [CAPABILITY ${session.capabilities()}] logged in`;
};

const AUTHENTICATE: Command = {
  state: "any",
  run: async (session, [mechanism, initial]) => {
    if (session.person) return "BAD already logged in";
    const answers = initial ? [textOf(initial)] : [];
    const ask = async (prompt: string): Promise<string | undefined> =>
      answers.shift() ?? (await prompted(session, prompt));
    switch (textOf(mechanism).toUpperCase()) {
      case "PLAIN":
        return await plain(session, ask);
      case "LOGIN":
        return await loginMechanism(session, ask);
      case "XOAUTH2":
      case "OAUTHBEARER":
        return await bearer(session, ask);
      default:
        return "NO unsupported mechanism";
    }
  },
};

type Ask = (prompt: string) => Promise<string | undefined>;

/** A line from the client after a continuation; undefined when it aborts with `*` or goes. */
async function prompted(session: ImapSession, prompt: string): Promise<string | undefined> {
  session.send(`+ ${prompt}`);
  const line = await session.reader.line();
  return typeof line !== "string" || line === "*" ? undefined : line;
}

const ABORTED = "BAD authentication aborted";

/** `=` stands for an empty initial response (RFC 4959). */
const decode = (base64: string): string => (base64 === "=" ? "" : Buffer.from(base64, "base64").toString("utf8"));

async function plain(session: ImapSession, ask: Ask): Promise<Reply> {
  const answer = await ask("");
  if (answer === undefined) return ABORTED;
  const [, address = "", password = ""] = decode(answer).split("\0");
  return login(session, session.context.credentials.byPassword(address, password));
}

async function loginMechanism(session: ImapSession, ask: Ask): Promise<Reply> {
  const address = await ask("VXNlcm5hbWU6");
  const password = address === undefined ? undefined : await ask("UGFzc3dvcmQ6");
  if (address === undefined || password === undefined) return ABORTED;
  return login(session, session.context.credentials.byPassword(decode(address), decode(password)));
}

/** Both bearer forms: `user=ann@x\1auth=Bearer T\1\1` and `n,a=ann@x,\1auth=Bearer T\1\1`. */
async function bearer(session: ImapSession, ask: Ask): Promise<Reply> {
  const answer = await ask("");
  if (answer === undefined) return ABORTED;
  const text = decode(answer);
  const address = /(?:^user=|^n,a=)([^\x01,]+)/.exec(text)?.[1] ?? "";
  const token = /\x01auth=Bearer ([^\x01]+)/i.exec(text)?.[1] ?? "";
  const proven = session.context.credentials.byToken(address, token);
  // The client has to acknowledge the error before it is told NO (RFC 7628 section 3.2.3).
  if (!proven)
    await ask(Buffer.from('{"status":"invalid_token","schemes":"bearer","scope":"mail"}').toString("base64"));
  return login(session, proven);
}

export const LOGIN_COMMANDS: CommandTable = {
  CAPABILITY: {
    state: "any",
    run: (session) => {
      session.send(`* CAPABILITY ${session.capabilities()}`);
      return "OK done";
    },
  },
  NOOP: { state: "any", run: () => "OK done" },
  ID: {
    state: "any",
    run: (session) => {
      session.send('* ID ("name" "Postern sandbox")');
      return "OK done";
    },
  },
  LOGOUT: {
    state: "any",
    run: (session) => {
      session.send("* BYE until next time");
      return "OK bye";
    },
  },
  LOGIN: {
    state: "any",
    run: (session, [address, password]) => {
      if (session.person) return "BAD already logged in";
      return login(session, session.context.credentials.byPassword(textOf(address), textOf(password)));
    },
  },
  AUTHENTICATE,
  ENABLE: {
    state: "authenticated",
    run: (session, args) => {
      const wanted = args.flatMap(textsOf).some((name) => /^condstore$/i.test(name));
      session.condstore ||= wanted;
      session.send(`* ENABLED${wanted ? " CONDSTORE" : ""}`);
      return "OK done";
    },
  },
};

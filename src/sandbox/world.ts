/**
 * The closed mail world of the sandbox: SMTP in, IMAP out, people with mailboxes, all on loopback and in one folder.
 * Nothing sent here can leave the machine.
 */
import { mkdirSync } from "node:fs";
import { type Credentials, credentialsOf, type PersonOptions } from "./credentials.ts";
import { startImapServer, type ImapServer } from "./imap-server.ts";
import { MailStore } from "./mail-store.ts";
import { type SentMail, type SmtpFaults, type SmtpReceiver, startSmtpReceiver } from "./smtp-receiver.ts";

export type WorldOptions = {
  /** Where the mailboxes are kept; made when missing. One world at a time may use it. */
  readonly dir: string;
  /** 0 or undefined takes a free port. */
  readonly imapPort?: number;
  readonly smtpPort?: number;
  /** The name of the world's mail server in Authentication-Results and Received (RFC 8601 section 2.5). */
  readonly authservId: string;
  readonly people: readonly PersonOptions[];
  /** True: mail to an unknown address makes a mailbox with the password "postern". False: it is refused with 550. */
  readonly catchAll: boolean;
  /** Whose inbox gets the mail to an alias; undefined = the recipient's own. */
  readonly inboxFor?: (recipient: string) => Promise<string | undefined>;
  readonly log?: (line: string) => void;
};

export type World = {
  readonly imapPort: number;
  readonly smtpPort: number;
  readonly store: MailStore;
  /** For tests: faults and kicks. */
  readonly imap: ImapServer;
  readonly smtp: SmtpFaults;
  /** Hears of every accepted SMTP transaction, once it is on disk. Returns how to stop listening. */
  readonly onMail: (listener: (mail: SentMail) => void) => () => void;
  readonly close: () => Promise<void>;
};

/** Opens the mailboxes in `dir` and starts both servers. Rejects when a port is taken or the journal is damaged. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { people, catchAll, log = () => {} } = options;
  mkdirSync(options.dir, { recursive: true });
  const store = new MailStore(options.dir);
  for (const person of people) store.addPerson(person.address);
  await store.settled();
  const credentials = credentialsOf(people, store, catchAll);
  const listeners = new Set<(mail: SentMail) => void>();
  const accepted = (mail: SentMail): void => {
    for (const listener of listeners) tell(listener, mail, log);
  };
  const { imap, smtp } = await startServers(options, { store, credentials, accepted, log });
  return {
    imapPort: imap.port,
    smtpPort: smtp.port,
    store,
    imap,
    smtp: smtp.faults,
    onMail: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await Promise.all([imap.close(), smtp.close()]);
      await store.close();
    },
  };
}

type Shared = {
  readonly store: MailStore;
  readonly credentials: Credentials;
  readonly accepted: (mail: SentMail) => void;
  readonly log: (line: string) => void;
};

/** Starts both servers or none; the mailboxes are closed when one cannot start. */
async function startServers(options: WorldOptions, shared: Shared): Promise<{ imap: ImapServer; smtp: SmtpReceiver }> {
  const { authservId, catchAll, inboxFor, imapPort = 0, smtpPort = 0 } = options;
  let imap: ImapServer | undefined;
  try {
    imap = await startImapServer({ ...shared, port: imapPort });
    const smtp = await startSmtpReceiver({ ...shared, authservId, catchAll, inboxFor, port: smtpPort });
    return { imap, smtp };
  } catch (error) {
    await imap?.close();
    await shared.store.close();
    throw error;
  }
}

/** A listener that throws must not make the sender believe that the message was not taken. */
function tell(listener: (mail: SentMail) => void, mail: SentMail, log: (line: string) => void): void {
  try {
    listener(mail);
  } catch (error) {
    log(`a listener of the world failed: ${String(error)}`);
  }
}

/** The configuration in the words of the poller, of the sender and of the stages. */
import type { Config, MailboxConfig, SmtpConfig } from "../config/types.ts";
import type { MailboxSettings } from "../imap/poller.ts";
import { loopMarkOf } from "../mail/token.ts";
import type { SmtpSettings } from "../smtp/send.ts";
import type { StageSettings } from "../stages/stage.ts";

/** Bytes fetched and committed together; a larger single message is a batch of its own. */
const BATCH_BYTES = 16_000_000;
/** Servers close or throttle connections that send too much. */
const MESSAGES_PER_CONNECTION = 200;

export function mailboxSettings(config: MailboxConfig): MailboxSettings {
  const { name, host, port, tls, ca, user, password, accessToken, folder, after, pollMs, maxBytes, batch } = config;
  return {
    name,
    host,
    port,
    tls,
    ca: ca?.pem,
    user,
    password,
    accessToken,
    folder,
    pollMs,
    maxBytes,
    batchMessages: batch,
    batchBytes: BATCH_BYTES,
    after: typeof after === "string" ? { action: after } : { action: "move", to: after.move },
  };
}

export function smtpSettings(config: SmtpConfig): SmtpSettings {
  const { host, port, tls, ca, user, password, accessToken, connections, ehloName, timeouts } = config;
  return {
    host,
    port,
    tls,
    ca: ca?.pem,
    user,
    password,
    accessToken,
    connections,
    name: ehloName,
    maxMessagesPerConnection: MESSAGES_PER_CONNECTION,
    timeouts: { connectMs: timeouts.connectMs, greetingMs: timeouts.greetingMs, socketMs: timeouts.replyMs },
  };
}

export function stageSettings(config: Config, key: Buffer): StageSettings {
  return {
    key,
    agentProof: config.policies.agentProof,
    loopMark: loopMarkOf(key),
    leaseTtlMs: config.leaseTtlMs,
    plusAddressing: (mailbox) => config.mailboxes[mailbox]?.plusAddressing ?? true,
    addressOf: (mailbox) => config.mailboxes[mailbox]?.address,
    ...(config.web?.url !== undefined && { webUrl: config.web.url }),
  };
}

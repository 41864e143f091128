/** The configuration as `postern check` prints it: every key with the value in force, secrets masked. */
import { stringify } from "yaml";
import { maskUrl, MASK } from "../yaml/problem.ts";
import { formatDuration, formatSize } from "../yaml/units.ts";
import type { Config, MailboxConfig, SmtpConfig } from "./types.ts";

/** YAML in the format of postern.yaml. Passwords, tokens and passwords inside URLs read as dots. */
export function effectiveConfig(config: Config): string {
  const mailboxes = Object.entries(config.mailboxes).map(([name, mailbox]) => [name, mailboxKeys(mailbox)]);
  return stringify(
    {
      data_dir: config.dataDir,
      database: maskUrl(config.database),
      queue: maskUrl(config.queue),
      key_file: config.keyFile,
      templates: config.templates ?? undefined,
      languages: [...config.languages],
      mailboxes: Object.fromEntries(mailboxes),
      smtp: smtpKeys(config.smtp),
      web: config.web ?? "off",
      trusted_authserv_id: config.trustedAuthservId,
      mx_host: config.mxHost,
      dkim: config.dkim,
      policies: { agent_proof: config.policies.agentProof },
      lease_ttl: formatDuration(config.leaseTtlMs),
      sweep: formatDuration(config.sweepMs),
      clock: formatDuration(config.clockMs),
      log: config.log,
      parser: {
        threads: config.parser.threads,
        memory: formatSize(config.parser.memoryBytes),
        time: formatDuration(config.parser.timeMs),
        legacy_charset: config.parser.legacyCharset,
      },
      workers: config.workers,
    },
    { lineWidth: 0 },
  );
}

const serverKeys = (server: MailboxConfig | SmtpConfig) => ({
  host: server.host,
  port: server.port,
  tls: server.tls,
  ca: server.ca?.file,
  user: server.user,
  password: server.password === undefined ? undefined : MASK,
  access_token: server.accessToken === undefined ? undefined : MASK,
});

const mailboxKeys = (mailbox: MailboxConfig) => ({
  ...serverKeys(mailbox),
  folder: mailbox.folder,
  after: typeof mailbox.after === "string" ? mailbox.after : `move to ${mailbox.after.move}`,
  poll: formatDuration(mailbox.pollMs),
  max_size: formatSize(mailbox.maxBytes),
  plus_addressing: mailbox.plusAddressing,
  address: mailbox.address,
  batch: mailbox.batch,
});

const smtpKeys = (smtp: SmtpConfig) => ({
  ...serverKeys(smtp),
  connections: smtp.connections,
  ehlo_name: smtp.ehloName,
  timeouts: {
    connect: formatDuration(smtp.timeouts.connectMs),
    greeting: formatDuration(smtp.timeouts.greetingMs),
    reply: formatDuration(smtp.timeouts.replyMs),
  },
});

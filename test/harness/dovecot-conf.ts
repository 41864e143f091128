/** The configuration of a private Dovecot 2.3: loopback, plain passwords, Maildir, no account of the machine involved. */

export type DovecotPlan = {
  readonly folder: string;
  readonly imapPort: number;
  readonly lmtpPort: number;
  /** Who Dovecot is inside: root drops to Debian's accounts, anybody else stays who they are. */
  readonly accounts: { readonly internal: string; readonly internalGroup: string; readonly login: string };
  readonly mailOwner: { readonly user: string; readonly group: string };
  /** Port of an RFC 7662 introspection endpoint; turns XOAUTH2 and OAUTHBEARER on. */
  readonly oauthPort?: number;
  readonly extraConf?: string;
};

/** The text of dovecot.conf. */
export function dovecotConf(plan: DovecotPlan): string {
  return [base(plan), authentication(plan), storage(plan), services(plan), plan.extraConf ?? ""].join("\n");
}

/** The text of the OAuth file that the passdb above names. */
export const oauthConf = (port: number): string => `
introspection_mode = auth
introspection_url = http://127.0.0.1:${port}/introspect
username_attribute = email
active_attribute = active
active_value = true
`;

const base = ({ folder, accounts }: DovecotPlan) => `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
default_internal_user = ${accounts.internal}
default_internal_group = ${accounts.internalGroup}
default_login_user = ${accounts.login}
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 200
`;

// A wrong password is answered at once: the penalty of anvil and of auth would be a minute of waiting in the tests.
const authentication = ({ folder, oauthPort, mailOwner }: DovecotPlan) => `
disable_plaintext_auth = no
auth_mechanisms = plain login${oauthPort ? " xoauth2 oauthbearer" : ""}
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = username_format=%Lu ${folder}/users
}
${oauthPort ? `passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${folder}/oauth2.conf.ext\n}` : ""}
userdb {
  driver = static
  args = uid=${mailOwner.user} gid=${mailOwner.group} home=${folder}/mail/%Lu
}
`;

const storage = (_plan: DovecotPlan) => `
mail_location = maildir:~/Maildir
mail_fsync = never
recipient_delimiter = +
namespace inbox {
  inbox = yes
  separator = /
}
protocol lmtp {
  postmaster_address = postmaster@dovecot.example
}
`;

const services = ({ imapPort, lmtpPort }: DovecotPlan) => `
service imap-login {
  chroot =
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${lmtpPort}
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`;

import type { Locale, OrganizationRole } from '@hikyaku/types';
import { formatDateTime } from './format-date-time.ts';
import { oneLine } from './one-line.ts';
import { roleText } from './role-text.ts';

export type Mail = { subject: string; text: string };

export type Invitation = {
  organizationName: string;
  inviterName: string;
  role: OrganizationRole;
  url: string;
  /** ISO 8601 with its offset. */
  expiresAt: string;
  /** The organization's; an IANA name. Default `Asia/Tokyo`. */
  timeZone?: string;
};

/** The mail that asks a person into an organization. Plain text; the address stands alone on its line. */
export function invitationMail(invitation: Invitation, locale: Locale): Mail {
  const { role, url, expiresAt, timeZone = 'Asia/Tokyo' } = invitation;
  const values: Values = {
    organization: oneLine(invitation.organizationName),
    inviter: oneLine(invitation.inviterName),
    role: roleText(role, locale),
    url,
    until: `${formatDateTime(expiresAt, locale, timeZone)}${locale === 'ja' ? '' : ' '}(${timeZone})`,
  };
  return locale === 'ja' ? inJapanese(values) : inEnglish(values);
}

type Values = { organization: string; inviter: string; role: string; url: string; until: string };

function inJapanese({ organization, inviter, role, url, until }: Values): Mail {
  return {
    subject: `【Hikyaku】${organization}への招待`,
    text: `${inviter}さんから、${organization}のHikyakuに招待されました。
Hikyakuは、ファイルを安全に送り、取り込みの結果を確かめるためのサービスです。

権限: ${role}
有効期限: ${until}

次のリンクを開き、パスワードを設定してください。
${url}

お心当たりのない場合は、このメールを破棄してください。何も登録されません。
`,
  };
}

function inEnglish({ organization, inviter, role, url, until }: Values): Mail {
  return {
    subject: `[Hikyaku] Invitation to ${organization}`,
    text: `${inviter} invited you to ${organization} on Hikyaku.
Hikyaku carries files safely and shows what became of them.

Role: ${role}
Open until: ${until}

Open this link and choose a password:
${url}

If you did not expect this mail, ignore it. Nothing is registered until you open the link.
`,
  };
}

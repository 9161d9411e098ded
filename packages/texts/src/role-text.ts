import type { Locale, OrganizationRole } from '@hikyaku/types';
import type { ByLocale } from './by-locale.ts';

const texts = {
  uploader: { ja: '送信担当', en: 'Uploader' },
  operator: { ja: '運用担当', en: 'Operator' },
  administrator: { ja: '管理者', en: 'Administrator' },
} satisfies Record<OrganizationRole, ByLocale<string>>;

/** A role's name. */
export function roleText(role: OrganizationRole, locale: Locale): string {
  return texts[role][locale];
}

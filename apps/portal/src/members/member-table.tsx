'use client';

import { roleText } from '@hikyaku/texts';
import type { inferRouterOutputs } from '@trpc/server';
import { useLocale, useTranslations } from 'next-intl';
import { Section } from '../shell/section.tsx';
import type { AppRouter } from '../trpc/app-router.ts';
import styles from './members-page.module.css';

type Member = inferRouterOutputs<AppRouter>['members']['list'][number];

export function MemberTable({ members, me }: { members: readonly Member[]; me: string }) {
  const translate = useTranslations('members');
  const locale = useLocale();
  return (
    <Section title={translate('people')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{translate('name')}</th>
            <th scope="col">{translate('role')}</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.personId}>
              <th scope="row">
                <span className={styles.name}>{member.name}</span>
                {member.personId === me && <span className={styles.you}>{translate('you')}</span>}
                <div className={styles.quiet}>{member.email}</div>
              </th>
              <td className={styles.role}>{roleText(member.role, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

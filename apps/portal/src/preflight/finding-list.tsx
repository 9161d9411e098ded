'use client';

import { describePreflightFinding } from '@hikyaku/texts/preflight';
import type { PreflightFinding } from '@hikyaku/types';
import { IconAlertCircle, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import unseen from '../shell/unseen.module.css';
import styles from './finding-list.module.css';

const icons = { refused: IconAlertCircle, advice: IconAlertTriangle, note: IconInfoCircle } as const;

/** What was found, the gravest first, each with what helps. */
export function FindingList({ findings }: { findings: readonly PreflightFinding[] }) {
  const translate = useTranslations('preflight');
  const locale = useLocale();
  return (
    <ul className={styles.list} aria-label={translate('findings')}>
      {findings.map((finding) => {
        const { what, remedy } = describePreflightFinding(finding, locale);
        const Icon = icons[finding.level];
        return (
          <li key={what} className={styles.finding} data-level={finding.level}>
            <Icon size={20} stroke={1.75} aria-hidden="true" />
            <p>
              <span className={unseen.unseen}>{translate(`level.${finding.level}`)}: </span>
              <span className={styles.what}>{what}</span> {remedy}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

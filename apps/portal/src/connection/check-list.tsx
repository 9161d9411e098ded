'use client';

import { connectionCheckText, describeConnectionFinding } from '@hikyaku/texts/connection';
import type { ConnectionCheck, ConnectionFinding, DoctorState } from '@hikyaku/types';
import { connectionChecks } from '@hikyaku/upload-client/diagnosis';
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDotted,
  IconCircleMinus,
} from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import styles from './connection-findings.module.css';

const icons = {
  ok: IconCircleCheck,
  warn: IconAlertTriangle,
  fail: IconAlertCircle,
  skipped: IconCircleMinus,
} satisfies Record<DoctorState, unknown>;

/** Every check in its order: what it found, that it is being done, or that it is still to come. */
export function CheckList({
  findings,
  current,
}: {
  findings: readonly ConnectionFinding[];
  current: ConnectionCheck | null;
}) {
  const translate = useTranslations('connection');
  return (
    <ul className={styles.checks} aria-label={translate('checks')}>
      {connectionChecks.map((check) => {
        const finding = findings.find((each) => each.check === check);
        return finding ? (
          <Found key={check} finding={finding} />
        ) : (
          <ToCome key={check} check={check} isCurrent={check === current} />
        );
      })}
    </ul>
  );
}

function Found({ finding }: { finding: ConnectionFinding }) {
  const locale = useLocale();
  const { title, state, fact } = describeConnectionFinding(finding, locale);
  const Icon = icons[finding.state];
  return (
    <li className={styles.check} data-state={finding.state}>
      <Icon size={18} aria-hidden="true" />
      <span>{title}</span>
      <span className={styles.state}>{state}</span>
      <span className={styles.fact}>{fact}</span>
    </li>
  );
}

function ToCome({ check, isCurrent }: { check: ConnectionCheck; isCurrent: boolean }) {
  const translate = useTranslations('connection');
  const locale = useLocale();
  const Icon = isCurrent ? IconCircleDotted : IconCircle;
  return (
    <li className={styles.check} data-state={isCurrent ? 'current' : 'to-come'}>
      <Icon size={18} aria-hidden="true" />
      <span>{connectionCheckText(check, locale)}</span>
      <span className={styles.state}>{isCurrent ? translate('looking') : ''}</span>
    </li>
  );
}

'use client';

import { connectionCheckText, type ConnectionReportContext } from '@hikyaku/texts/connection';
import { causesOf, connectionChecks } from '@hikyaku/upload-client/diagnosis';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CauseList } from './cause-list.tsx';
import { CheckList } from './check-list.tsx';
import styles from './connection-findings.module.css';
import { ConnectionReport } from './connection-report.tsx';
import type { ConnectionCheckState } from './use-connection-check.ts';

interface ConnectionFindingsProps {
  check: ConnectionCheckState;
  failure?: ConnectionReportContext['failure'];
  /** Buttons that do what the findings propose. */
  children?: ReactNode;
}

/** What a look at the connection is doing, and what it found: causes first, then each check, then a report to pass on. */
export function ConnectionFindings({ check, failure, children }: ConnectionFindingsProps) {
  const translate = useTranslations('connection');
  const locale = useLocale();
  const { phase, current, findings, endedAt } = check;
  const causes = causesOf(findings);
  const progress = {
    check: current ? connectionCheckText(current, locale) : '',
    done: findings.length + 1,
    count: connectionChecks.length,
  };
  return (
    <div className={styles.whole}>
      <output className={styles.status}>
        {phase === 'idle' && translate('toLookAt')}
        {phase === 'running' && (current ? translate('progress', progress) : translate('starting'))}
        {phase === 'done' && (causes.length > 0 ? translate('found', { count: causes.length }) : translate('well'))}
      </output>
      {phase === 'done' && causes.length > 0 && <CauseList causes={causes} />}
      {phase === 'done' && causes.length === 0 && failure && <p>{translate('wellHint')}</p>}
      {phase === 'done' && children && <div className={styles.actions}>{children}</div>}
      <CheckList findings={findings} current={current} />
      {endedAt && <ConnectionReport findings={findings} endedAt={endedAt} failure={failure} />}
    </div>
  );
}

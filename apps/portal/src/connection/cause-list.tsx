'use client';

import { describeConnectionFinding } from '@hikyaku/texts/connection';
import type { ConnectionFinding } from '@hikyaku/types';
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { useLocale } from 'next-intl';
import styles from './connection-findings.module.css';

/** What is wrong, and what helps; the most probable first. */
export function CauseList({ causes }: { causes: readonly ConnectionFinding[] }) {
  return (
    <ol className={styles.causes}>
      {causes.map((cause) => (
        <Cause key={cause.check} finding={cause} />
      ))}
    </ol>
  );
}

function Cause({ finding }: { finding: ConnectionFinding }) {
  const locale = useLocale();
  const { certainty, cause, remedy } = describeConnectionFinding(finding, locale);
  const Icon = finding.state === 'fail' ? IconAlertCircle : IconAlertTriangle;
  return (
    <li className={styles.cause} data-state={finding.state}>
      <p className={styles.certainty}>
        <Icon size={18} aria-hidden="true" />
        {certainty}
      </p>
      <p className={styles.what}>{cause}</p>
      {remedy && <p>{remedy}</p>}
      <p className={styles.code}>
        <code translate="no">{finding.reason}</code>
      </p>
    </li>
  );
}

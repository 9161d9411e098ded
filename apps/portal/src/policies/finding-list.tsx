'use client';

import { describeFinding, type GrammarFinding, type LintFinding, pageOf, type Severity } from '@hikyaku/policies';
import { IconAlertCircle, IconAlertTriangle, IconBulb, IconCircleCheck, IconLockOpen } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import type { AttachedName } from './attached-policy.ts';
import styles from './finding-list.module.css';
import { goToLine } from './policy-editor.tsx';
import type { ReadPolicy } from './workbench.ts';

const icons = {
  error: IconAlertCircle,
  security: IconLockOpen,
  warning: IconAlertTriangle,
  suggestion: IconBulb,
} as const satisfies Record<Severity, unknown>;

/** What is wrong with a policy, where, and how to mend it. */
export function FindingList({ name, read }: { name: AttachedName; read: ReadPolicy }) {
  const translate = useTranslations('policies');
  const { findings, policy } = read;
  if (findings.length === 0) {
    return (
      <p className={styles.none} data-fine={policy ? true : undefined}>
        {policy && <IconCircleCheck size={18} aria-hidden="true" />}
        {policy ? translate('noFindings') : translate('notAttached')}
      </p>
    );
  }
  return (
    <ul className={styles.findings}>
      {findings.map((finding) => (
        <FoundItem key={`${finding.id} ${finding.pointer}`} finding={finding} name={name} />
      ))}
    </ul>
  );
}

function FoundItem({ finding, name }: { finding: GrammarFinding | LintFinding; name: AttachedName }) {
  const translate = useTranslations('policies');
  const locale = useLocale();
  const { problem, fix } = describeFinding(finding, locale);
  const Icon = icons[finding.severity];
  const page = pageOf(finding);
  const { position } = finding;
  return (
    <li className={styles.finding} data-severity={finding.severity}>
      <p className={styles.kind}>
        <Icon size={18} aria-hidden="true" />
        {translate(`severity.${finding.severity}`)}
        <button type="button" className={styles.line} onClick={() => goToLine(name, position)}>
          {translate('line', { line: position.line })}
        </button>
      </p>
      <p className={styles.problem}>{problem}</p>
      <p className={styles.fix}>{fix}</p>
      {page && (
        <p className={styles.page}>
          <a href={page.url} target="_blank" rel="noreferrer">
            {page.title}
          </a>
          <code translate="no">{finding.id}</code>
        </p>
      )}
    </li>
  );
}

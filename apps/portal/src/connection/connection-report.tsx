'use client';

import { connectionReport, type ConnectionReportContext } from '@hikyaku/texts/connection';
import type { ConnectionFinding } from '@hikyaku/types';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import { Command } from '../shell/command.tsx';
import styles from './connection-findings.module.css';

interface ConnectionReportProps {
  findings: readonly ConnectionFinding[];
  endedAt: Date;
  failure: ConnectionReportContext['failure'];
}

/** For whoever is asked for help: to read before it is passed on, to copy, to save. */
export function ConnectionReport({ findings, endedAt, failure }: ConnectionReportProps) {
  const translate = useTranslations('connection');
  const locale = useLocale();
  const { userAgent } = navigator;
  const context = { at: endedAt, pageOrigin: location.origin, userAgent, ...(failure && { failure }) };
  const text = connectionReport(findings, context, locale);
  return (
    <details className={styles.report}>
      <summary>{translate('report')}</summary>
      <p>{translate('reportHint')}</p>
      <Command label={translate('report')} text={text} />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden="true" />}
        onClick={() => save(text, `hikyaku-connection-${endedAt.toISOString().slice(0, 10)}.txt`)}
      >
        {translate('saveReport')}
      </Button>
    </details>
  );
}

function save(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName });
  link.click();
  URL.revokeObjectURL(url);
}

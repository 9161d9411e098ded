'use client';

import type { ConnectionReportContext } from '@hikyaku/texts/connection';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { ConnectionFindings } from './connection-findings.tsx';
import { useConnectionCheck } from './use-connection-check.ts';

export interface ConnectionPanelProps {
  failure: NonNullable<ConnectionReportContext['failure']>;
  onSendAgain: () => void;
}

/** Why a file could not be sent: begins to look as soon as it is shown. */
export function ConnectionPanel({ failure, onSendAgain }: ConnectionPanelProps) {
  const translate = useTranslations('connection');
  const check = useConnectionCheck();
  const { start } = check;
  useEffect(start, [start]);
  return (
    <ConnectionFindings check={check} failure={failure}>
      <Button size="xs" variant="default" onClick={onSendAgain}>
        {translate('sendAgain')}
      </Button>
      <Button size="xs" variant="default" onClick={start}>
        {translate('again')}
      </Button>
    </ConnectionFindings>
  );
}

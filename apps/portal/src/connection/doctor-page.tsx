'use client';

import { causesOf } from '@hikyaku/upload-client/diagnosis';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import surface from '../shell/section.module.css';
import { PageHeading } from '../shell/page-heading.tsx';
import { ConnectionFindings } from './connection-findings.tsx';
import styles from './doctor-page.module.css';
import { useConnectionCheck } from './use-connection-check.ts';

/** Can files be sent from this device? */
export function DoctorPage() {
  const translate = useTranslations('connection');
  const { start, stop, ...check } = useConnectionCheck();
  const isRunning = check.phase === 'running';
  const answers = {
    idle: translate('question'),
    running: translate('starting'),
    done: causesOf(check.findings).some(({ state }) => state === 'fail') ? translate('no') : translate('yes'),
  };
  return (
    <>
      <div>
        <PageHeading name={translate('title')} answer={answers[check.phase]} />
        <p className={styles.lead}>{translate('lead')}</p>
      </div>
      {/* One button, so that the focus stays where it is. */}
      <Button className={styles.start} variant={isRunning ? 'default' : 'filled'} onClick={isRunning ? stop : start}>
        {translate(isRunning ? 'stop' : check.phase === 'idle' ? 'start' : 'again')}
      </Button>
      <div className={`${surface.surface} ${styles.findings}`}>
        <ConnectionFindings check={check} />
      </div>
    </>
  );
}

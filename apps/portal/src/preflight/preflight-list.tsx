'use client';

import { describePreflightFinding } from '@hikyaku/texts/preflight';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import { useRef } from 'react';
import { Section } from '../shell/section.tsx';
import { HeldMany } from './held-many.tsx';
import { HeldRow } from './held-row.tsx';
import { usePreflight, usePreflightDesk } from './preflight-provider.tsx';
import styles from './preflight-list.module.css';

/** The files about which somebody has to decide, one by one, or as a number where they are many. */
export function PreflightList() {
  const translate = useTranslations('preflight');
  const { held, passed, many } = usePreflight();
  const desk = usePreflightDesk();
  const list = useRef<HTMLDivElement>(null);
  const single = held.filter(({ isOfMany }) => !isOfMany);
  const ofMany = held.filter(({ isOfMany }) => isOfMany);
  /** The button that was pressed is gone with its row: the focus goes to what is left. */
  const decide = (act: () => void) => {
    act();
    requestAnimationFrame(() => (list.current ?? document.querySelector<HTMLElement>('#content'))?.focus());
  };
  return (
    <>
      {passed.length > 0 && <Passed />}
      {(single.length > 0 || ofMany.length > 0 || many) && (
        <Section title={translate('title')}>
          <div ref={list} tabIndex={-1} className={styles.list}>
            {(many !== null || ofMany.length > 0) && (
              <HeldMany
                held={ofMany}
                many={many}
                onLookCloser={(id) => decide(() => desk.lookCloser(id))}
                onSend={(ids) => decide(() => desk.sendAsTheyAre(ids))}
                onDiscard={(ids) => decide(() => desk.discard(ids))}
              />
            )}
            {single.map((one) => (
              <HeldRow
                key={one.id}
                held={one}
                onSend={() => decide(() => desk.sendAsTheyAre([one.id]))}
                onDiscard={() => decide(() => desk.discard([one.id]))}
              />
            ))}
          </div>
        </Section>
      )}
    </>
  );
}

/** Files that were sent and could not be looked into: good to know, and nothing to do. */
function Passed() {
  const translate = useTranslations('preflight');
  const locale = useLocale();
  const { passed, passedCount } = usePreflight();
  const desk = usePreflightDesk();
  return (
    <div className={styles.passed}>
      <ul>
        {passed.map(({ id, fileName, why }) => (
          <li key={id}>
            <strong>{fileName}</strong>{' '}
            {why === 'unseen'
              ? translate('unseen')
              : describePreflightFinding({ code: 'not-looked-into', level: 'note', form: why }, locale).what}
          </li>
        ))}
        {passedCount > passed.length && <li>{translate('passedMore', { count: passedCount - passed.length })}</li>}
      </ul>
      <Button size="compact-sm" variant="subtle" onClick={() => desk.dismissPassed()}>
        {translate('dismiss')}
      </Button>
    </div>
  );
}

'use client';

import { Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { Section } from '../shell/section.tsx';
import { useIsReady } from '../shell/use-is-ready.ts';
import type { AskedRequest, ReadRequest } from './asked-request.ts';
import styles from './policies-page.module.css';

interface RequestFormProps {
  asked: AskedRequest;
  request: ReadRequest;
  /** Several have the same policies of their own. */
  isShared: boolean;
  onAsk: (asked: AskedRequest) => void;
}

/** What is asked of the policies: who does what to what. */
export function RequestForm({ asked, request, isShared, onAsk }: RequestFormProps) {
  const translate = useTranslations('policies.request');
  const isReady = useIsReady();
  const field = (name: 'principals' | 'actions' | 'resources' | 'context') => ({
    label: translate(name),
    description: translate(`${name}Hint`),
    value: asked[name],
    readOnly: !isReady,
    rows: Math.max(2, asked[name].split('\n').length),
    spellCheck: false,
    translate: 'no' as const,
    classNames: { input: styles.code },
    onChange: (event: { currentTarget: { value: string } }) => onAsk({ ...asked, [name]: event.currentTarget.value }),
  });
  const { unknown, unreadContext, isAccountUnread } = request;
  return (
    <Section title={translate('title')}>
      <div className={styles.form}>
        <Textarea
          {...field('principals')}
          error={unknown.length > 0 ? translate('unknown', { names: unknown.join(', ') }) : undefined}
        />
        {isShared && <p className={styles.note}>{translate('shared')}</p>}
        <Textarea {...field('actions')} />
        <Textarea {...field('resources')} />
        <details className={styles.more}>
          <summary>{translate('more')}</summary>
          <div className={styles.inner}>
            <Textarea
              {...field('context')}
              error={
                unreadContext.length > 0 ? translate('unreadContext', { lines: unreadContext.join(', ') }) : undefined
              }
            />
            <TextInput
              label={translate('account')}
              description={translate('accountHint')}
              inputMode="numeric"
              placeholder={isAccountUnread ? undefined : request.resourceAccountId}
              error={isAccountUnread ? translate('unreadAccount') : undefined}
              value={asked.accountId}
              readOnly={!isReady}
              onChange={(event) => onAsk({ ...asked, accountId: event.currentTarget.value })}
            />
          </div>
        </details>
      </div>
    </Section>
  );
}

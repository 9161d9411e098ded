'use client';

import { Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { Section } from '../shell/section.tsx';
import type { AskedRequest, ReadRequest } from './asked-request.ts';
import styles from './policies-page.module.css';

interface RequestFormProps {
  asked: AskedRequest;
  request: ReadRequest;
  onAsk: (asked: AskedRequest) => void;
}

/** What is asked of the policies: who does what to what. */
export function RequestForm({ asked, request, onAsk }: RequestFormProps) {
  const translate = useTranslations('policies.request');
  const field = (name: 'principals' | 'actions' | 'resources' | 'context') => ({
    label: translate(name),
    description: translate(`${name}Hint`),
    value: asked[name],
    rows: Math.max(2, asked[name].split('\n').length),
    spellCheck: false,
    translate: 'no' as const,
    classNames: { input: styles.code },
    onChange: (event: { currentTarget: { value: string } }) => onAsk({ ...asked, [name]: event.currentTarget.value }),
  });
  const { unknown } = request;
  return (
    <Section title={translate('title')}>
      <div className={styles.form}>
        <Textarea
          {...field('principals')}
          error={unknown.length > 0 ? translate('unknown', { names: unknown.join(', ') }) : undefined}
        />
        <Textarea {...field('actions')} />
        <Textarea {...field('resources')} />
        <details className={styles.more}>
          <summary>{translate('more')}</summary>
          <div className={styles.inner}>
            <Textarea {...field('context')} />
            <TextInput
              label={translate('account')}
              description={translate('accountHint')}
              inputMode="numeric"
              maxLength={12}
              placeholder={request.resourceAccountId}
              value={asked.accountId}
              onChange={(event) => onAsk({ ...asked, accountId: event.currentTarget.value })}
            />
          </div>
        </details>
      </div>
    </Section>
  );
}

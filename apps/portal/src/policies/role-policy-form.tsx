'use client';

import { type DeclaredOperation, leastPrivilege, toJson } from '@hikyaku/policies';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { Section } from '../shell/section.tsx';
import styles from './policies-page.module.css';

const doings = ['read-objects', 'list-objects', 'upload-objects', 'delete-objects'] as const;
type Doing = (typeof doings)[number];

/** The smallest policy for what a program does, without JSON. */
export function RolePolicyForm({ onWrite }: { onWrite: (text: string) => void }) {
  const translate = useTranslations('policies.roleForm');
  const [bucket, setBucket] = useState('');
  const [prefix, setPrefix] = useState('');
  const [does, setDoes] = useState<readonly Doing[]>(['read-objects', 'list-objects']);
  const [queueArn, setQueueArn] = useState('');
  const [keyArn, setKeyArn] = useState('');
  const operations: DeclaredOperation[] = [
    ...(bucket.trim() ? does.map((each) => ({ does: each, bucket: bucket.trim(), prefix: prefix.trim() })) : []),
    ...(queueArn.trim() ? [{ does: 'receive-messages' as const, queueArn: queueArn.trim() }] : []),
    ...(keyArn.trim() ? keyOperations(does, keyArn.trim()) : []),
  ];
  const write = (event: SyntheticEvent) => {
    event.preventDefault();
    onWrite(toJson(leastPrivilege(operations).document));
  };
  return (
    <Section title={translate('title')}>
      <form className={styles.form} onSubmit={write}>
        <div className={styles.pair}>
          <TextInput
            label={translate('bucket')}
            autoComplete="off"
            pattern="[a-z0-9.\-]{3,63}"
            value={bucket}
            onChange={(event) => setBucket(event.currentTarget.value)}
          />
          <TextInput
            label={translate('prefix')}
            autoComplete="off"
            placeholder="incoming/"
            value={prefix}
            onChange={(event) => setPrefix(event.currentTarget.value)}
          />
        </div>
        <fieldset className={styles.group}>
          <legend>{translate('does')}</legend>
          {doings.map((each) => (
            <Checkbox
              key={each}
              label={translate(each)}
              checked={does.includes(each)}
              onChange={(event) =>
                setDoes(event.currentTarget.checked ? [...does, each] : does.filter((other) => other !== each))
              }
            />
          ))}
        </fieldset>
        <TextInput
          label={translate('queue')}
          placeholder="arn:aws:sqs:ap-northeast-1:111122223333:arrivals"
          pattern="arn:[a-z\-]+:sqs:.+:\d{12}:.+"
          value={queueArn}
          onChange={(event) => setQueueArn(event.currentTarget.value)}
        />
        <TextInput
          label={translate('key')}
          placeholder="arn:aws:kms:ap-northeast-1:111122223333:key/…"
          pattern="arn:[a-z\-]+:kms:.+:\d{12}:key\/.+"
          value={keyArn}
          onChange={(event) => setKeyArn(event.currentTarget.value)}
        />
        <p className={styles.note}>{translate('replaces')}</p>
        <Button type="submit" disabled={operations.length === 0}>
          {translate('submit')}
        </Button>
      </form>
    </Section>
  );
}

/** What SSE-KMS asks for beside reading and writing. */
function keyOperations(does: readonly Doing[], keyArn: string): DeclaredOperation[] {
  return [
    ...(does.includes('read-objects') ? [{ does: 'decrypt' as const, keyArn }] : []),
    ...(does.includes('upload-objects') ? [{ does: 'encrypt' as const, keyArn }] : []),
  ];
}

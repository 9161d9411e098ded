'use client';

import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { Command } from '../shell/command.tsx';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { Section } from '../shell/section.tsx';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import styles from './keys-page.module.css';

/** Registers the public part of a key that the organization holds. What is private is stopped before it leaves the page. */
export function KeyForm() {
  const translate = useTranslations('keys');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const [label, setLabel] = useState('');
  const [publicKey, setPublicKey] = useState('');
  const [wasPrivate, setWasPrivate] = useState(false);
  const add = useMutation(
    trpc.keys.add.mutationOptions({
      onSuccess: async () => {
        setLabel('');
        setPublicKey('');
        await queryClient.invalidateQueries(trpc.keys.list.pathFilter());
      },
    }),
  );
  const enter = (text: string) => {
    const isPrivate = /AGE-SECRET-KEY-/i.test(text);
    setWasPrivate(isPrivate);
    setPublicKey(isPrivate ? '' : text);
  };
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    add.mutate({ label: label.trim(), publicKey: publicKey.trim() });
  };
  return (
    <Section title={translate('add')}>
      <form className={styles.form} onSubmit={send}>
        <p className={styles.formHint}>{translate('addHint')}</p>
        <Command label={translate('makeOne')} text="age-keygen -o key.txt" />
        <TextInput
          label={translate('label')}
          description={translate('labelHint')}
          autoComplete="off"
          required
          withAsterisk={false}
          maxLength={100}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <TextInput
          label={translate('publicKey')}
          description={translate('publicKeyHint')}
          autoComplete="off"
          spellCheck={false}
          required
          withAsterisk={false}
          maxLength={200}
          value={publicKey}
          error={wasPrivate && translate('wasPrivate')}
          onChange={(event) => enter(event.currentTarget.value)}
        />
        {add.error && <FailureNotice failure={failureOf(add.error)} />}
        <Button type="submit" loading={add.isPending}>
          {translate('submit')}
        </Button>
        <output className={styles.done}>{add.isSuccess && translate('added')}</output>
      </form>
    </Section>
  );
}

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
import { holdsPrivateKey, readKeyText } from './read-key-text.ts';

/** Registers the public part of a key that the organization holds. Nothing but a public key leaves the page as one. */
export function KeyForm() {
  const translate = useTranslations('keys');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const [label, setLabel] = useState('');
  const [publicKey, setPublicKey] = useState('');
  const [objection, setObjection] = useState<{ field: 'label' | 'publicKey'; text: 'wasPrivate' | 'notPublic' }>();
  const add = useMutation(
    trpc.keys.add.mutationOptions({
      onSuccess: async () => {
        setLabel('');
        setPublicKey('');
        await queryClient.invalidateQueries(trpc.keys.list.pathFilter());
      },
    }),
  );
  const enter = (field: 'label' | 'publicKey', text: string) => {
    // What was said of the last one is not about this one.
    if (!add.isPending) add.reset();
    const isPrivate = holdsPrivateKey(text);
    setObjection(isPrivate ? { field, text: 'wasPrivate' } : undefined);
    (field === 'label' ? setLabel : setPublicKey)(isPrivate ? '' : text);
  };
  const objectionTo = (field: 'label' | 'publicKey') => objection?.field === field && translate(objection.text);
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = readKeyText(publicKey);
    if (read.kind === 'public') add.mutate({ label: label.trim(), publicKey: read.publicKey });
    else setObjection({ field: 'publicKey', text: 'notPublic' });
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
          error={objectionTo('label')}
          onChange={(event) => enter('label', event.currentTarget.value)}
        />
        <TextInput
          label={translate('publicKey')}
          description={translate('publicKeyHint')}
          autoComplete="off"
          spellCheck={false}
          required
          withAsterisk={false}
          value={publicKey}
          error={objectionTo('publicKey')}
          onChange={(event) => enter('publicKey', event.currentTarget.value)}
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

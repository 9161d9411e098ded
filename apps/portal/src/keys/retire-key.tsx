'use client';

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import type { Key } from './key-facts.tsx';
import styles from './keys-page.module.css';

/** Retiring a key: asked twice, with what it means. It can be taken back from the list of retired keys. */
export function RetireKey({ value: key, isLast }: { value: Key; isLast: boolean }) {
  const translate = useTranslations('keys');
  const [asking, setAsking] = useState(false);
  const name = key.label ?? key.fingerprint;
  if (asking) return <RetireQuestion name={name} value={key} isLast={isLast} onClose={() => setAsking(false)} />;
  return (
    <Button
      size="xs"
      variant="default"
      className={styles.button}
      aria-label={translate('retireOf', { name })}
      onClick={() => setAsking(true)}
    >
      {translate('retire')}
    </Button>
  );
}

interface RetireQuestionProps {
  name: string;
  value: Key;
  isLast: boolean;
  onClose: () => void;
}

function RetireQuestion({ name, value: { id: keyId, heldBy }, isLast, onClose }: RetireQuestionProps) {
  const translate = useTranslations('keys');
  const question = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone; the answer is not one key away.
  useEffect(() => question.current?.focus(), []);
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const retire = useMutation(
    trpc.keys.retire.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.keys.list.pathFilter()),
    }),
  );
  return (
    <fieldset className={styles.question} aria-label={translate('retireOf', { name })}>
      <p ref={question} tabIndex={-1}>
        {translate('retireMeans', { name })} {translate(`retiredStays.${heldBy}`)} {isLast && translate('retireLast')}
      </p>
      {retire.error && <FailureNotice failure={failureOf(retire.error)} />}
      <div className={styles.answers}>
        <Button size="xs" className={styles.act} loading={retire.isPending} onClick={() => retire.mutate({ keyId })}>
          {translate('retireNow')}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {translate('keep')}
        </Button>
      </div>
    </fieldset>
  );
}

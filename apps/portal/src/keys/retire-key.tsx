'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Question } from '../shell/question.tsx';
import { useTrpc } from '../trpc/context.ts';
import type { Key } from './key-facts.tsx';

/** Retiring a key: asked twice, with what it means. It can be taken back from the list of retired keys. */
export function RetireKey({ value: key, isLast }: { value: Key; isLast: boolean }) {
  const translate = useTranslations('keys');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const retire = useMutation(
    trpc.keys.retire.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.keys.list.pathFilter()),
    }),
  );
  const name = key.label ?? key.fingerprint;
  return (
    <Question
      ask={translate('retire')}
      about={translate('retireOf', { name })}
      yes={translate('retireNow')}
      no={translate('keep')}
      isGrave
      onYes={() => retire.mutateAsync({ keyId: key.id })}
    >
      {translate('retireMeans', { name })} {translate(`retiredStays.${key.heldBy}`)} {isLast && translate('retireLast')}
    </Question>
  );
}

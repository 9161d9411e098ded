'use client';

import type { ApiTokenScope } from '@hikyaku/types';
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { Section } from '../shell/section.tsx';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import type { NewTokenText } from './new-token.tsx';
import { scopes, scopeTextKeys } from './scope-text-keys.ts';
import styles from './tokens-page.module.css';

const lifetimesInDays = [30, 90, 365];
const usualLifetimeInDays = 90;

export function TokenForm({ onMade }: { onMade: (made: NewTokenText) => void }) {
  const translate = useTranslations('tokens');
  const locale = useLocale();
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const { data: datasets } = useSuspenseQuery(trpc.datasets.list.queryOptions());
  const [name, setName] = useState('');
  const [wantedScopes, setWantedScopes] = useState<ApiTokenScope[]>([...scopes]);
  const [isForAll, setIsForAll] = useState(true);
  const [datasetSlugs, setDatasetSlugs] = useState<string[]>([]);
  const [expiresInDays, setExpiresInDays] = useState(usualLifetimeInDays);
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      // The answer holds the token: kept by the page that shows it, and by no cache.
      gcTime: 0,
      onSuccess: async ({ token }, wanted) => {
        onMade({ name: wanted.name, token });
        setName('');
        create.reset();
        await queryClient.invalidateQueries(trpc.tokens.list.pathFilter());
      },
    }),
  );
  const isComplete = wantedScopes.length > 0 && (isForAll || datasetSlugs.length > 0);
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    create.mutate({
      name: name.trim(),
      scopes: wantedScopes,
      datasetSlugs: isForAll ? [] : datasetSlugs,
      expiresInDays,
    });
  };
  return (
    <Section title={translate('create')}>
      <form className={styles.form} onSubmit={send}>
        <TextInput
          label={translate('name')}
          description={translate('nameHint')}
          autoComplete="off"
          required
          withAsterisk={false}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <fieldset className={styles.choices}>
          <legend>{translate('mayDo')}</legend>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              label={translate(`scope.${scopeTextKeys[scope]}`)}
              checked={wantedScopes.includes(scope)}
              onChange={(event) => setWantedScopes(toggled(wantedScopes, scope, event.currentTarget.checked))}
            />
          ))}
        </fieldset>
        <fieldset className={styles.choices}>
          <legend>{translate('datasets')}</legend>
          <Checkbox
            label={translate('everyDataset')}
            checked={isForAll}
            onChange={(event) => setIsForAll(event.currentTarget.checked)}
          />
          {!isForAll &&
            datasets.map((dataset) => (
              <Checkbox
                key={dataset.slug}
                className={styles.inner}
                label={dataset.name[locale]}
                checked={datasetSlugs.includes(dataset.slug)}
                onChange={(event) => setDatasetSlugs(toggled(datasetSlugs, dataset.slug, event.currentTarget.checked))}
              />
            ))}
        </fieldset>
        <NativeSelect
          label={translate('lifetime')}
          description={translate('lifetimeHint')}
          value={expiresInDays}
          onChange={(event) => setExpiresInDays(Number(event.currentTarget.value))}
          data={lifetimesInDays.map((days) => ({ value: String(days), label: translate('days', { days }) }))}
        />
        {create.error && <FailureNotice failure={failureOf(create.error)} />}
        <Button type="submit" loading={create.isPending} disabled={!isComplete}>
          {translate('submit')}
        </Button>
      </form>
    </Section>
  );
}

function toggled<T>(chosen: readonly T[], value: T, isChosen: boolean): T[] {
  return isChosen ? [...chosen, value] : chosen.filter((each) => each !== value);
}

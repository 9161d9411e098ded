'use client';

import { useTranslations } from 'next-intl';
import { lazy, Suspense } from 'react';
import unseen from '../shell/unseen.module.css';
import { usePreflight } from './preflight-provider.tsx';

const PreflightList = lazy(async () => ({ default: (await import('./preflight-list.tsx')).PreflightList }));

/** Between choosing files and sending them: shows those about which somebody has to decide, and nothing otherwise. */
export function PreflightGate() {
  const translate = useTranslations('preflight');
  const { held, passed, many } = usePreflight();
  const asking = held.filter(({ state, isOfMany }) => state === 'asking' && !isOfMany);
  const latest = asking.at(-1);
  return (
    <>
      <output className={unseen.unseen}>{latest && translate('announce', { name: latest.fileName })}</output>
      {(held.length > 0 || passed.length > 0 || many) && (
        <Suspense>
          <PreflightList />
        </Suspense>
      )}
    </>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import unseen from '../shell/unseen.module.css';
import { usePreflight } from './preflight-provider.tsx';

const PreflightList = dynamic(async () => (await import('./preflight-list.tsx')).PreflightList, { ssr: false });

/** Between choosing files and sending them: shows those about which somebody has to decide, and nothing otherwise. */
export function PreflightGate() {
  const translate = useTranslations('preflight');
  const { held, passed, many } = usePreflight();
  const asking = held.filter(({ state, isOfMany }) => state === 'asking' && !isOfMany);
  const latest = asking.at(-1);
  return (
    <>
      <output className={unseen.unseen}>{latest && translate('announce', { name: latest.fileName })}</output>
      {(held.length > 0 || passed.length > 0 || many) && <PreflightList />}
    </>
  );
}

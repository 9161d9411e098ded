'use client';

import { useTranslations } from 'next-intl';
import { createLatePart } from '../shell/create-late-part.ts';
import unseen from '../shell/unseen.module.css';
import { useLatePart } from '../shell/use-late-part.ts';
import { usePreflight, usePreflightDesk } from './preflight-provider.tsx';
import { UnshownFiles } from './unshown-files.tsx';

const list = createLatePart(async () => (await import('./preflight-list.tsx')).PreflightList);

/** Between choosing files and sending them: shows those about which somebody has to decide, and nothing otherwise. */
export function PreflightGate() {
  const translate = useTranslations('preflight');
  const { held, passed, many } = usePreflight();
  const desk = usePreflightDesk();
  const isNeeded = held.length > 0 || passed.length > 0 || many !== null;
  const { part: PreflightList, isMissing } = useLatePart(list, isNeeded);
  const asking = held.filter(({ state }) => state === 'asking');
  const latest = asking.findLast(({ isOfMany }) => !isOfMany);
  return (
    <>
      <output className={unseen.unseen}>{latest && translate('announce', { name: latest.fileName })}</output>
      {isNeeded && PreflightList && <PreflightList />}
      {isMissing && asking.length > 0 && (
        <UnshownFiles
          count={asking.length}
          onShow={() => list.load()}
          onSend={() => desk.sendAsTheyAre(asking.map(({ id }) => id))}
          onDiscard={() => desk.discard(asking.map(({ id }) => id))}
        />
      )}
    </>
  );
}

'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { PageHeading } from '../shell/page-heading.tsx';
import layout from '../shell/sides.module.css';
import { useTrpc } from '../trpc/context.ts';
import { NewToken, type NewTokenText } from './new-token.tsx';
import { TokenForm } from './token-form.tsx';
import { TokenList } from './token-list.tsx';
import styles from './tokens-page.module.css';

/** What scripts carry instead of a session: which there are, and making one. */
export function TokensPage() {
  const translate = useTranslations('tokens');
  const trpc = useTrpc();
  const { data: tokens } = useSuspenseQuery(trpc.tokens.list.queryOptions());
  // Held by this page alone, and gone with it.
  const [made, setMade] = useState<NewTokenText>();
  const working = tokens.filter(({ state }) => state === 'active').length;
  return (
    <>
      <div>
        <PageHeading name={translate('title')} answer={translate('summary', { count: working })} />
        <p className={styles.lead}>
          {translate('lead')} <Link href="/developers">{translate('developers')}</Link>
        </p>
      </div>
      {made && <NewToken key={made.token} made={made} onClose={() => setMade(undefined)} />}
      <div className={layout.sides}>
        <TokenList tokens={tokens} />
        <TokenForm onMade={setMade} />
      </div>
    </>
  );
}

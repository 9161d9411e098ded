'use client';

import { sentenceOfTheDay } from '@hikyaku/texts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useTrpc } from '../trpc/context.ts';

/** The day in one sentence. The server has put its counts into the page. */
export function SentenceOfTheDay() {
  const locale = useLocale();
  const trpc = useTrpc();
  const { data: today } = useSuspenseQuery(trpc.files.today.queryOptions());
  return <>{sentenceOfTheDay(today, locale)}</>;
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useTrpc } from '../trpc/context.ts';

/** As people know a dataset; its slug where it is no longer there. */
export function useDatasetName(slug: string): string {
  const trpc = useTrpc();
  const locale = useLocale();
  const { data: datasets } = useQuery(trpc.datasets.list.queryOptions());
  return datasets?.find((dataset) => dataset.slug === slug)?.name[locale] ?? slug;
}

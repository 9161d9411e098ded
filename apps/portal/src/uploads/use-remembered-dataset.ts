'use client';

import type { DatasetSummary } from '@hikyaku/types';
import { useLocalStorage } from '@mantine/hooks';

/** The dataset chosen last in this browser, if it still exists, else the first. */
export function useRememberedDataset(
  datasets: readonly DatasetSummary[],
): [DatasetSummary | undefined, (slug: string) => void] {
  const [slug, remember] = useLocalStorage<string | null>({ key: 'hikyaku-dataset', defaultValue: null });
  return [datasets.find((dataset) => dataset.slug === slug) ?? datasets[0], remember];
}

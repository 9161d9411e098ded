'use client';

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useTrpcClient } from '../trpc/context.ts';
import type { PreflightSnapshot } from './held-file.ts';
import { createPreflightDesk, type PreflightDesk } from './preflight-desk.ts';
import { stayWithFiles } from './stay-with-files.ts';

const PreflightContext = createContext<PreflightDesk | null>(null);

/** Holds the files that wait for a person's word above the pages, so that none is forgotten on the way to another. */
export function PreflightProvider({ children }: { children: ReactNode }) {
  const api = useTrpcClient();
  const [desk] = useState(() =>
    createPreflightDesk({
      loadRules: (datasetSlug) => api.datasets.readingRules.query({ datasetSlug }),
      // Nobody needs it before the first file.
      openPreflight: async () => (await import('@hikyaku/preflight/browser')).startPreflight(),
    }),
  );
  useEffect(() => stayWithFiles(desk, window), [desk]);
  return <PreflightContext value={desk}>{children}</PreflightContext>;
}

export function usePreflightDesk(): PreflightDesk {
  const desk = useContext(PreflightContext);
  if (!desk) throw new Error('used outside of PreflightProvider');
  return desk;
}

/** What is held as it stands; draws again with each change. */
export function usePreflight(): PreflightSnapshot {
  const desk = usePreflightDesk();
  return useSyncExternalStore(desk.subscribe, desk.getSnapshot, desk.getSnapshot);
}

'use client';

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { stayWhile } from '../shell/stay-while.ts';
import { useTrpcClient } from '../trpc/context.ts';
import type { PreflightSnapshot } from './held-file.ts';
import { createPreflightDesk, type PreflightDesk } from './preflight-desk.ts';

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
  // What is held is in this page alone. Of an ended session sending tells then, with the files.
  useEffect(() => stayWhile(() => isHolding(desk.getSnapshot()), window), [desk]);
  return <PreflightContext value={desk}>{children}</PreflightContext>;
}

function isHolding({ held, many }: PreflightSnapshot): boolean {
  return held.length > 0 || many !== null;
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

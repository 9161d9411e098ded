'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False in what the server draws, and until this page's script has taken it over: what is pressed or typed before is lost. */
export function useIsReady(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

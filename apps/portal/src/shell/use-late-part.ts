'use client';

import { useEffect, useSyncExternalStore } from 'react';
import type { LatePart, LatePartState } from './create-late-part.ts';

/** A part of the page as soon as it is needed and there; null before. */
export function useLatePart<Part>(late: LatePart<Part>, isNeeded: boolean): LatePartState<Part> {
  useEffect(() => {
    if (isNeeded) late.load();
  }, [late, isNeeded]);
  return useSyncExternalStore(late.subscribe, late.getSnapshot, late.getSnapshot);
}

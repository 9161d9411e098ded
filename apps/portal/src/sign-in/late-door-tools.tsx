'use client';

import { lazy, Suspense } from 'react';

const DoorTools = lazy(async () => ({ default: (await import('./door-tools.tsx')).DoorTools }));

/**
 * In a file of their own: every page brings along what it shows when it fails, and would bring these a second time. The
 * rest of the page does not wait for them.
 */
export function LateDoorTools() {
  return (
    <Suspense>
      <DoorTools />
    </Suspense>
  );
}

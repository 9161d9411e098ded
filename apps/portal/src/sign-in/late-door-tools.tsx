'use client';

import { lazy, Suspense } from 'react';

const nothing = () => null;

const DoorTools = lazy(async () => ({
  // They also stand beside what tells of a failure, which must not fail for want of them.
  default: await import('./door-tools.tsx').then(
    (found) => found.DoorTools,
    () => nothing,
  ),
}));

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

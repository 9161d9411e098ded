'use client';

import { useEffect, useState } from 'react';

/** Whole seconds since a moment, counting up each second; null on the server, where nobody watches, and while not asked. */
export function useSecondsSince(iso: string, counting: boolean): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    if (!counting) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [counting]);
  if (!counting || now === null) return null;
  return Math.max(0, Math.floor((now - Date.parse(iso)) / 1000));
}

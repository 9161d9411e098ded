'use client';

import { useEffect, useRef, useState } from 'react';
import type { ChosenFiles } from './chosen-files.ts';
import { filesOfTransfer } from './files-of-transfer.ts';

/**
 * Files and folders may be dropped anywhere on the page. Answers whether some are being dragged over it now, and whether what was dropped
 * is still being looked through: a folder of thousands takes seconds.
 */
export function usePageDrop(onFiles: (chosen: ChosenFiles) => void): { dragging: boolean; reading: boolean } {
  const [dragging, setDragging] = useState(false);
  const [reading, setReading] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  }, [onFiles]);
  useEffect(() => {
    // Each element under the pointer is entered and left in turn; the page is left when all are.
    let depth = 0;
    const set = (next: number) => {
      depth = Math.max(0, next);
      setDragging(depth > 0);
    };
    const stop = new AbortController();
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', handle: (transfer: DataTransfer) => void) => {
      const listen = (event: DragEvent) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        handle(event.dataTransfer);
      };
      document.addEventListener(type, listen, { signal: stop.signal });
    };
    on('dragenter', () => set(depth + 1));
    on('dragleave', () => set(depth - 1));
    on('dragover', (transfer) => {
      transfer.dropEffect = 'copy';
      // What was over the page before its script was there came in unseen.
      if (depth === 0) set(1);
    });
    on('drop', (transfer) => {
      set(0);
      setReading(true);
      void filesOfTransfer(transfer)
        .then((chosen) => latest.current(chosen))
        .finally(() => setReading(false));
    });
    return () => stop.abort();
  }, []);
  return { dragging, reading };
}

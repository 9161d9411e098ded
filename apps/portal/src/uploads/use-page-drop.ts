'use client';

import { useEffect, useRef, useState } from 'react';

/**
 * Files may be dropped anywhere on the page. Answers whether some are being dragged over it now.
 * Folders are left out: a browser hands them over as files without bytes.
 */
export function usePageDrop(onFiles: (files: File[]) => void): boolean {
  const [dragging, setDragging] = useState(false);
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
    });
    on('drop', (transfer) => {
      set(0);
      latest.current(filesOf(transfer));
    });
    return () => stop.abort();
  }, []);
  return dragging;
}

function filesOf(transfer: DataTransfer): File[] {
  return Array.from(transfer.items)
    .filter((item) => item.kind === 'file' && !item.webkitGetAsEntry()?.isDirectory)
    .flatMap((item) => item.getAsFile() ?? []);
}

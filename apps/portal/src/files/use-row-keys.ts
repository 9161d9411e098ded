'use client';

import { type RefObject, useEffect } from 'react';

/** `j` and `k` go down and up the rows of a table; Enter follows the link that has the focus, as everywhere. */
export function useRowKeys(table: RefObject<HTMLTableElement | null>): void {
  useEffect(() => {
    const move = (event: KeyboardEvent) => {
      const step = { j: 1, k: -1 }[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      const links = Array.from(table.current?.querySelectorAll<HTMLElement>('[data-row-link]') ?? []);
      const at = links.findIndex((link) => link === document.activeElement);
      const next = links[at === -1 ? 0 : at + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: 'nearest' });
    };
    document.addEventListener('keydown', move);
    return () => document.removeEventListener('keydown', move);
  }, [table]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, select, textarea'));
}

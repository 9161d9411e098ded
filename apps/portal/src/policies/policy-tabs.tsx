'use client';

import { type GrammarFinding, isGrave, type LintFinding } from '@hikyaku/policies';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { type AttachedName, attachedNames } from './attached-policy.ts';
import styles from './policies-page.module.css';

interface PolicyTabsProps {
  open: AttachedName;
  onOpen: (name: AttachedName) => void;
  marks: (name: AttachedName) => { isAttached: boolean; findings: readonly (GrammarFinding | LintFinding)[] };
  children: ReactNode;
}

/** Which policy is being written. Arrow keys go from one to the next. */
export function PolicyTabs({ open, onOpen, marks, children }: PolicyTabsProps) {
  const translate = useTranslations('policies');
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const count = attachedNames.length;
    const at = (attachedNames.indexOf(open) + step + count) % count;
    onOpen(attachedNames[at] ?? open);
    row.current?.querySelectorAll<HTMLElement>('[role="tab"]')[at]?.focus();
  };
  return (
    <>
      <div ref={row} role="tablist" aria-label={translate('policies')} className={styles.tabs}>
        {attachedNames.map((name) => {
          const { isAttached, findings } = marks(name);
          return (
            <button
              key={name}
              type="button"
              role="tab"
              id={`${id}-${name}`}
              aria-selected={name === open}
              aria-controls={`${id}-panel`}
              tabIndex={name === open ? 0 : -1}
              className={styles.tab}
              data-empty={isAttached ? undefined : true}
              onClick={() => onOpen(name)}
              onKeyDown={move}
            >
              {translate(`kind.${name}`)}
              {findings.length > 0 && (
                <span className={styles.count} data-grave={findings.some(isGrave) || undefined}>
                  <span aria-hidden="true">{findings.length}</span>
                  <span className={styles.unseen}>{translate('findingCount', { count: findings.length })}</span>
                </span>
              )}
            </button>
          );
        })}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open}`}>
        {children}
      </div>
    </>
  );
}

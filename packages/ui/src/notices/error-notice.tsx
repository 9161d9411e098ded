'use client';

import type { ErrorText } from '@hikyaku/texts';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useUiLocale } from '../locale/ui-locale.tsx';
import { uiTexts } from '../locale/ui-texts.ts';
import { Copyable } from './copyable.tsx';
import styles from './error-notice.module.css';

export interface ErrorNoticeProps {
  text: ErrorText;
  code: string;
  referenceId?: string | null | undefined;
  /** Buttons that do what the text proposes. */
  children?: ReactNode;
  /** Read out at once. For what the page already knew when it opened, not. */
  announce?: boolean;
}

/** Something went wrong and a person must act. */
export function ErrorNotice({ text, code, referenceId, children, announce = true }: ErrorNoticeProps) {
  const { locale } = useUiLocale();
  const texts = uiTexts[locale];
  return (
    <div className={styles.notice} role={announce ? 'alert' : undefined}>
      <IconAlertCircle size={20} aria-hidden="true" className={styles.icon} />
      <div className={styles.body}>
        <p className={styles.what}>{text.whatHappened}</p>
        {text.whatBecameOfFile && <p>{text.whatBecameOfFile}</p>}
        <p>{text.whatToDo}</p>
        {children && <div className={styles.actions}>{children}</div>}
        <p className={styles.reference}>
          <span>
            {texts.code} <Copyable label={texts.code} value={code} />
          </span>
          {referenceId && (
            <span>
              {texts.referenceId} <Copyable label={texts.referenceId} value={referenceId} />
            </span>
          )}
        </p>
      </div>
    </div>
  );
}

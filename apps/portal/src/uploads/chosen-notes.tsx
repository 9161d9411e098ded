'use client';

import { useTranslations } from 'next-intl';
import styles from './uploader.module.css';

interface ChosenNotesProps {
  isReading: boolean;
  /** Files of folders that the dataset does not take. */
  leftOut: number;
  unreadable: readonly string[];
}

/** What is said of files that were chosen and are not sent. */
export function ChosenNotes({ isReading, leftOut, unreadable }: ChosenNotesProps) {
  const translate = useTranslations('upload');
  const [first] = unreadable;
  return (
    <>
      <output className={styles.leftOut}>
        {isReading ? translate('readingFolder') : leftOut > 0 && translate('leftOut', { count: leftOut })}
      </output>
      {first !== undefined && (
        <p role="alert" className={styles.leftOut}>
          {translate('unreadable', { name: first, others: unreadable.length - 1 })}
        </p>
      )}
    </>
  );
}

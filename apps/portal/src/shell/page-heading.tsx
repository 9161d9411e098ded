import type { ReactNode } from 'react';
import styles from './page-heading.module.css';

/** What a page answers, in words; above it quietly what the page is called. */
export function PageHeading({ name, answer, children }: { name: ReactNode; answer: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.heading}>
      <div>
        <p className={styles.name}>{name}</p>
        <h1 className={styles.answer}>{answer}</h1>
      </div>
      {children}
    </div>
  );
}

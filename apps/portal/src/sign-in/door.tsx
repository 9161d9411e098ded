import { WordMark } from '@hikyaku/ui';
import type { ReactNode } from 'react';
import styles from './door.module.css';
import { LateDoorTools } from './late-door-tools.tsx';

/** The pages in front of the portal: the word mark, one form, the language; nothing else. */
export function Door({ children }: { children: ReactNode }) {
  return (
    <div className={styles.door}>
      <main className={styles.main}>
        <div className={styles.mark}>
          <WordMark large />
        </div>
        {children}
      </main>
      <footer className={styles.foot}>
        <LateDoorTools />
      </footer>
    </div>
  );
}

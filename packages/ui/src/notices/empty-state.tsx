import type { ReactNode } from 'react';
import { Courier } from '../brand/courier.tsx';
import styles from './empty-state.module.css';

/** There is nothing here yet, and what one can do about it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <Courier size={40} />
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.more}>{children}</div>}
    </div>
  );
}

import styles from './skeleton.module.css';

/** A quiet grey bar where something is about to stand. Both in CSS lengths. */
export function Skeleton({ height, width = '100%' }: { height: string; width?: string }) {
  return <span className={styles.skeleton} style={{ height, width }} aria-hidden="true" />;
}

import styles from './progress-bar.module.css';

/** A thin bar. `value` and `of` in the same unit; more than the whole counts as the whole. */
export function ProgressBar({ label, value, of }: { label: string; value: number; of: number }) {
  return <progress className={styles.bar} aria-label={label} max={Math.max(of, 1)} value={Math.min(value, of)} />;
}

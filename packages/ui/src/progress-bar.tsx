import styles from './progress-bar.module.css';

/** A thin bar. `value` and `of` in the same unit; more than the whole counts as the whole. */
export function ProgressBar({ label, value, of }: { label: string; value: number; of: number }) {
  const percent = of > 0 ? Math.min(100, Math.max(0, (value / of) * 100)) : 0;
  return (
    <div
      className={styles.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
    >
      <div className={styles.filled} style={{ transform: `scaleX(${(percent / 100).toFixed(4)})` }} />
    </div>
  );
}

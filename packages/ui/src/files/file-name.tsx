import { splitFileName } from './split-file-name.ts';
import styles from './file-name.module.css';

/** A file's name on one line, broken in the middle where space is short, so that the extension stays in sight. */
export function FileName({ name }: { name: string }) {
  const { head, tail } = splitFileName(name);
  if (!tail) {
    return (
      <bdi className={styles.name} title={name} translate="no">
        <span className={styles.head}>{head}</span>
      </bdi>
    );
  }
  // In two boxes a screen reader would read two words; it gets the name whole instead.
  return (
    <bdi className={styles.name} title={name} translate="no">
      <span className={styles.unseen}>{head + tail}</span>
      <span className={styles.head} aria-hidden="true">
        {head}
      </span>
      <span className={styles.tail} aria-hidden="true">
        {tail}
      </span>
    </bdi>
  );
}

import { splitFileName } from './split-file-name.ts';
import styles from './file-name.module.css';

/** A file's name on one line, broken in the middle where space is short, so that the extension stays in sight. */
export function FileName({ name }: { name: string }) {
  const { head, tail } = splitFileName(name);
  return (
    <bdi className={styles.name} title={name} translate="no">
      <span className={styles.head}>{head}</span>
      {tail && <span className={styles.tail}>{tail}</span>}
    </bdi>
  );
}

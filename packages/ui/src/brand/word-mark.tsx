import { Courier } from './courier.tsx';
import styles from './word-mark.module.css';

/** The courier and the name, in the reader's script first. */
export function WordMark({ large = false }: { large?: boolean }) {
  return (
    <span className={large ? `${styles.mark} ${styles.large}` : styles.mark}>
      <Courier size={large ? 44 : 28} />
      <span className={styles.name} translate="no">
        Hikyaku
        <span className={styles.kanji} lang="ja">
          飛脚
        </span>
      </span>
    </span>
  );
}

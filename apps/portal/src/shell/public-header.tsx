import { WordMark } from '@hikyaku/ui';
import Link from 'next/link';
import { AppearanceSwitch } from './appearance-switch.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import styles from './public-header.module.css';

/** Above the pages that anybody may read. */
export function PublicHeader() {
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Link href="/" className={styles.home}>
          <WordMark />
        </Link>
        <div className={styles.tools}>
          <LanguageSwitch />
          <span className={styles.appearance}>
            <AppearanceSwitch />
          </span>
        </div>
      </div>
    </header>
  );
}

import { Courier } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type NextLink from 'next/link';
import styles from './not-found-notice.module.css';

/** Also for what exists and isn't theirs to see: the two must not differ. */
export function NotFoundNotice({ link: Link }: { link: typeof NextLink | 'a' }) {
  const translate = useTranslations('notFound');
  return (
    <div className={styles.notice}>
      <Courier size={56} />
      <h1 className={styles.title}>{translate('title')}</h1>
      <p>{translate('lead')}</p>
      <Link href="/">{translate('home')}</Link>
    </div>
  );
}

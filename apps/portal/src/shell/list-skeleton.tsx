import { useTranslations } from 'next-intl';
import styles from './list-skeleton.module.css';
import { Skeleton } from './skeleton.tsx';
import unseen from './unseen.module.css';

const rows = ['62%', '48%', '70%', '55%', '66%', '44%', '58%'];

/** A page of one heading and one list, before its data is there. */
export function ListSkeleton() {
  const translate = useTranslations('common');
  return (
    <div aria-busy="true">
      <h1 className={unseen.unseen}>{translate('loading')}</h1>
      <Skeleton height="20px" width="80px" />
      <div className={styles.heading}>
        <Skeleton height="36px" width="420px" />
      </div>
      <div className={styles.list}>
        {rows.map((width) => (
          <div key={width} className={styles.row}>
            <Skeleton height="16px" width={width} />
          </div>
        ))}
      </div>
    </div>
  );
}

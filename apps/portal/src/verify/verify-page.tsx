import { useTranslations } from 'next-intl';
import { PageHeading } from '../shell/page-heading.tsx';
import { PublicHeader } from '../shell/public-header.tsx';
import { ReceiptChecker } from './receipt-checker.tsx';
import styles from './verify-page.module.css';

/** For whoever was given a receipt: without an account, and without sending anything anywhere. */
export function VerifyPage() {
  const translate = useTranslations('verify');
  return (
    <>
      <PublicHeader />
      <main className={styles.main}>
        <div>
          <PageHeading name={translate('title')} answer={translate('answer')} />
          <p className={styles.lead}>{translate('lead')}</p>
        </div>
        <ReceiptChecker />
      </main>
    </>
  );
}

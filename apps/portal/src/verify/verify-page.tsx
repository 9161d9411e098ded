import { useTranslations } from 'next-intl';
import { PublicPage } from '../shell/public-page.tsx';
import { ReceiptChecker } from './receipt-checker.tsx';

/** For whoever was given a receipt: without an account, and without sending anything anywhere. */
export function VerifyPage() {
  const translate = useTranslations('verify');
  return (
    <PublicPage name={translate('title')} answer={translate('answer')} lead={translate('lead')}>
      <ReceiptChecker />
    </PublicPage>
  );
}

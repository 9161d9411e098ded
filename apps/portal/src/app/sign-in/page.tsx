import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Door } from '../../sign-in/door.tsx';
import styles from '../../sign-in/door.module.css';
import { safeReturnPath } from '../../sign-in/safe-return-path.ts';
import { SignInForm } from '../../sign-in/sign-in-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

export default async function Page({ searchParams }: PageProps<'/sign-in'>) {
  const { next, expired } = await searchParams;
  const translate = await getTranslations('signIn');
  return (
    <Door>
      {expired && <p className={styles.note}>{translate('expired')}</p>}
      <SignInForm returnPath={safeReturnPath(next)} />
    </Door>
  );
}

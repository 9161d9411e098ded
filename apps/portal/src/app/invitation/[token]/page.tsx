import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AcceptForm } from '../../../invitation/accept-form.tsx';
import { FailureNotice } from '../../../shell/failure-notice.tsx';
import styles from '../../../sign-in/door.module.css';
import { Door } from '../../../sign-in/door.tsx';
import { failureOf } from '../../../trpc/failure.ts';
import { serverTrpc } from '../../../trpc/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('invitation'))('title') };
}

export default async function Page({ params }: PageProps<'/invitation/[token]'>) {
  const { token } = await params;
  const { client } = await serverTrpc();
  const translate = await getTranslations('invitation');
  const found = await client.invitations.find.query({ token }).then(
    (invitation) => ({ invitation, failure: null }),
    (error: unknown) => ({ invitation: null, failure: failureOf(error) }),
  );
  return (
    <Door>
      {found.invitation ? (
        <AcceptForm token={token} invitation={found.invitation} />
      ) : (
        <>
          <h1 className={styles.alone}>{translate('title')}</h1>
          <FailureNotice failure={found.failure} />
        </>
      )}
    </Door>
  );
}

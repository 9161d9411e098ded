'use client';

import { roleText } from '@hikyaku/texts';
import { Moment } from '@hikyaku/ui';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { Section } from '../shell/section.tsx';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import styles from './members-page.module.css';

/** Invitations nobody has answered yet; each can be taken back. */
export function OpenInvitations() {
  const translate = useTranslations('members');
  const locale = useLocale();
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const { data: invitations } = useSuspenseQuery(trpc.invitations.list.queryOptions());
  const revoke = useMutation(
    trpc.invitations.revoke.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.invitations.list.pathFilter()),
    }),
  );
  return (
    <Section title={translate('open')}>
      {revoke.error && <FailureNotice failure={failureOf(revoke.error)} />}
      {invitations.length === 0 ? (
        <p className={styles.none}>{translate('noneOpen')}</p>
      ) : (
        <table className={styles.table}>
          <caption className={styles.unseen}>{translate('open')}</caption>
          <tbody>
            {invitations.map(({ invitationId, email, role, expiresAt }) => (
              <tr key={invitationId}>
                <th scope="row">
                  <span className={styles.name}>{email}</span>
                  <div className={styles.quiet}>
                    {roleText(role, locale)} · {translate('expires')} <Moment at={expiresAt} />
                  </div>
                </th>
                <td className={styles.action}>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={translate('revokeOf', { email })}
                    loading={revoke.isPending && revoke.variables.invitationId === invitationId}
                    onClick={() => revoke.mutate({ invitationId })}
                  >
                    {translate('revoke')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

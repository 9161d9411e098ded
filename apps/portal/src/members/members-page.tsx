'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { PageHeading } from '../shell/page-heading.tsx';
import layout from '../shell/sides.module.css';
import { useTrpc } from '../trpc/context.ts';
import { InviteForm } from './invite-form.tsx';
import { MemberTable } from './member-table.tsx';
import styles from './members-page.module.css';
import { OpenInvitations } from './open-invitations.tsx';

/** Who belongs to the organization, and who has been asked to. */
export function MembersPage() {
  const translate = useTranslations('members');
  const trpc = useTrpc();
  const { data: me } = useSuspenseQuery(trpc.me.get.queryOptions());
  const { data: members } = useSuspenseQuery(trpc.members.list.queryOptions());
  const summary = translate('summary', { count: members.length, organization: me.organization.name });
  return (
    <>
      <PageHeading name={translate('title')} answer={summary} />
      <div className={layout.sides}>
        <div className={styles.lists}>
          <MemberTable members={members} me={me.person.id} />
          <OpenInvitations />
        </div>
        <InviteForm />
      </div>
    </>
  );
}

'use client';

import { roleText } from '@hikyaku/texts';
import type { Locale, OrganizationRole } from '@hikyaku/types';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { Section } from '../shell/section.tsx';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import styles from './members-page.module.css';

const roles = ['uploader', 'operator', 'administrator'] as const satisfies OrganizationRole[];
const languages = [
  { value: 'ja', label: '日本語' },
  { value: 'en', label: 'English' },
] as const satisfies { value: Locale; label: string }[];

export function InviteForm() {
  const translate = useTranslations('members');
  const locale = useLocale();
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<OrganizationRole>('uploader');
  const [language, setLanguage] = useState<Locale>(locale);
  const invite = useMutation(
    trpc.invitations.create.mutationOptions({
      onSuccess: () => {
        setEmail('');
        return queryClient.invalidateQueries(trpc.invitations.list.pathFilter());
      },
    }),
  );
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    invite.mutate({ email: email.trim(), role, locale: language });
  };
  return (
    <Section title={translate('invite')}>
      <form className={styles.form} onSubmit={send}>
        <p className={styles.hint}>{translate('inviteHint')}</p>
        <TextInput
          label={translate('email')}
          type="email"
          autoComplete="off"
          required
          withAsterisk={false}
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NativeSelect
          label={translate('role')}
          value={role}
          onChange={(event) => setRole(roles.find((each) => each === event.currentTarget.value) ?? 'uploader')}
          data={roles.map((value) => ({ value, label: roleText(value, locale) }))}
        />
        <NativeSelect
          label={translate('mailLanguage')}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value === 'en' ? 'en' : 'ja')}
          data={[...languages]}
        />
        {invite.error && <FailureNotice failure={failureOf(invite.error)} />}
        <Button type="submit" loading={invite.isPending}>
          {translate('send')}
        </Button>
        <output className={styles.sent}>
          {invite.isSuccess && (
            <>
              <IconCircleCheck size={18} aria-hidden="true" />
              {translate('sent', { email: invite.variables.email })}
            </>
          )}
        </output>
      </form>
    </Section>
  );
}

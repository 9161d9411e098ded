'use client';

import { roleText } from '@hikyaku/texts';
import type { OrganizationRole } from '@hikyaku/types';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { FailureNotice } from '../shell/failure-notice.tsx';
import styles from '../sign-in/door.module.css';
import { signIn } from '../sign-in/sign-in.ts';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';

interface AcceptFormProps {
  token: string;
  invitation: { organizationName: string; email: string; role: OrganizationRole };
}

/** Choosing a name and a password makes the account, and signs in with it. */
export function AcceptForm({ token, invitation }: AcceptFormProps) {
  const translate = useTranslations('invitation');
  const signInTexts = useTranslations('signIn');
  const locale = useLocale();
  const trpc = useTrpc();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useMutation(
    trpc.invitations.accept.mutationOptions({
      onSuccess: async () => {
        const outcome = await signIn({ email: invitation.email, password });
        location.assign(outcome === 'signed-in' ? '/' : '/sign-in');
      },
    }),
  );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    accept.mutate({ token, name: name.trim(), password });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <h1 className={styles.title}>{translate('heading', { organization: invitation.organizationName })}</h1>
      <p className={styles.lead}>
        {translate('lead', { email: invitation.email, role: roleText(invitation.role, locale) })}
      </p>
      {accept.error && <FailureNotice failure={failureOf(accept.error)} />}
      {/* Lets a password manager keep the right name with the password. */}
      <input type="email" name="email" autoComplete="username" value={invitation.email} readOnly hidden />
      <TextInput
        label={translate('name')}
        name="name"
        autoComplete="name"
        required
        withAsterisk={false}
        maxLength={200}
        size="md"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label={translate('password')}
        description={translate('passwordHint')}
        name="password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        maxLength={200}
        size="md"
        visibilityToggleButtonProps={{ 'aria-label': signInTexts('showPassword'), tabIndex: 0 }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" size="md" loading={accept.isPending || accept.isSuccess}>
        {translate('submit')}
      </Button>
    </form>
  );
}

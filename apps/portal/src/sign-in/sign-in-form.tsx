'use client';

import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { FailureNotice } from '../shell/failure-notice.tsx';
import type { Failure } from '../trpc/failure.ts';
import styles from './door.module.css';
import { signIn } from './sign-in.ts';

/** @param props.returnPath where to go when it worked; already judged safe */
export function SignInForm({ returnPath }: { returnPath: string }) {
  const translate = useTranslations('signIn');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    const outcome = await signIn({ email: email.trim(), password });
    if (outcome === 'signed-in') {
      // A whole new page: nothing of a former session stays in memory.
      location.assign(returnPath);
      return;
    }
    setFailure(outcome);
    setBusy(false);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h1 className={styles.title}>{translate('title')}</h1>
      {failure && <FailureNotice failure={failure} />}
      <TextInput
        label={translate('email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        size="md"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={translate('password')}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        size="md"
        visibilityToggleButtonProps={{ 'aria-label': translate('showPassword'), tabIndex: 0 }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" size="md" loading={busy}>
        {translate('submit')}
      </Button>
    </form>
  );
}

'use client';

import { useUiLocale } from '@hikyaku/ui';
import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { Section } from '../shell/section.tsx';
import { type BucketForm, readBucketForm } from './bucket-form.ts';
import styles from './policies-page.module.css';

const blank: BucketForm = {
  bucket: '',
  roleArn: '',
  read: '',
  write: '',
  until: '',
  isTls: true,
  keyArn: '',
  networks: '',
  endpoints: '',
};

/** A bucket policy without JSON. */
export function BucketPolicyForm({ onWrite }: { onWrite: (text: string) => void }) {
  const translate = useTranslations('policies.bucketForm');
  const { timeZone } = useUiLocale();
  const [wanted, setWanted] = useState(blank);
  const [now] = useState(() => new Date());
  const { faults, text } = readBucketForm(wanted, { now, timeZone });
  const field = (name: Exclude<keyof BucketForm, 'isTls'>) => {
    const fault = faults[name];
    return {
      label: translate(name),
      value: wanted[name],
      autoComplete: 'off',
      error: fault && translate(`fault.${fault}`),
      onChange: (event: { currentTarget: { value: string } }) =>
        setWanted({ ...wanted, [name]: event.currentTarget.value }),
    };
  };
  const write = (event: SyntheticEvent) => {
    event.preventDefault();
    if (text) onWrite(text);
  };
  return (
    <Section title={translate('title')}>
      <form className={styles.form} onSubmit={write}>
        <TextInput {...field('bucket')} required withAsterisk={false} />
        <fieldset className={styles.group}>
          <legend>{translate('grant')}</legend>
          <TextInput {...field('roleArn')} placeholder="arn:aws:iam::111122223333:role/worker" />
          <div className={styles.pair}>
            <Textarea {...field('read')} description={translate('prefixHint')} placeholder="incoming/" rows={2} />
            <Textarea {...field('write')} description={translate('prefixHint')} placeholder="exports/" rows={2} />
          </div>
          <TextInput
            {...field('until')}
            type="date"
            max="9999-12-31"
            description={translate('untilHint', { timeZone })}
          />
        </fieldset>
        <fieldset className={styles.group}>
          <legend>{translate('guard')}</legend>
          <Checkbox
            label={translate('tls')}
            checked={wanted.isTls}
            onChange={(event) => setWanted({ ...wanted, isTls: event.currentTarget.checked })}
          />
          <TextInput
            {...field('keyArn')}
            description={translate('keyHint')}
            placeholder="arn:aws:kms:ap-northeast-1:111122223333:key/…"
          />
          <Textarea
            {...field('networks')}
            description={translate('networksHint')}
            placeholder="203.0.113.0/24"
            rows={2}
          />
          <TextInput
            {...field('endpoints')}
            description={translate('endpointsHint')}
            placeholder="vpce-0123456789abcdef0"
          />
        </fieldset>
        <p className={styles.note}>{translate('replaces')}</p>
        <Button type="submit" disabled={!text}>
          {translate('submit')}
        </Button>
      </form>
    </Section>
  );
}

'use client';

import { bucketPolicy, denyOutside, grantRole, requireKmsKey, requireTls, toJson, withinTime } from '@hikyaku/policies';
import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { Section } from '../shell/section.tsx';
import { commaList } from './comma-list.ts';
import styles from './policies-page.module.css';

const blank = {
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
  const [wanted, setWanted] = useState(blank);
  const field = (name: Exclude<keyof typeof blank, 'isTls'>) => ({
    label: translate(name),
    value: wanted[name],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) =>
      setWanted({ ...wanted, [name]: event.currentTarget.value }),
  });
  const text = bucketPolicyText(wanted);
  const write = (event: SyntheticEvent) => {
    event.preventDefault();
    if (text) onWrite(text);
  };
  return (
    <Section title={translate('title')}>
      <form className={styles.form} onSubmit={write}>
        <TextInput {...field('bucket')} required withAsterisk={false} pattern="[a-z0-9.\-]{3,63}" />
        <fieldset className={styles.group}>
          <legend>{translate('grant')}</legend>
          <TextInput {...field('roleArn')} placeholder="arn:aws:iam::111122223333:role/worker" />
          <div className={styles.pair}>
            <TextInput {...field('read')} placeholder="incoming/" />
            <TextInput {...field('write')} placeholder="exports/" />
          </div>
          <TextInput {...field('until')} type="date" description={translate('untilHint')} />
        </fieldset>
        <fieldset className={styles.group}>
          <legend>{translate('guard')}</legend>
          <Checkbox
            label={translate('tls')}
            checked={wanted.isTls}
            onChange={(event) => setWanted({ ...wanted, isTls: event.currentTarget.checked })}
          />
          <TextInput {...field('keyArn')} placeholder="arn:aws:kms:ap-northeast-1:111122223333:key/…" />
          <Textarea
            {...field('networks')}
            description={translate('networksHint')}
            placeholder="203.0.113.0/24"
            rows={2}
          />
          <TextInput {...field('endpoints')} placeholder="vpce-0123456789abcdef0" />
        </fieldset>
        <p className={styles.note}>{translate('replaces')}</p>
        <Button type="submit" disabled={!text}>
          {translate('submit')}
        </Button>
      </form>
    </Section>
  );
}

/** Undefined while it would say nothing. */
function bucketPolicyText(wanted: typeof blank): string | undefined {
  const bucket = wanted.bucket.trim();
  const roleArn = wanted.roleArn.trim();
  if (!bucket) return undefined;
  const grants = roleArn
    ? grantRole({ bucket, roleArn, readPrefixes: commaList(wanted.read), writePrefixes: commaList(wanted.write) })
    : [];
  const until = wanted.until ? new Date(`${wanted.until}T00:00:00Z`) : undefined;
  const now = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000);
  const statements = [
    ...(until ? withinTime(grants, { from: now, until: new Date(until.getTime() + 86_400_000) }) : grants),
    ...(wanted.isTls ? requireTls({ bucket }) : []),
    ...(wanted.keyArn.trim() ? requireKmsKey({ bucket, keyArn: wanted.keyArn.trim() }) : []),
    ...denyOutside({
      bucket,
      ipRanges: commaList(wanted.networks),
      vpcEndpointIds: commaList(wanted.endpoints),
    }),
  ];
  return statements.length > 0 ? toJson(bucketPolicy(...statements)) : undefined;
}

'use client';

import { leastPrivilege, toJson } from '@hikyaku/policies';
import { Button, Checkbox, Input, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { Section } from '../shell/section.tsx';
import { useIsReady } from '../shell/use-is-ready.ts';
import styles from './policies-page.module.css';
import { readRoleForm, type RoleDoing, roleDoings, type RoleForm } from './role-form.ts';

const blank: RoleForm = { bucket: '', prefix: '', does: ['read-objects', 'list-objects'], queue: '', key: '' };

/** The smallest policy for what a program does, without JSON. */
export function RolePolicyForm({ onWrite }: { onWrite: (text: string) => void }) {
  const translate = useTranslations('policies.roleForm');
  const isReady = useIsReady();
  const [wanted, setWanted] = useState(blank);
  const { faults, operations } = readRoleForm(wanted);
  const faultOf = (name: keyof RoleForm) => {
    const fault = faults[name];
    return fault && translate(`fault.${fault}`);
  };
  const field = (name: Exclude<keyof RoleForm, 'does'>) => ({
    label: translate(name),
    value: wanted[name],
    readOnly: !isReady,
    autoComplete: 'off',
    error: faultOf(name),
    onChange: (event: { currentTarget: { value: string } }) =>
      setWanted({ ...wanted, [name]: event.currentTarget.value }),
  });
  const choose = (doing: RoleDoing, isDone: boolean) =>
    setWanted({ ...wanted, does: roleDoings.filter((each) => (each === doing ? isDone : wanted.does.includes(each))) });
  const write = (event: SyntheticEvent) => {
    event.preventDefault();
    onWrite(toJson(leastPrivilege(operations).document));
  };
  return (
    <Section title={translate('title')}>
      <form className={styles.form} onSubmit={write}>
        <div className={styles.pair}>
          <TextInput {...field('bucket')} />
          <TextInput {...field('prefix')} placeholder="incoming/" />
        </div>
        <fieldset className={styles.group}>
          <legend>{translate('does')}</legend>
          {roleDoings.map((each) => (
            <Checkbox
              key={each}
              label={translate(each)}
              checked={wanted.does.includes(each)}
              onChange={(event) => choose(each, event.currentTarget.checked)}
            />
          ))}
          {faults.does && <Input.Error>{faultOf('does')}</Input.Error>}
        </fieldset>
        <TextInput {...field('queue')} placeholder="arn:aws:sqs:ap-northeast-1:111122223333:arrivals" />
        <TextInput {...field('key')} placeholder="arn:aws:kms:ap-northeast-1:111122223333:key/…" />
        <p className={styles.note}>{translate('replaces')}</p>
        <Button type="submit" disabled={operations.length === 0}>
          {translate('submit')}
        </Button>
      </form>
    </Section>
  );
}

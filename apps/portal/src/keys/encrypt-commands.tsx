'use client';

import { Copyable } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Section } from '../shell/section.tsx';
import styles from './keys-page.module.css';

/** What somebody at a terminal types; files of any name, ours is an example. */
export function EncryptCommands({ publicKeys }: { publicKeys: readonly string[] }) {
  const translate = useTranslations('keys');
  const recipients = publicKeys.map((publicKey) => `-r ${publicKey}`).join(' ');
  const commands = [
    ['both', `gzip -c cities.csv | age ${recipients} -o cities.csv.gz.age`],
    ['encryptOnly', `age ${recipients} -o cities.csv.age cities.csv`],
  ] as const;
  return (
    <Section title={translate('how')}>
      <p className={styles.hint}>{translate('howHint')}</p>
      <ul className={styles.commands}>
        {commands.map(([name, command]) => (
          <li key={name}>
            <span>{translate(name)}</span>
            <Copyable label={translate(name)} value={command} />
          </li>
        ))}
      </ul>
      <p className={styles.after}>{translate('after')}</p>
    </Section>
  );
}

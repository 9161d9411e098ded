'use client';

import { roleText } from '@hikyaku/texts';
import { Menu } from '@mantine/core';
import { IconChevronDown, IconLogout } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import { signOut } from '../sign-in/sign-out.ts';
import styles from './account-menu.module.css';
import { AppearanceSwitch } from './appearance-switch.tsx';
import type { Me } from './me.ts';

export function AccountMenu({ me }: { me: Me }) {
  const translate = useTranslations('navigation');
  const appearance = useTranslations('appearance');
  const locale = useLocale();
  return (
    <Menu position="bottom-end" width={280} shadow="md" transitionProps={{ duration: 100 }}>
      <Menu.Target>
        <button type="button" className={styles.target} aria-label={translate('account', { name: me.person.name })}>
          <span className={styles.initial} aria-hidden="true">
            {me.person.name.trim().slice(0, 1)}
          </span>
          <IconChevronDown size={16} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.person}>
          <div className={styles.name}>{me.person.name}</div>
          <div className={styles.quiet}>{me.person.email}</div>
          <div className={styles.organization}>
            {me.organization.name}
            <span className={styles.quiet}> · {roleText(me.role, locale)}</span>
          </div>
        </div>
        <Menu.Divider />
        <div className={styles.appearance}>
          <span aria-hidden="true">{appearance('label')}</span>
          <AppearanceSwitch />
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} stroke={1.75} />} onClick={() => void signOut()}>
          {translate('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

'use client';

import { roleText } from '@hikyaku/texts';
import { useClickOutside } from '@mantine/hooks';
import { IconChevronDown, IconCircleCheck, IconLogout } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { signOut } from '../sign-in/sign-out.ts';
import styles from './account-menu.module.css';
import { AppearanceSwitch } from './appearance-switch.tsx';
import type { Me } from './me.ts';

/** Who one is, how bright the page is, and the way out: a button that unfolds them. */
export function AccountMenu({ me }: { me: Me }) {
  const translate = useTranslations('navigation');
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const whole = useClickOutside<HTMLDivElement>(() => setOpen(false));
  const panelId = useId();
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div ref={whole} className={styles.menu} onKeyDown={closeOnEscape} role="presentation">
      <button
        ref={button}
        type="button"
        className={styles.target}
        aria-label={translate('account', { name: me.person.name })}
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.initial} aria-hidden="true">
          {me.person.name.trim().slice(0, 1)}
        </span>
        <IconChevronDown size={16} aria-hidden="true" />
      </button>
      {open && <AccountPanel me={me} id={panelId} />}
    </div>
  );
}

function AccountPanel({ me, id }: { me: Me; id: string }) {
  const translate = useTranslations('navigation');
  const appearance = useTranslations('appearance');
  const locale = useLocale();
  return (
    <div id={id} className={styles.panel}>
      <div className={styles.person}>
        <div className={styles.name}>{me.person.name}</div>
        <div className={styles.quiet}>{me.person.email}</div>
        <div className={styles.organization}>
          {me.organization.name}
          <span className={styles.quiet}> · {roleText(me.role, locale)}</span>
        </div>
      </div>
      <div className={styles.appearance}>
        <span aria-hidden="true">{appearance('label')}</span>
        <AppearanceSwitch />
      </div>
      <Link href="/doctor" className={styles.action}>
        <IconCircleCheck size={18} stroke={1.75} aria-hidden="true" />
        {translate('doctor')}
      </Link>
      <button type="button" className={styles.action} onClick={() => void signOut()}>
        <IconLogout size={18} stroke={1.75} aria-hidden="true" />
        {translate('signOut')}
      </button>
    </div>
  );
}

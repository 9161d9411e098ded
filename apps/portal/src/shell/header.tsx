'use client';

import { WordMark } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { SendingSign } from '../uploads/sending-sign.tsx';
import { AccountMenu } from './account-menu.tsx';
import styles from './header.module.css';
import { LanguageSwitch } from './language-switch.tsx';
import type { Me } from './me.ts';
import { navigationOf } from './navigation-of.ts';

export function Header({ me }: { me: Me }) {
  const translate = useTranslations('navigation');
  const pathname = usePathname();
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Link href="/" className={styles.home}>
          <WordMark />
        </Link>
        <nav className={styles.nav} aria-label={translate('label')}>
          {navigationOf(me).map(({ href, name }) => (
            <Link
              key={href}
              href={href}
              className={styles.link}
              aria-current={isWithin(pathname, href) ? 'page' : undefined}
              ref={isWithin(pathname, href) ? bringIntoSight : undefined}
            >
              {translate(name)}
            </Link>
          ))}
        </nav>
        <div className={styles.tools}>
          {pathname !== '/' && <SendingSign />}
          <LanguageSwitch />
          <AccountMenu me={me} />
        </div>
      </div>
    </header>
  );
}

/** On a phone the row of links may be wider than the screen. Moves the row alone: the page stays where it is. */
function bringIntoSight(link: HTMLElement | null): void {
  const row = link?.parentElement;
  if (!link || !row) return;
  const { left, width } = link.getBoundingClientRect();
  row.scrollLeft += left - row.getBoundingClientRect().left - (row.clientWidth - width) / 2;
}

function isWithin(pathname: string, href: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}

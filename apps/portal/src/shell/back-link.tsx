import { IconChevronLeft } from '@tabler/icons-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import styles from './back-link.module.css';

/** To the page that this one belongs to, above its heading. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={styles.back}>
      <IconChevronLeft size={18} aria-hidden="true" />
      {children}
    </Link>
  );
}

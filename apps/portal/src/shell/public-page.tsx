import type { ReactNode } from 'react';
import { PageHeading } from './page-heading.tsx';
import { PublicHeader } from './public-header.tsx';
import styles from './public-page.module.css';

interface PublicPageProps {
  name: ReactNode;
  answer: ReactNode;
  lead: ReactNode;
  /** Below the lead. */
  links?: ReactNode;
  children: ReactNode;
}

/** A page that anybody may read. */
export function PublicPage({ name, answer, lead, links, children }: PublicPageProps) {
  return (
    <>
      <PublicHeader />
      <main className={styles.main}>
        <div>
          <PageHeading name={name} answer={answer} />
          <p className={styles.lead}>{lead}</p>
          {links}
        </div>
        {children}
      </main>
    </>
  );
}

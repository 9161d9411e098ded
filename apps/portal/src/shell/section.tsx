import { type ReactNode, useId } from 'react';
import styles from './section.module.css';

/** A titled part of a page on a surface of its own. */
export function Section({ title, more, children, plain = false }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <div className={styles.top}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {more}
      </div>
      <div className={plain ? undefined : styles.surface}>{children}</div>
    </section>
  );
}

interface SectionProps {
  title: ReactNode;
  /** Beside the title, such as a link to all of it. */
  more?: ReactNode;
  children: ReactNode;
  /** Without the surface. */
  plain?: boolean;
}

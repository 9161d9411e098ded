'use client';

import { useTranslations } from 'next-intl';
import { Section } from '../shell/section.tsx';
import styles from './keys-page.module.css';

/** How one key takes the place of another without a file that nobody can open. */
export function RotationSteps() {
  const translate = useTranslations('keys.rotation');
  return (
    <Section title={translate('title')}>
      <ol className={styles.steps}>
        {(['add', 'tell', 'retire', 'keep'] as const).map((step) => (
          <li key={step}>{translate(step)}</li>
        ))}
      </ol>
    </Section>
  );
}

import { useTranslations } from 'next-intl';
import { Command } from '../shell/command.tsx';
import { Section } from '../shell/section.tsx';
import styles from './developers-page.module.css';
import { quickStart } from './quick-start.ts';

/** From a token to the refused lines. */
export function QuickStart({ portalUrl }: { portalUrl: string }) {
  const translate = useTranslations('developers.steps');
  const steps = {
    token: `export HIKYAKU_URL=${portalUrl}\nexport HIKYAKU_TOKEN=hky_…`,
    ...quickStart,
  };
  return (
    <Section title={translate('title')} plain>
      <ol className={styles.steps}>
        {(['token', 'prepare', 'begin', 'send', 'wait', 'rejects'] as const).map((step) => (
          <li key={step}>
            <p>{translate(step)}</p>
            <Command label={translate(step)} text={steps[step]} />
          </li>
        ))}
      </ol>
      <p className={styles.after}>{translate('again')}</p>
    </Section>
  );
}

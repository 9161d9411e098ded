'use client';

import type { Policy } from '@hikyaku/policies';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Command } from '../shell/command.tsx';
import { Section } from '../shell/section.tsx';
import type { AttachedName } from './attached-policy.ts';
import { exportedPolicy, type ExportForm, exportFormsOf } from './exported-policy.ts';
import styles from './policies-page.module.css';

/** The policy for other tools, to copy. */
export function ExportPolicy({ name, policy }: { name: AttachedName; policy: Policy }) {
  const translate = useTranslations('policies.export');
  const [chosen, setChosen] = useState<ExportForm>('json');
  const forms = exportFormsOf(name);
  const form = forms.includes(chosen) ? chosen : 'json';
  return (
    <Section title={translate('title')} plain>
      <fieldset className={styles.forms}>
        <legend className={styles.unseen}>{translate('title')}</legend>
        {forms.map((each) => (
          <label key={each} className={styles.choice}>
            <input
              type="radio"
              name="policy-export"
              value={each}
              checked={form === each}
              onChange={() => setChosen(each)}
            />
            <span>{translate(each)}</span>
          </label>
        ))}
      </fieldset>
      <Command label={translate(form)} text={exportedPolicy(form, name, policy)} />
      {name === 'session' && <p className={styles.note}>{translate('session')}</p>}
    </Section>
  );
}

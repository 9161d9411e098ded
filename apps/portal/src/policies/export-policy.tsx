'use client';

import {
  type Attachment,
  documentOf,
  type Policy,
  toCdk,
  toCloudFormation,
  toJson,
  toTerraform,
} from '@hikyaku/policies';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Command } from '../shell/command.tsx';
import { Section } from '../shell/section.tsx';
import type { AttachedName } from './attached-policy.ts';
import styles from './policies-page.module.css';
import { bucketOf } from './workbench.ts';

const forms = ['json', 'cloudFormation', 'cdk', 'terraform'] as const;
type Form = (typeof forms)[number];

/** The policy for other tools, to copy. */
export function ExportPolicy({ name, policy }: { name: AttachedName; policy: Policy }) {
  const translate = useTranslations('policies.export');
  const [form, setForm] = useState<Form>('json');
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
              onChange={() => setForm(each)}
            />
            <span>{translate(each)}</span>
          </label>
        ))}
      </fieldset>
      <Command label={translate(form)} text={written(form, name, policy)} />
    </Section>
  );
}

function written(form: Form, name: AttachedName, policy: Policy): string {
  const document = documentOf(policy);
  const attachment = attachmentOf(name, policy);
  switch (form) {
    case 'json':
      return toJson(document);
    case 'cloudFormation':
      return JSON.stringify(
        toCloudFormation(document, { logicalId: `${names[name].logicalId}Policy`, attachment }),
        null,
        2,
      );
    case 'cdk':
      return toCdk(document, { name: `${name}Policy` });
    default:
      return toTerraform(document, { name, attachment });
  }
}

const names: Record<AttachedName, { logicalId: string }> = {
  identity: { logicalId: 'Identity' },
  bucket: { logicalId: 'Bucket' },
  boundary: { logicalId: 'Boundary' },
  session: { logicalId: 'Session' },
  scp: { logicalId: 'ServiceControl' },
};

function attachmentOf(name: AttachedName, policy: Policy): Attachment {
  return name === 'bucket' ? { kind: 'bucket', bucket: bucketOf(policy) ?? 'bucket' } : { kind: 'identity' };
}

'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useMemo, useState } from 'react';
import { PageHeading } from '../shell/page-heading.tsx';
import { Section } from '../shell/section.tsx';
import { type AttachedName, attachedNames } from './attached-policy.ts';
import { BucketPolicyForm } from './bucket-policy-form.tsx';
import { Decisions } from './decisions.tsx';
import { ExportPolicy } from './export-policy.tsx';
import { FindingList } from './finding-list.tsx';
import styles from './policies-page.module.css';
import { PolicyEditor } from './policy-editor.tsx';
import { PolicySize } from './policy-size.tsx';
import { PolicyTabs } from './policy-tabs.tsx';
import { RequestForm } from './request-form.tsx';
import { RolePolicyForm } from './role-policy-form.tsx';
import { emptyPolicies, samplePolicies, sampleRequest } from './sample.ts';
import { isEmpty, maxAnswers, type Workbench, workbench } from './workbench.ts';

/** Policies to write, check and try out. All of it happens in the browser: nothing that is typed leaves it. */
export function PoliciesPage() {
  const translate = useTranslations('policies');
  const [texts, setTexts] = useState(samplePolicies);
  const [asked, setAsked] = useState(sampleRequest);
  const [open, setOpen] = useState<AttachedName>('identity');
  // Typing goes before thinking.
  const deferredTexts = useDeferredValue(texts);
  const deferredAsked = useDeferredValue(asked);
  const bench = useMemo(() => workbench(deferredTexts, deferredAsked), [deferredTexts, deferredAsked]);
  const read = bench.policies[open];
  const write = (text: string) => setTexts((known) => ({ ...known, [open]: text }));
  return (
    <>
      <div className={styles.head}>
        <PageHeading name={translate('title')} answer={<Answer bench={bench} />}>
          <div className={styles.starts}>
            <Button variant="default" onClick={() => setTexts(emptyPolicies)}>
              {translate('clear')}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                setTexts(samplePolicies);
                setAsked(sampleRequest);
              }}
            >
              {translate('sample')}
            </Button>
          </div>
        </PageHeading>
        <p className={styles.lead}>{translate('lead')}</p>
      </div>
      <div className={styles.sides}>
        <div className={styles.written}>
          <Section title={translate('policies')}>
            <PolicyTabs
              open={open}
              onOpen={setOpen}
              marks={(name) => ({ isAttached: !isEmpty(texts[name]), findings: bench.policies[name].findings })}
            >
              <PolicyEditor key={open} name={open} text={texts[open]} findings={read.findings} onWrite={write} />
              <PolicySize size={read.size} />
              <FindingList name={open} read={read} />
            </PolicyTabs>
          </Section>
        </div>
        <div className={styles.tried}>
          <RequestForm asked={asked} request={bench.request} isShared={bench.isShared} onAsk={setAsked} />
          <Decisions bench={bench} />
        </div>
        <div className={styles.made}>
          {open === 'bucket' && <BucketPolicyForm onWrite={write} />}
          {open === 'identity' && <RolePolicyForm onWrite={write} />}
          {read.policy && <ExportPolicy name={open} policy={read.policy} />}
        </div>
      </div>
    </>
  );
}

/** The page in one sentence. */
function Answer({ bench }: { bench: Workbench }) {
  const translate = useTranslations('policies.answer');
  const { answers, policies, request, isCut } = bench;
  const unread = attachedNames.filter((name) => !policies[name].policy && policies[name].findings.length > 0);
  if (unread.length > 0) return translate('unreadable', { count: unread.length });
  if (request.isAccountUnread) return translate('unreadAccount');
  if (isCut) return translate('cut', { most: maxAnswers });
  const allowed = answers?.filter(({ decision }) => decision.outcome === 'Allowed').length ?? 0;
  if (!answers || answers.length === 0) return translate('nothingAsked');
  if (answers.length === 1) return allowed === 1 ? translate('allowed') : translate('refused');
  return translate('some', { allowed, count: answers.length });
}

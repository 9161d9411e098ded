import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { PublicPage } from '../shell/public-page.tsx';
import { Section } from '../shell/section.tsx';
import type { ApiDocument } from './api-document.ts';
import styles from './developers-page.module.css';
import { OperationDetails } from './operation-details.tsx';
import { QuickStart } from './quick-start-steps.tsx';

/** How to send from a script: the commands to copy, every route, every problem. Drawn from the API's own document. */
export function DevelopersPage({ api }: { api: ApiDocument }) {
  const translate = useTranslations('developers');
  return (
    <PublicPage
      name={translate('title')}
      answer={translate('answer')}
      lead={api.info.summary}
      links={
        <p className={styles.links}>
          <Link href="/tokens">{translate('toTokens')}</Link>
          <a href="/openapi.json">openapi.json</a>
        </p>
      }
    >
      <QuickStart portalUrl={api.servers[0].url} />
      <Section title={translate('routes')} plain>
        <div className={styles.operations}>
          {Object.entries(api.paths).flatMap(([path, methods]) =>
            Object.entries(methods).map(([method, operation]) => (
              <OperationDetails
                key={operation.operationId}
                method={method.toUpperCase()}
                path={path}
                operation={operation}
                api={api}
              />
            )),
          )}
        </div>
      </Section>
      <Problems api={api} />
    </PublicPage>
  );
}

function Problems({ api }: { api: ApiDocument }) {
  const translate = useTranslations('developers');
  return (
    <Section title={translate('problems')}>
      <p className={styles.hint}>{translate('problemsHint')}</p>
      <dl className={styles.problems}>
        {api['x-problems'].map(({ code, status, whatHappened, whatBecameOfFile, whatToDo }) => (
          <div key={code} id={code} className={styles.problem}>
            <dt>
              <code translate="no">{code}</code> <span className={styles.quiet}>{status}</span>
            </dt>
            <dd>
              {whatHappened} {whatBecameOfFile} {whatToDo}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

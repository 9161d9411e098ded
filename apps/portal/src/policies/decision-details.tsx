'use client';

import { describeExplanation, type Explanation } from '@hikyaku/policies';
import { useLocale, useTranslations } from 'next-intl';
import { DecisionSign } from './decision-sign.tsx';
import styles from './decisions.module.css';

/** Why a request is allowed or refused, what would turn that, and what each statement had to say. */
export function DecisionDetails({ explanation }: { explanation: Explanation }) {
  const translate = useTranslations('policies.decisions');
  const locale = useLocale();
  const { because, change, statements } = describeExplanation(explanation, locale);
  const { request, decision } = explanation;
  return (
    <div className={styles.details}>
      <p className={styles.asked} translate="no">
        {request.action} <span aria-hidden="true">→</span> {request.resource}
      </p>
      <div aria-live="polite">
        <p className={styles.outcome}>
          <DecisionSign outcome={decision.outcome} />
        </p>
        <p className={styles.because}>{because}</p>
      </div>
      {change && (
        <div className={styles.change}>
          <h3>{change.intro.replace(/[:：]$/, '')}</h3>
          <ul>
            {change.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
          {change.warnings.map((warning) => (
            <p key={warning} className={styles.warning}>
              {warning}
            </p>
          ))}
        </div>
      )}
      {statements.length > 0 && (
        <div className={styles.statements}>
          <h3>{translate('statements')}</h3>
          <ol>
            {explanation.statements.map(({ isDeciding, failures }, index) => (
              <li
                key={`${index} ${statements[index]?.name}`}
                data-deciding={isDeciding || undefined}
                data-matched={failures.length === 0 || undefined}
              >
                <span className={styles.name}>
                  {statements[index]?.name}
                  {isDeciding && <strong className={styles.deciding}>{translate('deciding')}</strong>}
                </span>
                <span>{statements[index]?.text}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}

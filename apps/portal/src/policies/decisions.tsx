'use client';

import { type Explanation, principalName } from '@hikyaku/policies';
import { EmptyState } from '@hikyaku/ui';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Section } from '../shell/section.tsx';
import { DecisionDetails } from './decision-details.tsx';
import { DecisionSign } from './decision-sign.tsx';
import styles from './decisions.module.css';
import { maxAnswers, type Workbench } from './workbench.ts';

/** Who may do what to what, and why for the one that is chosen. */
export function Decisions({ bench }: { bench: Workbench }) {
  const translate = useTranslations('policies.decisions');
  const [chosen, setChosen] = useState(0);
  const { answers, request, isCut } = bench;
  const shown = answers?.[chosen] ?? answers?.[0];
  return (
    <Section title={translate('title')}>
      {answers && answers.length > 1 && (
        <DecisionTable answers={answers} actions={request.actions} chosen={shown} onChoose={setChosen} />
      )}
      {shown ? (
        <DecisionDetails explanation={shown} />
      ) : (
        <EmptyState title={translate('none')}>
          {isCut ? translate('cut', { most: maxAnswers }) : translate('noneHint')}
        </EmptyState>
      )}
    </Section>
  );
}

interface DecisionTableProps {
  answers: readonly Explanation[];
  actions: readonly string[];
  chosen: Explanation | undefined;
  onChoose: (index: number) => void;
}

function DecisionTable({ answers, actions, chosen, onChoose }: DecisionTableProps) {
  const translate = useTranslations('policies.decisions');
  const locale = useLocale();
  const rows = new Map<string, { who: string; resource: string; cells: Map<string, number> }>();
  for (const [index, { request }] of answers.entries()) {
    const who = principalName(request.principal, locale);
    const key = JSON.stringify([request.principal, request.resource]);
    const row = rows.get(key) ?? { who, resource: request.resource, cells: new Map<string, number>() };
    row.cells.set(request.action, index);
    rows.set(key, row);
  }
  const severalPeople = new Set([...rows.values()].map(({ who }) => who)).size > 1;
  return (
    // Wide tables scroll: with the keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>
        <caption className={styles.unseen}>{translate('table')}</caption>
        <thead>
          <tr>
            <th scope="col">{severalPeople ? translate('whoAndWhat') : translate('what')}</th>
            {actions.map((action) => (
              <th key={action} scope="col" translate="no">
                {action}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from(rows, ([key, { who, resource, cells }]) => (
            <tr key={key}>
              <th scope="row" translate="no">
                {severalPeople && <span className={styles.who}>{shortName(who)}</span>}
                <span>{resource.replace(/^arn:aws:s3:::/, '')}</span>
              </th>
              {actions.map((action) => {
                const index = cells.get(action);
                const answer = index === undefined ? undefined : answers[index];
                return (
                  <td key={action}>
                    {answer && index !== undefined && (
                      <button
                        type="button"
                        className={styles.cell}
                        aria-pressed={answer === chosen}
                        onClick={() => onChoose(index)}
                      >
                        <DecisionSign outcome={answer.decision.outcome} />
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What follows the account: `role/worker`. */
function shortName(name: string): string {
  return name.split(':').at(-1) ?? name;
}

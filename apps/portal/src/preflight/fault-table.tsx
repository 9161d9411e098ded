'use client';

import type { PreflightReport } from '@hikyaku/preflight';
import { describeRejectReason, formatCount } from '@hikyaku/texts';
import { describePreflightHint } from '@hikyaku/texts/preflight';
import type { PreflightFault } from '@hikyaku/types';
import { Figure } from '@hikyaku/ui';
import { useLocale, useTranslations } from 'next-intl';
import tableStyles from '../files/reject-list.module.css';
import styles from './held-row.module.css';

/** Faults that are shown one by one. */
const mostShown = 10;

/** The first lines that would be refused, each with its reason and how to write the cell. */
export function FaultTable({ report }: { report: PreflightReport }) {
  const translate = useTranslations('preflight');
  const translateFile = useTranslations('file');
  const locale = useLocale();
  const shown = report.faults.slice(0, mostShown);
  return (
    <div className={styles.faults}>
      <table className={tableStyles.table}>
        <caption className={styles.caption}>{translate('faults')}</caption>
        <thead>
          <tr>
            <th scope="col" className={tableStyles.number}>
              {translateFile('line')}
            </th>
            <th scope="col">{translateFile('column')}</th>
            <th scope="col">{translateFile('value')}</th>
            <th scope="col">{translateFile('reason')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((fault) => (
            <FaultRow key={`${fault.lineNumber} ${fault.column} ${fault.code}`} fault={fault} />
          ))}
        </tbody>
      </table>
      {report.faultCount > shown.length && (
        <p className={styles.more}>
          {translate('moreFaults', { count: formatCount(report.faultCount - shown.length, locale) })}
        </p>
      )}
    </div>
  );
}

function FaultRow({ fault }: { fault: PreflightFault }) {
  const translate = useTranslations('file');
  const locale = useLocale();
  const { lineNumber, column, value, code, details, hint } = fault;
  return (
    <tr>
      <th scope="row" className={tableStyles.number}>
        <span className={tableStyles.label} aria-hidden="true">
          {translate('line')}{' '}
        </span>
        <Figure value={lineNumber} />
      </th>
      <td className={tableStyles.column}>{column ?? translate('wholeLine')}</td>
      <td className={tableStyles.value}>
        <mark className={tableStyles.cell} data-empty={value === '' || undefined}>
          {value || translate('emptyValue')}
        </mark>
      </td>
      <td className={tableStyles.reason}>
        {describeRejectReason({ code, details }, locale)} {hint && describePreflightHint(hint, locale)}
      </td>
    </tr>
  );
}

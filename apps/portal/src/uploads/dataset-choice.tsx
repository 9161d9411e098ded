'use client';

import { columnTypeText } from '@hikyaku/texts';
import type { ColumnDefinition, DatasetSummary } from '@hikyaku/types';
import { IconSelector } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import styles from './dataset-choice.module.css';

interface DatasetChoiceProps {
  datasets: readonly DatasetSummary[];
  chosen: DatasetSummary;
  onChoose: (slug: string) => void;
}

/** Where the files go, and which columns that place expects. */
export function DatasetChoice({ datasets, chosen, onChoose }: DatasetChoiceProps) {
  const translate = useTranslations('upload');
  const locale = useLocale();
  return (
    <div className={styles.choice}>
      {/* The browser's own: a library's would weigh 6 KB on the page that has to be there first. */}
      <label className={styles.select}>
        {translate('dataset')}
        <span className={styles.field}>
          <select value={chosen.slug} onChange={(event) => onChoose(event.currentTarget.value)}>
            {datasets.map((dataset) => (
              <option key={dataset.slug} value={dataset.slug}>
                {dataset.name[locale]}
              </option>
            ))}
          </select>
          <IconSelector size={20} stroke={1.75} aria-hidden="true" />
        </span>
      </label>
      <div className={styles.columns}>
        <Columns title={translate('columns')} columns={chosen.columns.filter((column) => isNeeded(column, chosen))} />
        <Columns
          title={translate('optionalColumns')}
          columns={chosen.columns.filter((column) => !isNeeded(column, chosen))}
        />
      </div>
    </div>
  );
}

function isNeeded(column: ColumnDefinition, dataset: DatasetSummary): boolean {
  return column.required || dataset.primaryKey.includes(column.name);
}

function Columns({ title, columns }: { title: string; columns: readonly ColumnDefinition[] }) {
  const locale = useLocale();
  if (columns.length === 0) return null;
  return (
    <dl className={styles.group}>
      <dt>{title}</dt>
      {columns.map((column) => (
        <dd key={column.name} className={styles.column}>
          {column.header ?? column.name}
          <span className={styles.type}>{columnTypeText(column.type, locale)}</span>
        </dd>
      ))}
    </dl>
  );
}

'use client';

import { columnTypeText } from '@hikyaku/texts';
import type { ColumnDefinition, DatasetSummary } from '@hikyaku/types';
import { NativeSelect } from '@mantine/core';
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
      <NativeSelect
        className={styles.select}
        label={translate('dataset')}
        value={chosen.slug}
        onChange={(event) => onChoose(event.currentTarget.value)}
        data={datasets.map((dataset) => ({ value: dataset.slug, label: dataset.name[locale] }))}
      />
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

'use client';

import type { Preview, PreviewRow } from '@hikyaku/preflight';
import { encodingText } from '@hikyaku/texts/preflight';
import type { FileEncoding, PreflightFault } from '@hikyaku/types';
import { Figure } from '@hikyaku/ui';
import { NativeSelect } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import type { HeldFile } from './held-file.ts';
import { usePreflightDesk } from './preflight-provider.tsx';
import styles from './preview-table.module.css';

type TextEncoding = Exclude<FileEncoding, 'auto'>;

const encodings = ['utf-8', 'cp932', 'euc-jp', 'utf-16le', 'utf-16be'] as const satisfies TextEncoding[];

/** The first rows as they will be read, and on choice as they would be in another encoding. */
export function PreviewTable({ held, preview }: { held: HeldFile; preview: Preview }) {
  const translate = useTranslations('preflight');
  const locale = useLocale();
  const desk = usePreflightDesk();
  const titleId = useId();
  const [other, setOther] = useState<Preview | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const wanted = useRef<TextEncoding>(preview.encoding);
  const looksLike = held.found?.report.encoding?.looksLike ?? null;
  const choose = async (encoding: TextEncoding) => {
    wanted.current = encoding;
    const isOther = encoding !== preview.encoding;
    const read = isOther ? await desk.preview(held, encoding).catch(() => null) : null;
    // Somebody chose again meanwhile.
    if (wanted.current !== encoding) return;
    setOther(read);
    setFailed(isOther && read === null);
  };
  const shown = other ?? preview;
  return (
    <div className={styles.preview}>
      <div className={styles.top}>
        <h4 id={titleId} className={styles.title}>
          {translate('preview')}
        </h4>
        <NativeSelect
          label={translate('encoding')}
          value={shown.encoding}
          onChange={(event) => {
            const chosen = encodings.find((encoding) => encoding === event.currentTarget.value);
            if (chosen) void choose(chosen);
          }}
          data={encodings.map((encoding) => ({
            value: encoding,
            label: optionText(encoding),
          }))}
        />
      </div>
      <output className={styles.otherwise}>
        {other && translate('previewOther', { encoding: encodingText(preview.encoding, locale) })}
        {hasFailed && translate('previewFailed')}
      </output>
      {/* A region that scrolls has to be reached without a mouse. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={styles.box} aria-labelledby={titleId} tabIndex={0}>
        <Rows preview={shown} faults={other ? [] : (held.found?.report.faults ?? [])} />
      </section>
    </div>
  );

  function optionText(encoding: TextEncoding): string {
    const name = encodingText(encoding, locale);
    if (encoding === preview.encoding) return translate('encodingRead', { encoding: name });
    return encoding === looksLike ? translate('encodingLikely', { encoding: name }) : name;
  }
}

function Rows({ preview: { header, rows }, faults }: { preview: Preview; faults: readonly PreflightFault[] }) {
  const translate = useTranslations('file');
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" className={styles.number}>
            {translate('line')}
          </th>
          {header.map((cell, column) => (
            // oxlint-disable-next-line react/no-array-index-key -- a file's columns have no other name that is theirs alone
            <th key={column} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.lineNumber}
            row={row}
            header={header}
            faults={faults.filter(({ lineNumber }) => lineNumber === row.lineNumber)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  row: PreviewRow;
  header: readonly string[];
  /** Of this row. */
  faults: readonly PreflightFault[];
}

function Row({ row, header, faults }: RowProps) {
  const translate = useTranslations('preflight');
  const isWholeLine = faults.some(({ column }) => column === null);
  const isAtFault = (column: number) => isWholeLine || faults.some((fault) => fault.column === header[column]?.trim());
  return (
    <tr data-fault={isWholeLine || undefined}>
      <th scope="row" className={styles.number}>
        <Figure value={row.lineNumber} />
      </th>
      {row.cells.map((cell, column) => (
        // oxlint-disable-next-line react/no-array-index-key -- a cell is the one of its column
        <td key={column}>
          {isAtFault(column) ? (
            <mark className={styles.cell} title={translate('atFault')}>
              {cell || '\u00a0'}
            </mark>
          ) : (
            cell
          )}
        </td>
      ))}
    </tr>
  );
}

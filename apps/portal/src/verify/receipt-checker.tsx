'use client';

import { savedText } from '@hikyaku/datasets/saved-text';
import { Textarea } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { ReceiptFacts } from '../receipts/receipt-facts.tsx';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { Section } from '../shell/section.tsx';
import unseen from '../shell/unseen.module.css';
import { usePageDrop } from '../uploads/use-page-drop.ts';
import { ComparisonLine } from './comparison-line.tsx';
import { FileChoice } from './file-choice.tsx';
import { type GivenReceipt, useReceiptCheck } from './use-receipt-check.ts';
import { Verdict } from './verdict.tsx';
import styles from './verify-page.module.css';

/** No receipt is as large: what is dropped and larger is the file itself, whatever it is called. */
const mostReceiptBytes = 512 * 1024;

/** Takes a receipt and, where somebody wants, its file; says what is true of them. Everything happens in this browser. */
export function ReceiptChecker() {
  const translate = useTranslations('verify');
  const [given, setGiven] = useState<GivenReceipt>();
  const [receiptName, setReceiptName] = useState<string>();
  const [file, setFile] = useState<File>();
  const { judgement, comparison, failure } = useReceiptCheck(given, file);
  // What was chosen before may come later.
  const latest = useRef<File>(undefined);
  const takeReceipt = (chosen: File) => {
    latest.current = chosen;
    setReceiptName(chosen.name);
    setGiven(undefined);
    const show = (text: string) => latest.current === chosen && setGiven({ text });
    void readReceipt(chosen).then(show);
  };
  const { dragging } = usePageDrop(({ files }) => {
    for (const { file: one } of files) {
      if (/\.json$/i.test(one.name) && one.size <= mostReceiptBytes) takeReceipt(one);
      else setFile(one);
    }
  });
  return (
    <>
      <div className={styles.choices} data-dragging={dragging || undefined}>
        <FileChoice
          kind="receipt"
          title={translate('receipt')}
          hint={translate('receiptHint')}
          button={translate('chooseReceipt')}
          chosen={receiptName}
          onFile={takeReceipt}
        />
        <FileChoice
          kind="file"
          title={translate('file')}
          hint={translate('fileHint')}
          button={translate('chooseFile')}
          chosen={file?.name}
          onFile={setFile}
        />
      </div>
      <details className={styles.paste}>
        <summary>{translate('paste')}</summary>
        <Textarea
          aria-label={translate('pasted')}
          rows={8}
          spellCheck={false}
          value={given?.text ?? ''}
          onChange={(event) => {
            latest.current = undefined;
            setReceiptName(undefined);
            const text = event.currentTarget.value;
            setGiven(text === '' ? undefined : { text });
          }}
        />
      </details>
      <output className={unseen.unseen}>
        {judgement && translate(`verdict.${judgement.verdict}.title`)}
        {comparison && comparison.kind !== 'reading' && ` ${translate(`comparison.${comparison.kind}.title`)}`}
      </output>
      <div className={styles.result}>
        {failure && <FailureNotice failure={failure} onRetry={() => setGiven(given && { ...given })} />}
        {judgement && <Verdict judgement={judgement} />}
        {file && comparison && <ComparisonLine comparison={comparison} file={file} />}
      </div>
      {judgement?.verdict === 'genuine' && (
        <Section title={translate('says')}>
          <ReceiptFacts receipt={judgement.receipt} />
        </Section>
      )}
    </>
  );
}

/** One that is too large to be one, or can't be read, is no receipt. */
async function readReceipt(file: File): Promise<string> {
  if (file.size > mostReceiptBytes) return '';
  return file.arrayBuffer().then(
    (bytes) => savedText(new Uint8Array(bytes)),
    () => '',
  );
}

import type { Receipt } from '@hikyaku/receipts';
import { rowCountsOf } from '@hikyaku/receipts/counts';
import { fileStateText, formatBytes, formatDateTime, receiptComparisonText, rowCountsText } from '@hikyaku/texts';
import type { Locale } from '@hikyaku/types';
import { printable } from '../../output/printable.ts';

/** What a genuine receipt says, in lines for people. */
export function describeReceipt(
  { receipt, keyId }: { receipt: Receipt; keyId: string },
  locale: Locale,
  comparedPath: string | undefined,
): string[] {
  const isJapanese = locale === 'ja';
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const at = (moment: string) => formatDateTime(moment, locale, timeZone);
  const { file, sender, dataset, organization, rows, cause } = receipt;
  const facts: [label: { ja: string; en: string }, value: string | null][] = [
    [{ ja: '発行者', en: 'Issued by' }, receipt.issuer],
    [{ ja: '受領番号', en: 'Receipt' }, receipt.id],
    [{ ja: '署名の鍵', en: 'Key' }, keyId],
    [{ ja: 'ファイル', en: 'File' }, `${file.name}  ${formatBytes(file.sizeBytes, locale)}`],
    [{ ja: 'SHA-256', en: 'SHA-256' }, file.sha256],
    [{ ja: '宛先', en: 'To' }, `${organization.name}  ${dataset.name[locale]}`],
    [
      { ja: '送信者', en: 'From' },
      sender.name === '' ? { ja: '退出した人', en: 'Somebody who has left' }[locale] : sender.name,
    ],
    [{ ja: 'お預かり', en: 'Handed over' }, at(receipt.handedOverAt)],
    [{ ja: '保管', en: 'Stored' }, at(receipt.storedAt)],
    [
      { ja: '結果', en: 'Outcome' },
      `${fileStateText(receipt.outcome, locale, { rejectedRows: rows?.refused, causeCode: cause?.code })}  ${at(receipt.settledAt)}`,
    ],
    [{ ja: '行数', en: 'Rows' }, rows && rowCountsText(rowCountsOf(rows), locale)],
  ];
  return [
    isJapanese ? '受領証は本物です。発行後に変更されていません。' : 'The receipt is genuine, and as it was issued.',
    ...facts.flatMap(([label, value]) => (value === null ? [] : [`${label[locale]}: ${value}`])),
    ...(cause ? [cause.text[locale]] : []),
    receiptComparisonText(receipt.comparison, locale),
    ...(comparedPath === undefined
      ? []
      : [
          isJapanese
            ? `『${comparedPath}』は、この受領証のファイルと同じ内容です。`
            : `'${comparedPath}' is the file of this receipt, byte for byte.`,
        ]),
  ].map(printable);
}

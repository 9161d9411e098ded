import type { Receipt } from '@hikyaku/receipts';
import { fileStateText } from '@hikyaku/texts';
import { UiLocaleProvider } from '@hikyaku/ui';
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import messages from '../i18n/messages/en.json' with { type: 'json' };
import { ReceiptFacts } from '../receipts/receipt-facts.tsx';
import { receiptOf } from '../receipts/receipt-of.ts';
import { Verdict } from './verdict.tsx';

function draw(part: ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <UiLocaleProvider locale="en" timeZone="UTC">
        {part}
      </UiLocaleProvider>
    </NextIntlClientProvider>,
  );
}

const rows = { read: 3, new: 1, changed: 0, unchanged: 0, repeated: 0, refused: 2, deleted: 0 };
const cause = { code: 'object-superseded', text: { ja: '', en: 'Another took its place.' } };

test.each<[Pick<Receipt, 'outcome' | 'rows' | 'cause'>, string]>([
  [{ outcome: 'taken_in', rows, cause: null }, fileStateText('taken_in', 'en', { rejectedRows: 2 })],
  [{ outcome: 'newer_kept', rows: null, cause: null }, fileStateText('newer_kept', 'en')],
  [{ outcome: 'newer_kept', rows: null, cause }, fileStateText('newer_kept', 'en', { causeCode: cause.code })],
])('the badge of %j says the same beside the verdict and among the facts', (told, word) => {
  const receipt = receiptOf(told);
  expect(draw(<Verdict judgement={{ verdict: 'genuine', receipt, keyId: 'k' }} />)).toContain(`>${word}<`);
  expect(draw(<ReceiptFacts receipt={receipt} />)).toContain(`>${word}<`);
});

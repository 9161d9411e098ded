import type { FileDetail } from '@hikyaku/types';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import messages from '../i18n/messages/en.json' with { type: 'json' };
import { FileAnswer } from './file-answer.tsx';

function answerOf(file: Pick<FileDetail, 'state' | 'counts' | 'cause'>): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <FileAnswer file={file} />
    </NextIntlClientProvider>,
  );
}

test('a file that another took the place of is not told to have met newer data', () => {
  const kept = { state: 'newer_kept', counts: null } as const;
  expect(answerOf({ ...kept, cause: null })).toBe('Newer data was already there and was kept.');
  expect(answerOf({ ...kept, cause: { code: 'object-superseded', details: {} } })).toBe(
    'Another file was put in its place before it could be read.',
  );
});

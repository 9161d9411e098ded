import { MantineProvider } from '@mantine/core';
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import messages from '../i18n/messages/en.json' with { type: 'json' };
import type { HeldFile } from './held-file.ts';
import { HeldMany } from './held-many.tsx';
import { UnshownFiles } from './unshown-files.tsx';

const held = Array.from({ length: 30 }, (_, i): HeldFile => {
  const file = new File(['id\nx\n'], `${i}.csv`);
  return {
    id: `held-${i}`,
    file,
    fileName: file.name,
    toQueue: { file },
    state: 'asking',
    isOfMany: true,
    headline: { code: 'rows-refused', level: 'refused', refused: 1, read: 1, isWhole: true },
    found: null,
    progress: null,
    hasFailed: false,
  };
});
const nothing = () => undefined;

function draw(part: ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <MantineProvider>{part}</MantineProvider>
    </NextIntlClientProvider>,
  );
}

test('of many files each that is named can be looked at closer, and the others can be had', () => {
  const html = draw(<HeldMany held={held} many={null} onLookCloser={nothing} onSend={nothing} onDiscard={nothing} />);
  expect(html.match(/aria-label="Look closer at \d\.csv"/g)).toHaveLength(10);
  expect(html).toContain('Of all 1 lines, 1 would be refused.');
  expect(html).toContain('Show more (20 left)');
});

test('where what shows findings did not come, that is told, and files can be sent or left all the same', () => {
  const html = draw(<UnshownFiles count={3} onShow={nothing} onSend={nothing} onDiscard={nothing} />);
  expect(html).toMatch(/role="alert">3 files need a look before they are sent\..*Load it again, or send as it is\./);
  expect(html.match(/<button/g)).toHaveLength(3);
  for (const label of ['Load again', 'Send 3 as they are', 'Don’t send 3']) expect(html).toContain(label);
});

import { UiLocaleProvider } from '@hikyaku/ui';
import { MantineProvider } from '@mantine/core';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import messages from '../i18n/messages/en.json' with { type: 'json' };
import { PoliciesPage } from './policies-page.tsx';

test('as the server draws it no field takes typing: what is typed before the script is there would be lost', () => {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <UiLocaleProvider locale="en" timeZone="UTC">
        <MantineProvider>
          <PoliciesPage />
        </MantineProvider>
      </UiLocaleProvider>
    </NextIntlClientProvider>,
  );
  const fields = html.match(/<(?:textarea|input)\b(?![^>]*type="(?:checkbox|radio)")[^>]*>/g) ?? [];
  expect(fields.length).toBeGreaterThan(5);
  expect(fields.filter((field) => !/\breadonly\b/i.test(field))).toEqual([]);
});

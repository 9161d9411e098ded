import type { Locale } from '@hikyaku/types';
import { getRequestConfig } from 'next-intl/server';
import { cookies, headers } from 'next/headers';
import { chooseLocale } from './choose-locale.ts';
import { localeCookie } from './locale-cookie.ts';
import type ja from './messages/ja.json';

export default getRequestConfig(async () => {
  const [cookieStore, headerList] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(cookieStore.get(localeCookie)?.value, headerList.get('accept-language'));
  return { locale, messages: await messagesOf(locale) };
});

async function messagesOf(locale: Locale): Promise<typeof ja> {
  const loaded = locale === 'ja' ? await import('./messages/ja.json') : await import('./messages/en.json');
  return loaded.default;
}

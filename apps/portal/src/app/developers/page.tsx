import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DevelopersPage } from '../../developers/developers-page.tsx';
import { loadApiDocument } from '../../developers/load-api-document.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('developers'))('title') };
}

export default async function Page() {
  return <DevelopersPage api={await loadApiDocument(await getLocale())} />;
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DoctorPage } from '../../../connection/doctor-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('connection'))('title') };
}

export default function Page() {
  return <DoctorPage />;
}

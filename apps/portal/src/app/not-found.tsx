import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NotFoundNotice } from '../shell/not-found-notice.tsx';
import { Door } from '../sign-in/door.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notFound'))('title') };
}

export default function NotFound() {
  return (
    <Door>
      {/* A plain link: every page brings this one along, and would bring the code of Next's a second time. */}
      <NotFoundNotice link="a" />
    </Door>
  );
}

'use client';

import { PageFailure } from '../shell/page-failure.tsx';
import { Door } from '../sign-in/door.tsx';

export default function RootError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Door>
      <PageFailure {...props} />
    </Door>
  );
}

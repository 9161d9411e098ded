'use client';

import { PageFailure } from '../../shell/page-failure.tsx';

export default function SignedInError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return <PageFailure {...props} />;
}

'use client';

import { describeError } from '@hikyaku/texts';
import { ErrorNotice } from '@hikyaku/ui';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import type { Failure } from '../trpc/failure.ts';

/** A failed call, told to a person, with a way to try again where that may help. */
export function FailureNotice({ failure, onRetry }: { failure: Failure; onRetry?: (() => void) | undefined }) {
  const locale = useLocale();
  const translate = useTranslations('common');
  return (
    <ErrorNotice text={describeError(failure, locale)} code={failure.code} referenceId={failure.referenceId}>
      {onRetry && (
        <Button size="xs" variant="default" onClick={onRetry}>
          {translate('retry')}
        </Button>
      )}
    </ErrorNotice>
  );
}

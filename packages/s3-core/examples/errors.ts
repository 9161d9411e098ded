import { HikyakuError } from '@hikyaku/types';
import {
  codeOfAnswer,
  failureOf,
  missingCredentials,
  storageError,
  storageFailure,
  storageFailures,
} from '@hikyaku/s3-core/errors';
import { getObject } from '@hikyaku/s3-core/read';
import type { Scene } from './scene.ts';

export async function errorsExample({ client, bucket, log }: Scene): Promise<void> {
  try {
    await getObject(client, { bucket, key: 'nothing' });
  } catch (error) {
    if (!(error instanceof HikyakuError)) throw error;
    // Decide by the code; S3's own name of it and the number of the request stand in the details.
    log(error.code, error.retriable, error.details['awsCode'], error.details['requestId']);
  }
  // Of whatever the SDK threw.
  const failure = storageFailure(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
  log(failure.code, failure.retriable, storageError(failure).code);
  log(codeOfAnswer({ status: 503, awsCode: 'SlowDown' }), storageFailures['slow-down'].retry);
  log(failureOf('disk-full').retriable, missingCredentials({ AWS_ACCESS_KEY_ID: 'x' }));
}

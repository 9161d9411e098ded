import { type StorageErrorCode, storageErrorCode } from '@hikyaku/types';
import { storageFailures } from './storage-failures.ts';

/** What S3 said when it didn't do what was asked. */
export interface RefusingAnswer {
  /** 0 where it is not known. */
  status: number;
  /** S3's own name of it; undefined where an answer has no body, as that to a HEAD. */
  awsCode?: string | undefined;
  message?: string | undefined;
}

const codeByAwsCode = new Map<string, StorageErrorCode>(
  storageErrorCode.options.flatMap((code) => storageFailures[code].awsCodes.map((awsCode) => [awsCode, code] as const)),
);

/** Where there is no body to say it, or a name nobody knows. */
const codeByStatus: Readonly<Record<number, StorageErrorCode>> = {
  301: 'wrong-region',
  307: 'wrong-region',
  403: 'access-denied',
  404: 'no-such-key',
  408: 'timeout',
  409: 'conflict',
  412: 'precondition-failed',
  416: 'invalid-range',
  429: 'throttled',
  500: 'internal',
  502: 'unavailable',
  503: 'unavailable',
  504: 'timeout',
};

/**
 * By S3's name of it, which says more; else by the status, so that a HEAD's 403 and 404, which have no body, are told apart.
 * A name that is new is refused or away by its status, and stands in the error's details.
 */
export function codeOfAnswer({ status, awsCode, message }: RefusingAnswer): StorageErrorCode {
  const known = awsCode === undefined ? undefined : codeByAwsCode.get(awsCode);
  // Of a key that may not be used S3 says nothing but AccessDenied; the action stands in the sentence in IAM's own spelling.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
  if (known === 'access-denied' && /\bkms:[A-Z]/.test(message ?? '')) return 'kms-access-denied';
  if (known) return known;
  const isNamed = awsCode !== undefined && awsCode !== '' && !saysStatusOnly.test(awsCode);
  return (isNamed ? passing[status] : codeByStatus[status]) ?? byClass(status);
}

/** Statuses that pass, whatever the name. */
const passing: Readonly<Record<number, StorageErrorCode>> = { 408: 'timeout', 429: 'throttled' };

/** What the SDK calls an answer without a body. */
const saysStatusOnly = /^(\d+|Unknown|UnknownError|Error)$/;

function byClass(status: number): StorageErrorCode {
  return status >= 300 && status < 500 ? 'storage-refused' : 'storage-unavailable';
}

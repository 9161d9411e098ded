import type { StorageErrorCode } from '@hikyaku/types';

/**
 * Whether the same request may be sent again. `never`: nothing about it changes by itself. `soon`: it may go through the next
 * time. `slower`: only if less is asked of S3.
 */
export type RetryClass = 'never' | 'soon' | 'slower';

export interface StorageFailure {
  retry: RetryClass;
  /** For callers that need no more: gone, refused or away. */
  coarse: 'object-missing' | 'storage-refused' | 'storage-unavailable';
  /** What S3, STS and KMS call it. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
  awsCodes: readonly string[];
}

const refused = (...awsCodes: string[]): StorageFailure => ({ retry: 'never', coarse: 'storage-refused', awsCodes });
const away = (...awsCodes: string[]): StorageFailure => ({ retry: 'soon', coarse: 'storage-unavailable', awsCodes });
const gone = (...awsCodes: string[]): StorageFailure => ({ retry: 'never', coarse: 'object-missing', awsCodes });

/** Every failure there is, what it is called, and whether trying again makes sense. */
export const storageFailures = {
  'no-such-key': gone('NoSuchKey', 'NotFound'),
  'no-such-version': gone('NoSuchVersion'),
  'no-such-bucket': gone('NoSuchBucket'),
  'no-such-upload': gone('NoSuchUpload'),
  'access-denied': refused('AccessDenied', 'AllAccessDisabled', 'AccountProblem', 'Forbidden', 'UnauthorizedAccess'),
  'kms-access-denied': refused('KMS.AccessDeniedException', 'KMSAccessDeniedException'),
  'kms-key-unusable': refused(
    'KMS.DisabledException',
    'KMS.InvalidKeyUsageException',
    'KMS.KMSInvalidStateException',
    'KMS.NotFoundException',
  ),
  'invalid-bucket-name': refused('InvalidBucketName'),
  'invalid-object-name': refused('KeyTooLongError', 'InvalidURI', 'InvalidObjectName'),
  'invalid-range': refused('InvalidRange'),
  'precondition-failed': gone('PreconditionFailed'),
  conflict: { retry: 'soon', coarse: 'storage-refused', awsCodes: ['ConditionalRequestConflict', 'OperationAborted'] },
  'object-archived': refused('InvalidObjectState'),
  'object-changed': gone(),
  'no-credentials': { retry: 'never', coarse: 'storage-unavailable', awsCodes: ['CredentialsProviderError'] },
  'partial-credentials': refused(),
  'invalid-credentials': refused(
    'InvalidAccessKeyId',
    'SignatureDoesNotMatch',
    'InvalidToken',
    'InvalidClientTokenId',
    'UnrecognizedClientException',
  ),
  'expired-credentials': refused('ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'),
  'clock-skew': refused('RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'),
  'wrong-region': refused(
    'PermanentRedirect',
    'TemporaryRedirect',
    'AuthorizationHeaderMalformed',
    'IllegalLocationConstraintException',
  ),
  throttled: {
    retry: 'slower',
    coarse: 'storage-unavailable',
    awsCodes: [
      'Throttling',
      'ThrottlingException',
      'ThrottledException',
      'RequestThrottled',
      'RequestThrottledException',
      'RequestLimitExceeded',
      'BandwidthLimitExceeded',
      'LimitExceededException',
      'TooManyRequestsException',
      'TooManyRequests',
      'KMS.ThrottlingException',
      'KMS.LimitExceededException',
    ],
  },
  'slow-down': { retry: 'slower', coarse: 'storage-unavailable', awsCodes: ['SlowDown', 'Busy'] },
  timeout: away('RequestTimeout', 'RequestTimeoutException', 'TimeoutError'),
  unavailable: away('ServiceUnavailable', 'ServiceUnavailableException'),
  internal: away('InternalError', 'InternalFailure', 'InternalServerError'),
  network: away(),
  'untrusted-certificate': { retry: 'never', coarse: 'storage-unavailable', awsCodes: [] },
  'unexpected-answer': { retry: 'never', coarse: 'storage-unavailable', awsCodes: [] },
  'checksum-mismatch': away('BadDigest', 'XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch'),
  'not-verifiable': refused(),
  'file-too-large': refused('EntityTooLarge'),
  'unsafe-name': refused(),
  'disk-full': refused(),
  'target-unusable': refused(),
  'source-unreadable': refused(),
  'too-many-parts': refused(),
  'not-as-sent': refused(),
  'storage-refused': refused(),
  'storage-unavailable': away(),
} satisfies Record<StorageErrorCode, StorageFailure>;

export { codeOfAnswer, type RefusingAnswer } from './code-of-answer.ts';
export { missingCredentials } from './missing-credentials.ts';
export { storageError } from './storage-error.ts';
export { failureOf, storageFailure } from './storage-failure.ts';
export { type RetryClass, type StorageFailure, storageFailures } from './storage-failures.ts';

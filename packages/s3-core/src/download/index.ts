export { downloadObject, type DownloadedObject, type DownloadOptions } from './download-object.ts';
export { createCompositeDigest, createDigest, type DigestAlgorithm, type RunningDigest } from './object-digest.ts';
export { pinObject, type PinnedObject } from './pin-object.ts';
export { type KnownContent, planVerification, type VerificationPlan } from './plan-verification.ts';
export { pathInFolder, prepareTarget } from './target-path.ts';
export { deleteLeftovers } from './temporary-file.ts';

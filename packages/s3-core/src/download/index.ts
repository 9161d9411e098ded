export {
  createCompositeDigest,
  createDigest,
  type DigestAlgorithm,
  prepareDigest,
  type RunningDigest,
} from '../integrity/object-digest.ts';
export {
  type KnownContent,
  type ObjectClaims,
  planVerification,
  type VerificationPlan,
} from '../integrity/plan-verification.ts';
export { downloadObject, type DownloadedObject, type DownloadOptions } from './download-object.ts';
export { pinObject, type PinnedObject } from './pin-object.ts';
export { pathInFolder, prepareTarget } from './target-path.ts';
export { deleteLeftovers } from './temporary-file.ts';

import type { BucketSettings } from './access-policies.ts';
import type { RequestFacts } from './request-facts.ts';

/** What the bucket's owner may grant on any object: to write a new one, to delete, and to deal with parts. */
const ofTheBucket = new Set([
  's3:putobject',
  's3:deleteobject',
  's3:deleteobjectversion',
  's3:abortmultipartupload',
  's3:listmultipartuploadparts',
]);

/**
 * With ACLs an object belongs to the account that wrote it, and the bucket's owner can't share it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export function isForeignObject(bucket: BucketSettings, facts: RequestFacts): boolean {
  const hasAcls = bucket.objectOwnership !== undefined && bucket.objectOwnership !== 'BucketOwnerEnforced';
  if (!hasAcls || facts.objectOwnerAccountId === facts.resourceAccountId) return false;
  const isObject = facts.service === 's3' && (facts.resourceParts?.[5] ?? '').includes('/');
  return isObject && !ofTheBucket.has(facts.action);
}

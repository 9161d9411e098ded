export {
  catObject,
  getObject,
  type GetObjectOptions,
  type HeldObject,
  type NotModified,
  type ObjectName,
  type ObjectStream,
  type ReadConditions,
  type ReadOptions,
} from './get-object.ts';
export type { ObjectMetadata } from './object-metadata.ts';
export { openObject } from './open-object.ts';
export { readObject } from './read-object.ts';

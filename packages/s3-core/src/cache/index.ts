export { type CachedObject, createObjectCache, type ObjectCache, type ObjectCacheOptions } from './object-cache.ts';

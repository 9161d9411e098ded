export { downloadObjects, type DownloadObjectsOptions } from './download-objects.ts';
export { type KeyResult, mapKeys, type MapKeysOptions } from './map-keys.ts';

export { listAllVersions } from './list-all-versions.ts';
export { type ListedObject, type ListedPrefix, type ListOptions, listObjects, measureObjects } from './list-objects.ts';
export { listVersions, type StoredVersion, type VersionsPage } from './list-versions.ts';

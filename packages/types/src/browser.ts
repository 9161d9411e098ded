// What a browser needs of the contracts beside their types: nothing here may import a schema, which would bring 40 KB of zod.
export { callerHeader, callerName } from './caller-header.ts';
export { fileNameEndings, readFileName } from './file-names.ts';
export { hasRole } from './has-role.ts';
export { HikyakuError } from './hikyaku-error.ts';
export { mostStatesAtOnce } from './most-states-at-once.ts';
export { findNameDate } from './name-date.ts';
export { untilAborted } from './until-aborted.ts';

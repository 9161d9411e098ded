export { copyRejects, type CopyRejectsOptions } from './copy-rejects.ts';
export { createTargetTable } from './create-target-table.ts';
export { dropStaging } from './drop-staging.ts';
export { type MergedRows, mergeStaging, type MergeStagingOptions } from './merge-staging.ts';
export { type StagedObject, stageObject, type StageObjectOptions, type StageProgress } from './stage-object.ts';
export { listStagingTables, stagingTableName } from './staging-table.ts';
export type { OrganizationSchema, TargetTable } from './target-table.ts';
export { type ValidatedStaging, validateStaging, type ValidateStagingOptions } from './validate-staging.ts';

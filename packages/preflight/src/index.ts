export type { FaultSort } from './fault-summary.ts';
export { preflightFile, type PreflightOptions } from './preflight-file.ts';
export { isClean, type PreflightProgress, type PreflightReport } from './preflight-report.ts';
export type { Preview, PreviewRow } from './preview.ts';
export { previewFile } from './preview-file.ts';

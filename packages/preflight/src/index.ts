export { preflightFile, type PreflightOptions } from './preflight-file.ts';
export type { PreflightProgress, PreflightReport } from './preflight-report.ts';
export type { Preview, PreviewRow } from './preview.ts';
export { previewFile } from './preview-file.ts';

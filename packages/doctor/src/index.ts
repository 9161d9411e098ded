export { diagnose, type DiagnoseOptions } from './diagnose.ts';
export { renderFindings } from './render-findings.ts';
export { type DoctorSummary, summarize } from './summarize.ts';

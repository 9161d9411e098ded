export { diagnose, type DiagnoseOptions } from './diagnose.ts';
export { renderFinding, renderFindings, renderSummary } from './render-findings.ts';
export { type DoctorSummary, summarize } from './summarize.ts';
export { renderProblems, type UsualProblem, usualProblems } from './usual-problems.ts';

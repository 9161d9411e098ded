export { type ConformanceCase, type ConformanceContext, Unsupported } from './conformance-case.ts';
export { conformanceCases } from './conformance-cases.ts';
export { type ConformanceOptions, type ConformanceResult, runConformance } from './run-conformance.ts';

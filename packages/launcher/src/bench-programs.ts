/** What `npm run bench` runs, each alone on the machine, and the goals whose rows it has to bring. */
export const benchPrograms = [
  { folder: 'packages/policies/benchmarks', goalIds: ['P11'] },
  { folder: 'packages/launcher/benchmarks', goalIds: ['P10', 'P13'] },
  { folder: 'apps/ingest-worker/benchmarks', goalIds: ['P1', 'P2', 'P3', 'P4', 'P5', 'P12', 'P14'] },
  { folder: 'packages/s3-core/benchmarks', goalIds: ['P6', 'P7', 'P8', 'P10', 'P12'] },
] as const;

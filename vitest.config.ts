import { defineConfig } from 'vitest/config';

const withoutBuildOutput = ['**/node_modules/**', '**/.next/**', '**/generated/**'];

const onParts = {
  globalSetup: ['packages/local-cloud/src/testing/global-setup.ts'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // Most of them wait for a worker, a claim or a database more than they compute.
  maxWorkers: 3,
};

/**
 * unit: pure code, no process, no port. integration: the real embedded parts, started once per run by the global set-up;
 * each test file takes an account (bucket, queue, roles) and a database of its own.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/{src,test}/**/*.test.{ts,tsx}'],
          exclude: [...withoutBuildOutput, '**/*.integration.test.ts'],
          // Some start a program; on a busy machine that takes seconds.
          testTimeout: 30_000,
          // Two cores: the longest wait for timers and for each other's sockets.
          maxWorkers: 4,
        },
      },
      {
        test: {
          ...onParts,
          name: 'integration',
          include: ['{apps,packages}/*/{src,test}/**/*.integration.test.ts'],
          exclude: [...withoutBuildOutput, 'apps/ingest-worker/**'],
          // What they import is most of what a file costs: each process does it once.
          isolate: false,
        },
      },
      {
        test: {
          ...onParts,
          // Some of these files are those of others, with the queue on Redis: nothing may be left from one to the next.
          name: 'integration-isolated',
          include: ['apps/ingest-worker/test/**/*.integration.test.ts'],
          exclude: withoutBuildOutput,
        },
      },
    ],
  },
});

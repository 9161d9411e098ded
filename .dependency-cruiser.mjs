import { builtinModules } from 'node:module';

/**
 * Who may import whom: docs/architecture.md tells why. Each app and package names what of ours it may import; everything
 * else is forbidden. The portal sees the api's types alone.
 */
const mayImport = {
  'apps/portal': ['types', 'texts', 'ui', 'datasets', 'upload-client', 'policies', 'preflight', 'receipts'],
  'apps/api': ['types', 'texts', 's3-core', 'db', 'datasets', 'ingest', 'encryption', 'receipts', 'telemetry'],
  'apps/ingest-worker': ['types', 's3-core', 'db', 'jobs', 'datasets', 'ingest', 'encryption', 'telemetry'],
  'packages/types': [],
  'packages/texts': ['types'],
  'packages/telemetry': [],
  'packages/s3-core': ['types'],
  'packages/policies': [],
  'packages/datasets': ['types'],
  'packages/encryption': ['types'],
  'packages/ingest': ['types', 'datasets', 'encryption'],
  'packages/jobs': [],
  'packages/db': ['types'],
  'packages/upload-client': ['types', 'encryption'],
  'packages/receipts': [],
  'packages/ui': ['texts', 'types'],
  'packages/local-cloud': ['policies'],
  'packages/bench': [],
  'packages/launcher': ['local-cloud', 'db', 'bench', 'encryption', 'receipts'],
  'packages/doctor': ['types', 'texts', 's3-core', 'policies'],
  'apps/cli': [
    'types',
    'texts',
    's3-core',
    'datasets',
    'encryption',
    'upload-client',
    'doctor',
    'policies',
    'receipts',
  ],
  'packages/preflight': ['types', 'datasets', 'encryption'],
};

/** Tests may also stand on the embedded parts, and on a migrated database. */
const forTests = [
  'bench',
  'local-cloud',
  'db',
  'ingest',
  'encryption',
  'types',
  'policies',
  'texts',
  'preflight',
  'upload-client',
  'receipts',
];
const tests = '/(test|e2e|testing|benchmarks|faults|fault-proxy)/|\\.test\\.tsx?$';

/** What Node alone has and has to be imported. */
const nodeModules = `^(node:)?(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`;

const onlyAllowed = Object.entries(mayImport).flatMap(([from, allowed]) => {
  const own = from.split('/')[1];
  const folders = (names) => `^packages/(${[own, ...names].join('|')})/`;
  return [
    {
      name: `${own}-imports`,
      severity: 'error',
      comment: `${from} may import of ours: ${allowed.join(', ') || 'nothing'}`,
      from: { path: `^${from}/`, pathNot: tests },
      to: { path: '^(apps|packages)/', pathNot: [folders(allowed), `^${from}/`], dependencyTypesNot: ['type-only'] },
    },
    {
      name: `${own}-type-imports`,
      severity: 'error',
      comment: `${from}: not even types of others, but the portal of the api`,
      from: { path: `^${from}/`, pathNot: tests },
      to: {
        path: '^(apps|packages)/',
        pathNot: [folders(allowed), `^${from}/`, ...(from === 'apps/portal' ? ['^apps/api/src/index\\.ts$'] : [])],
        dependencyTypes: ['type-only'],
      },
    },
    {
      name: `${own}-test-imports`,
      severity: 'error',
      comment: `tests of ${from} may also import ${forTests.join(', ')}`,
      from: { path: `^${from}/.*(${tests})` },
      to: { path: '^(apps|packages)/', pathNot: [folders([...allowed, ...forTests]), `^${from}/`] },
    },
  ];
});

export default {
  forbidden: [
    ...onlyAllowed,
    {
      name: 'through-the-door',
      severity: 'error',
      comment: "a package's exports are its only door",
      from: { path: '^(apps|packages)/([^/]+)/' },
      to: {
        path: '^packages/([^/]+)/src/',
        pathNot: ['^packages/$2/', '/index\\.ts$', '^packages/upload-client/src/node\\.ts$'],
        dependencyTypesNot: ['local'],
      },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      // Types that know each other are no circle at run time.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'for-browsers',
      severity: 'error',
      comment: 'runs in browsers: nothing of Node',
      from: {
        path: [
          '^packages/datasets/src/(reading|saved-text)/index\\.ts$',
          '^packages/encryption/src/(beginnings|sealing)/index\\.ts$',
          '^packages/preflight/src/(index|browser/[a-z-]+)\\.ts$',
          '^packages/upload-client/src/(index|[a-z-]+-worker)\\.ts$',
        ],
      },
      to: { path: nodeModules, reachable: true },
    },
    {
      name: 'reading-without-schemas',
      severity: 'error',
      comment: 'how files are read goes to browsers: the 40 KB of zod stay with those who define datasets',
      from: {
        path: '^packages/datasets/src/',
        pathNot: [tests, '/define-dataset\\.ts$', '^packages/datasets/src/index\\.ts$'],
      },
      to: { path: ['/node_modules/zod/', '^packages/datasets/src/(define-dataset|index)\\.ts$'] },
    },
    {
      name: 'texts-of-datasets-alone',
      severity: 'error',
      comment: 'who sends files reads texts as datasets do, and leaves files to preflight and the worker',
      from: { path: '^apps/(portal|cli)/', pathNot: tests },
      to: { path: '^packages/datasets/', pathNot: '^packages/datasets/src/saved-text/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^node:', '\\.css$'] },
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      comment: 'what is for tests stays with tests',
      from: { pathNot: `${tests}|/examples/|/vitest\\.config` },
      to: { path: '/testing/|/fault-proxy/|\\.test\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next(-test)?|generated|schema-engine|dist)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};

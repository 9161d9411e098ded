import type { ActionType, NodePlopAPI } from 'node-plop';

/** What a person is asked for, in the order of the command line. */
export const generators = {
  package: ['name', 'reason'],
  procedure: ['path', 'kind', 'role'],
} as const;

export type GeneratorName = keyof typeof generators;

const slug = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const procedurePath = /^[a-z][a-zA-Z]*\.[a-z][a-zA-Z]*$/;

/** Paths are relative to plop's destination, the root of the repository; templates lie beside this package. */
export function addGenerators(plop: NodePlopAPI, templates: string): void {
  plop.setGenerator('package', {
    description: 'a package of its own, with its row in the README and its line in the import rules',
    prompts: [
      {
        name: 'name',
        message: 'Name (kebab-case):',
        validate: (name: string) => slug.test(name) || 'Letters, digits and single hyphens, such as share-links.',
      },
      {
        name: 'reason',
        message: 'Its reason, in one line:',
        validate: (reason: string) => /\S/.test(reason) || 'A package without a reason is a folder.',
      },
    ],
    actions: (answers) => packageActions(templates, String(answers?.['name'])),
  });
  plop.setGenerator('procedure', {
    description: 'a tRPC procedure, with its place in the router and in the isolation test',
    prompts: [
      {
        name: 'path',
        message: 'Path, such as files.rename:',
        validate: (path: string) => procedurePath.test(path) || 'An area and a verb, such as files.rename.',
      },
      { type: 'list', name: 'kind', message: 'It', choices: ['query', 'mutation'] },
      { type: 'list', name: 'role', message: 'For', choices: ['uploader', 'operator', 'administrator'] },
    ],
    actions: (answers) => procedureActions(templates, answers ?? {}),
  });
}

function packageActions(templates: string, name: string): ActionType[] {
  return [
    {
      type: 'addMany',
      destination: `packages/${name}`,
      base: `${templates}/package`,
      templateFiles: `${templates}/package/**/*.hbs`,
    },
    {
      type: 'modify',
      path: '.dependency-cruiser.mjs',
      pattern: /(const mayImport = \{[^}]*)\n\};/,
      template: `$1\n  'packages/${name}': [],\n};`,
    },
    {
      type: 'modify',
      path: 'README.md',
      pattern: /\n(\| `packages\/launcher`)/,
      template: `\n| \`packages/${name}\` | {{{reason}}} |\n$1`,
    },
  ];
}

function procedureActions(templates: string, answers: Record<string, unknown>): ActionType[] {
  const [area = '', verb = ''] = String(answers['path']).split('.');
  const name = `${verb}${area[0]?.toUpperCase()}${area.slice(1)}Procedure`;
  const file = `${kebab(area)}/${kebab(verb)}`;
  // Plop's templates see every answer.
  answers['procedure'] = name;
  return [
    {
      type: 'add',
      path: `apps/api/src/procedures/${file}.ts`,
      templateFile: `${templates}/procedure/procedure.ts.hbs`,
    },
    {
      type: 'modify',
      path: 'apps/api/src/router.ts',
      transform: (router: string) => addToRouter(router, { area, verb, name, file }),
    },
    {
      type: 'modify',
      path: 'apps/api/test/isolation.integration.test.ts',
      pattern: /(const entries: Record<string, Entry> = \{[^]*?)\n\};/,
      template: `$1\n  '${area}.${verb}': { input: () => ({}), stranger: 'own' },\n};`,
    },
  ];
}

function addToRouter(
  router: string,
  { area, verb, name, file }: { area: string; verb: string; name: string; file: string },
): string {
  const imported = router.replace(
    "import { router } from './trpc/init.ts';",
    (line) => `import { ${name} } from './procedures/${file}.ts';\n${line}`,
  );
  const opening = new RegExp(`\\n  ${area}: router\\(\\{`);
  if (opening.test(imported)) return imported.replace(opening, (found) => `${found} ${verb}: ${name},`);
  return imported.replace(
    '\n});\n\nexport type AppRouter',
    (end) => `\n  ${area}: router({ ${verb}: ${name} }),${end}`,
  );
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

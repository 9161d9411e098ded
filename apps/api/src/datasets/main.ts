import { parseArgs } from 'node:util';
import { findOrganizationId } from '@hikyaku/db';
import { describeError } from '@hikyaku/texts';
import { HikyakuError } from '@hikyaku/types';
import { Client } from 'pg';
import { applyDataset } from './apply-dataset.ts';
import { describePlan } from './describe-plan.ts';
import { readDatasetsEnvironment } from './env.ts';
import { loadDatasets } from './load-datasets.ts';

// `datasets plan|apply [--accept-dangerous] <organization> <file>…`: says what an organization's datasets and their tables
// would have to become to be what the files define, or makes them so. Exit code 1: something was refused, or would be.
const usage = 'Usage: datasets plan|apply [--accept-dangerous] <organization, by its short name or id> <file>…';

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'accept-dangerous': { type: 'boolean', default: false } },
  });
  const [command, organization, ...files] = positionals;
  if ((command !== 'plan' && command !== 'apply') || !organization || files.length === 0) throw new Error(usage);
  const acceptDangerous = values['accept-dangerous'];
  const datasets = (await Promise.all(files.map(loadDatasets))).flat();
  const client = new Client(readDatasetsEnvironment().DATABASE_OWNER_URL);
  await client.connect();
  try {
    const organizationId = await findOrganizationId(client, organization).catch(() => {
      throw new Error(`There is no organization ${organization}.`);
    });
    for (const dataset of datasets) {
      const plan = await applyDataset(client, organizationId, dataset, { dryRun: true, acceptDangerous });
      process.stdout.write(describePlan(dataset, plan));
      if (plan.changes.some(({ risk }) => risk === 'impossible' || (risk === 'dangerous' && !acceptDangerous))) {
        process.exitCode = 1;
      } else if (command === 'apply') {
        await applyDataset(client, organizationId, dataset, { dryRun: false, acceptDangerous });
        process.stdout.write('  done\n');
      }
    }
  } finally {
    await client.end();
  }
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

function explain(error: unknown): string {
  if (error instanceof HikyakuError)
    return Object.values(describeError(error, 'en'))
      .filter((part) => part !== null)
      .join(' ');
  return error instanceof Error ? error.message : String(error);
}

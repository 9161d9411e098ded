import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { localCloudAddresses } from '../addresses.ts';
import { sweepTestFolders, testFolderPrefix } from './sweep-test-folders.ts';
import { startLocalCloud } from '../start-local-cloud.ts';
import './provided-context.ts';

/**
 * One cloud for the whole run, thrown away after it. `HIKYAKU_TEST_CLOUD`, the addresses as JSON, attaches to one that runs
 * already, so that a developer need not wait for a start; of several projects the first one starts it for the others.
 */
// Vitest asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env['HIKYAKU_TEST_CLOUD'];
  if (running !== undefined && running !== '') {
    project.provide('localCloud', localCloudAddresses.parse(JSON.parse(running)));
    return () => Promise.resolve();
  }
  await sweepTestFolders(tmpdir());
  const dataFolder = await mkdtemp(join(tmpdir(), testFolderPrefix));
  try {
    const cloud = await startLocalCloud({
      dataFolder,
      postgresSettings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    });
    project.provide('localCloud', cloud.addresses);
    process.env['HIKYAKU_TEST_CLOUD'] = JSON.stringify(cloud.addresses);
    return async () => {
      await cloud.stop({ discard: true });
      await rm(dataFolder, { recursive: true, force: true });
    };
  } catch (error) {
    await rm(dataFolder, { recursive: true, force: true });
    throw error;
  }
}

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askMonitor } from './ask-monitor.ts';

const searchPath = process.env['PATH'];
const tooEarly = 'Error EPERM: problem getting command descriptions from mon.';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-ask-monitor-'));
  process.env['PATH'] = `${folder}:${searchPath}`;
});
afterEach(async () => {
  process.env['PATH'] = searchPath;
  await rm(folder, { recursive: true });
});

/** A program in the place of Ceph's that complains so often before it does what it is told. */
async function cephThat(complaint: string, times: number) {
  const script = `#!/bin/sh
    echo asked >> "${folder}/asked"
    if [ "$(wc -l < "${folder}/asked")" -le ${times} ]; then echo "${complaint}" >&2; exit 1; fi
    echo "$@"`;
  await writeFile(join(folder, 'ceph'), script);
  await chmod(join(folder, 'ceph'), 0o755);
}

const timesAsked = async () => (await readFile(join(folder, 'asked'), 'utf8')).split('\n').length - 1;

test('a monitor that has just begun is asked again until it answers', async () => {
  await cephThat(tooEarly, 2);
  expect(await askMonitor(folder, ['osd', 'new'])).toContain('osd new');
  expect(await timesAsked()).toBe(3);
});

test('one that never knows anybody is told of', async () => {
  await cephThat(tooEarly, 1_000);
  await expect(askMonitor(folder, ['osd', 'new'], { patienceMilliseconds: 300 })).rejects.toThrow(tooEarly);
});

test('what it refuses is refused at once', async () => {
  await cephThat('Error EEXIST: entity osd.0 exists', 1_000);
  await expect(askMonitor(folder, ['osd', 'new'])).rejects.toThrow('EEXIST');
  expect(await timesAsked()).toBe(1);
});

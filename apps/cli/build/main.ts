import { fileURLToPath } from 'node:url';
import { buildPackage } from './build-package.ts';

const folder = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));
await buildPackage(folder);
process.stdout.write(`${folder}\n`);

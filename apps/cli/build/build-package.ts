import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { parse } from 'yaml';
import { z } from 'zod';
import packageJson from '../package.json' with { type: 'json' };
import { writeNotices } from './write-notices.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Left to npm: native code, which npm chooses by platform, and a package that its licence wants unchanged. */
const leftToNpm = z.object({ catalog: z.object({ '@node-rs/crc32': z.string(), openpgp: z.string() }) });

/**
 * The command as a package to publish: `npm pack <folder>`. What a command needs is a file of its own that is loaded when it
 * is run, so that `hikyaku --version` reads no SDK.
 *
 * @param folder is made anew
 */
export async function buildPackage(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const bundle = await rolldown({
    input: { hikyaku: here('../src/main.ts') },
    platform: 'node',
    external: ['openpgp'],
    // What the oldest Node that it runs on doesn't know (`await using`) is written out.
    transform: { target: 'node22.12' },
    resolve: { alias: { '@node-rs/crc32': here('../src/platform/crc32.ts') } },
    // Of our contracts and words only what is used: `--version` needs no schema.
    treeshake: { moduleSideEffects: [{ test: /\/packages\/(types|texts|doctor)\//, sideEffects: false }] },
    checks: { circularDependency: false },
  });
  const { output } = await bundle.write({
    dir: folder,
    format: 'esm',
    banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
    entryFileNames: '[name].mjs',
    chunkFileNames: 'parts/[name]-[hash].mjs',
    // Errors are told by the names of their classes.
    minify: { mangle: { keepNames: true }, compress: true, codegen: true },
  });
  await bundle.close();
  await chmod(join(folder, 'hikyaku.mjs'), 0o755);
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(await published(), undefined, 2)}\n`);
  await copyFile(here('../../../LICENSE'), join(folder, 'LICENSE'));
  await copyFile(here('../../../docs/cli.md'), join(folder, 'README.md'));
  await writeNotices(output, join(folder, 'NOTICES.txt'));
}

async function published() {
  const { catalog } = leftToNpm.parse(parse(await readFile(here('../../../pnpm-workspace.yaml'), 'utf8')));
  const { name, version, description, license, type } = packageJson;
  return {
    name,
    version,
    description,
    license,
    type,
    bin: { hikyaku: 'hikyaku.mjs' },
    engines: { node: '>=22.12' },
    // Without it a checksum is computed in JavaScript: slower, the same.
    optionalDependencies: { '@node-rs/crc32': catalog['@node-rs/crc32'] },
    dependencies: { openpgp: catalog.openpgp },
  };
}

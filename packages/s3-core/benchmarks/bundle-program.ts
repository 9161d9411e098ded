import { join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * A program as it is installed: one file, whatever it imports but native modules in it. Beside the package's own modules, where
 * those are found.
 */
export async function bundleProgram(name: string): Promise<string> {
  const file = join(import.meta.dirname, '..', 'node_modules', '.cache', 'hikyaku-bench', `${name}.mjs`);
  const build = await rolldown({
    input: join(import.meta.dirname, `${name}.ts`),
    platform: 'node',
    external: ['@node-rs/crc32'],
  });
  try {
    await build.write({ file, format: 'esm', minify: true, codeSplitting: false });
  } finally {
    await build.close();
  }
  return file;
}

import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const packageFile = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().default('see below'),
});

/** The licences of all that others wrote and the bundle holds: most of them ask for that. */
export async function writeNotices(
  output: readonly { type: string; moduleIds?: readonly string[] }[],
  path: string,
): Promise<void> {
  const modules = output.flatMap((chunk) => chunk.moduleIds ?? []).filter((id) => id.includes('/node_modules/'));
  const folders = new Set(modules.flatMap((id) => packageFolderOf(id) ?? []));
  const notices = await Promise.all(Array.from(folders, noticeOf));
  const byText = Map.groupBy(notices, ({ text }) => text);
  const written = Array.from(byText, ([text, packages]) => {
    const names = [...new Set(packages.map(({ name }) => name))].toSorted();
    return `${names.join('\n')}\n\n${text}`;
  });
  await writeFile(path, `${written.toSorted().join('\n\n----\n\n')}\n`);
}

/** The nearest folder that says what package it is; those inside of packages only say how to read their files. */
function packageFolderOf(moduleId: string): string | undefined {
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(moduleId) ?? [];
  return folder && existsSync(join(folder, 'package.json')) ? folder : undefined;
}

async function noticeOf(folder: string): Promise<{ name: string; text: string }> {
  const { name, version, license } = packageFile.parse(
    JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  );
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return { name: `${name} ${version} (${license})`, text: texts.map((text) => text.trim()).join('\n\n') };
}

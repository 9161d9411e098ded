import { expect, test } from 'vitest';
import type { ChosenFiles } from './chosen-files.ts';
import { filesOfEntry, filesOfHandle } from './files-of-folder.ts';

/** A folder of a disk: names to contents; null is what can't be read. */
type Tree = { [name: string]: string | Tree | null };

const tree: Tree = { 'a.csv': 'a', 'locked.csv': null, old: { 'b.csv': 'b', 'away.csv': null }, 'z.csv': 'z' };
const isSameEntry = async () => false;
const denied = () => Promise.reject(new DOMException('no right to it', 'NotReadableError'));

test.each([
  ['with handles', (found: ChosenFiles) => filesOfHandle(handleOf('May', tree), 'May', found)],
  ['without', (found: ChosenFiles) => filesOfEntry(entryOf('/May', tree), found)],
])('one file that can not be read keeps no other from being found, %s', async (_name, look) => {
  const found: ChosenFiles = { files: [], unreadable: [] };
  await look(found);
  expect(found.files.map(({ name }) => name)).toEqual(['May/a.csv', 'May/old/b.csv', 'May/z.csv']);
  expect(await found.files[1]?.file.text()).toBe('b');
  expect(found.unreadable).toEqual(['May/locked.csv', 'May/old/away.csv']);
});

test.each([
  ['with handles', (found: ChosenFiles) => filesOfHandle(handleOf('May', null), 'May', found)],
  ['without', (found: ChosenFiles) => filesOfEntry(entryOf('/May', null), found)],
])('a folder that can not be read is named, %s', async (_name, look) => {
  const found: ChosenFiles = { files: [], unreadable: [] };
  await look(found);
  expect(found).toEqual({ files: [], unreadable: ['May'] });
});

function handleOf(name: string, content: Tree[string]): FileSystemHandle {
  if (typeof content === 'string' || (content === null && name.endsWith('.csv'))) {
    const getFile = async () => (content === null ? denied() : new File([content], name));
    const handle: FileSystemHandle & { getFile: () => Promise<File> } = { kind: 'file', name, isSameEntry, getFile };
    return handle;
  }
  async function* values() {
    if (content === null || typeof content === 'string') throw await denied();
    for (const [child, inside] of Object.entries(content)) yield handleOf(child, inside);
  }
  const handle: FileSystemHandle & { values: typeof values } = { kind: 'directory', name, isSameEntry, values };
  return handle;
}

function entryOf(fullPath: string, content: Tree[string]): FileSystemEntry {
  const name = fullPath.slice(fullPath.lastIndexOf('/') + 1);
  const isFile = typeof content === 'string' || (content === null && name.endsWith('.csv'));
  const read = isFile ? { file: fileReader(name, content) } : { createReader: folderReader(fullPath, content) };
  const filesystem = {
    name: 'disk',
    get root(): FileSystemDirectoryEntry {
      throw new Error('not asked');
    },
  };
  return { fullPath, name, isFile, isDirectory: !isFile, filesystem, getParent: () => {}, ...read };
}

function fileReader(name: string, content: Tree[string]) {
  return (found: (file: File) => void, failed: (error: unknown) => void) =>
    typeof content === 'string' ? found(new File([content], name)) : failed(new DOMException('no right to it'));
}

function folderReader(fullPath: string, content: Tree[string]) {
  return () => {
    const batches = typeof content === 'object' && content !== null ? [Object.entries(content), []] : [];
    return {
      readEntries: (found: (entries: FileSystemEntry[]) => void, failed: (error: unknown) => void) => {
        const batch = batches.shift();
        if (!batch) failed(new DOMException('no right to it'));
        else found(batch.map(([child, inside]) => entryOf(`${fullPath}/${child}`, inside)));
      },
    };
  };
}

import type { ChosenFiles } from './chosen-files.ts';

/** All files of a folder and the folders in it. What can't be read is named, and keeps nothing else from being found. */
export async function filesOfHandle(handle: FileSystemHandle, path: string, found: ChosenFiles): Promise<void> {
  try {
    if (isFileHandle(handle)) found.files.push({ file: await handle.getFile(), name: path, handle });
    else if (isDirectoryHandle(handle)) {
      for await (const child of handle.values()) await filesOfHandle(child, `${path}/${child.name}`, found);
    }
  } catch {
    found.unreadable.push(path);
  }
}

/** The same where the browser has no handles. */
export async function filesOfEntry(entry: FileSystemEntry, found: ChosenFiles): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  try {
    if (isFileEntry(entry)) found.files.push({ file: await fileOf(entry), name: path });
    else if (isDirectoryEntry(entry)) {
      for (const child of await childrenOf(entry)) await filesOfEntry(child, found);
    }
  } catch {
    found.unreadable.push(path);
  }
}

/** A reader gives a hundred at a time, and none when there are no more. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  while (true) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return children;
    children.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function isDirectoryHandle(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory';
}

function isFileHandle(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

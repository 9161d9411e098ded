import type { FileToQueue } from '@hikyaku/upload-client';

/**
 * What was dropped, folders with all they hold, each file named with its folders. Has to be called while the event is handled:
 * later the browser has taken the items back.
 */
export async function filesOfTransfer(transfer: DataTransfer): Promise<FileToQueue[]> {
  const dropped = Array.from(transfer.items)
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry(), handle: handleOf(item) }));
  const found: FileToQueue[] = [];
  for (const { file, entry, handle: asked } of dropped) {
    const handle = await asked;
    if (handle && isDirectory(handle)) found.push(...(await filesOfHandle(handle, handle.name)));
    else if (handle && isFile(handle) && file) found.push({ file, handle });
    else if (entry && isDirectoryEntry(entry)) found.push(...(await filesOfEntry(entry)));
    else if (file) found.push({ file });
  }
  return found;
}

/** Chromium alone: with a handle a file can be gone on with after a reload without being chosen again. */
function handleOf(item: DataTransferItem): Promise<FileSystemHandle | null> {
  if (!('getAsFileSystemHandle' in item) || typeof item.getAsFileSystemHandle !== 'function') {
    return Promise.resolve(null);
  }
  const asked: Promise<FileSystemHandle | null> = item.getAsFileSystemHandle();
  return asked.catch(() => null);
}

async function filesOfHandle(folder: FileSystemDirectoryHandle, path: string): Promise<FileToQueue[]> {
  const found: FileToQueue[] = [];
  for await (const child of folder.values()) {
    const name = `${path}/${child.name}`;
    if (isDirectory(child)) found.push(...(await filesOfHandle(child, name)));
    else if (isFile(child)) found.push({ file: await child.getFile(), name, handle: child });
  }
  return found;
}

async function filesOfEntry(folder: FileSystemDirectoryEntry): Promise<FileToQueue[]> {
  const found: FileToQueue[] = [];
  for (const child of await childrenOf(folder)) {
    if (isDirectoryEntry(child)) found.push(...(await filesOfEntry(child)));
    else if (isFileEntry(child)) found.push({ file: await fileOf(child), name: child.fullPath.replace(/^\//, '') });
  }
  return found;
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

function isDirectory(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory';
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

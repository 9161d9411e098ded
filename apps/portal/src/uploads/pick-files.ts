import type { FileToQueue } from '@hikyaku/upload-client';

interface PickerWindow {
  showOpenFilePicker(options: {
    multiple: true;
    types: { accept: Record<string, readonly string[]> }[];
  }): Promise<FileSystemFileHandle[]>;
}

/**
 * Chromium's own dialog, which hands out what a file can be opened with again after a reload. Undefined where there is none: then an
 * `<input>` does it. Has to be called from a click.
 */
export async function pickFiles(endings: readonly string[]): Promise<FileToQueue[] | undefined> {
  const page: object = globalThis;
  if (!hasPicker(page)) return undefined;
  try {
    const handles = await page.showOpenFilePicker({
      multiple: true,
      types: [{ accept: { 'application/octet-stream': endings } }],
    });
    return await Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle })));
  } catch (error) {
    // Closed without a choice.
    if (error instanceof DOMException && error.name === 'AbortError') return [];
    return undefined;
  }
}

function hasPicker(page: object): page is PickerWindow {
  return 'showOpenFilePicker' in page;
}

import type { ChosenFiles } from './chosen-files.ts';

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
export async function pickFiles(endings: readonly string[]): Promise<ChosenFiles | undefined> {
  const page: object = globalThis;
  if (!hasPicker(page)) return undefined;
  const found: ChosenFiles = { files: [], unreadable: [] };
  try {
    const handles = await page.showOpenFilePicker({
      multiple: true,
      types: [{ accept: { 'application/octet-stream': endings } }],
    });
    for (const handle of handles) await takeFile(handle, found);
    return found;
  } catch (error) {
    // Closed without a choice.
    return error instanceof DOMException && error.name === 'AbortError' ? found : undefined;
  }
}

async function takeFile(handle: FileSystemFileHandle, found: ChosenFiles): Promise<void> {
  try {
    found.files.push({ file: await handle.getFile(), handle });
  } catch {
    found.unreadable.push(handle.name);
  }
}

function hasPicker(page: object): page is PickerWindow {
  return 'showOpenFilePicker' in page;
}

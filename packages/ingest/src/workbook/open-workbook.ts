import { posix } from 'node:path';
import { HikyakuError, type TableDefinition } from '@hikyaku/types';
import type { Reading } from '../open-records.ts';
import { readChunks, refuseIfAborted } from '../read-chunks.ts';
import { readCellStyles } from './cell-style.ts';
import { damagedWorkbook } from './damaged-workbook.ts';
import { readSharedStrings, SharedStrings } from './shared-strings.ts';
import { SheetScanner } from './sheet-scanner.ts';
import { spoolFile } from './spool-file.ts';
import { readXml } from './xml-reader.ts';
import { openZipArchive, type ZipArchive } from './zip-archive.ts';

/** What a workbook may weigh as it is stored; it has to lie on disk as a whole. */
const defaultSpoolBytes = 512 * 1024 ** 2;
/** Of sheets, and of what a part names: a workbook has some dozens, and no zip with more entries is read as one. */
const mostNamed = 10_000;
/** Rows of so much XML wait in memory at most. */
const sliceBytes = 16 * 1024;

export interface OpenWorkbookOptions {
  definition: TableDefinition;
  limits: { recordLimitBytes?: number };
  signal?: AbortSignal | undefined;
}

/**
 * Opens the sheet of a workbook (.xlsx) that the dataset names, or the first that people see. A workbook's parts stand in any
 * order, so that it is read to its end first, into a file without a name. Its texts are held in memory, up to 64 MiB.
 *
 * Throws `HikyakuError`: `damaged-workbook` (damage), `no-sheet` (sheet, sheets), `workbook-too-large` (limitBytes),
 * `other-format` (found, expected), here or while it is read; `content-too-large`. Errors of the source as they are.
 */
export async function openWorkbook(
  source: AsyncIterable<Uint8Array>,
  { definition, limits, signal }: OpenWorkbookOptions,
): Promise<Reading> {
  const file = await spoolFile(source, defaultSpoolBytes);
  try {
    const archive = await openZipArchive(file, definition.maxContentBytes);
    const { sheet, styles, strings, epoch } = await readWorkbook(archive, definition.sheet);
    const scanner = new SheetScanner({
      ...limits,
      epoch,
      styles: styles ? await readCellStyles(archive.read(styles)) : [],
      strings: strings ? await readSharedStrings(archive.read(strings)) : new SharedStrings(),
    });
    const chunks = slices(readChunks(archive.read(sheet), signal));
    return {
      scanner,
      encoding: () => null,
      async readOn() {
        refuseIfAborted(signal);
        const { done, value } = await chunks.next();
        if (done) scanner.finish();
        else scanner.push(value);
        return !done;
      },
      async close() {
        await chunks.return();
        await file.close();
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function* slices(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += sliceBytes) yield chunk.subarray(start, start + sliceBytes);
  }
}

interface WorkbookParts {
  sheet: string;
  styles: string | undefined;
  strings: string | undefined;
  epoch: 1900 | 1904;
}

async function readWorkbook(archive: ZipArchive, wanted: string | undefined): Promise<WorkbookParts> {
  const workbook = await findWorkbook(archive);
  const relations = await readRelations(archive, workbook);
  const sheets: { name: string; isHidden: boolean; target: string | undefined }[] = [];
  let epoch: 1900 | 1904 = 1900;
  await readXml('workbook', archive.read(workbook), {
    open(name, attributes) {
      if (name === 'workbookPr') epoch = isTrue(attributes['date1904']) ? 1904 : 1900;
      if (name !== 'sheet') return;
      if (sheets.length === mostNamed) throw damagedWorkbook('sheets');
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      const relation = relations.find((candidate) => candidate.id === id && candidate.type.endsWith('/worksheet'));
      const isHidden = (attributes['state'] ?? 'visible') !== 'visible';
      sheets.push({ name: attributes['name'] ?? '', isHidden, target: relation?.target });
    },
    close: () => undefined,
    text: () => undefined,
  });
  const tables = sheets.filter((sheet) => sheet.target !== undefined);
  const chosen =
    wanted === undefined
      ? (tables.find((sheet) => !sheet.isHidden) ?? tables[0])
      : tables.find((sheet) => sheet.name.normalize('NFKC') === wanted.normalize('NFKC'));
  if (!chosen?.target) {
    const names = sheets
      .map((sheet) => sheet.name)
      .join(', ')
      .slice(0, 500)
      .toWellFormed();
    throw new HikyakuError('no-sheet', { details: { sheet: wanted ?? '', sheets: names } });
  }
  const partOf = (type: string) => relations.find((relation) => relation.type.endsWith(type))?.target;
  return { sheet: chosen.target, styles: partOf('/styles'), strings: partOf('/sharedStrings'), epoch };
}

async function findWorkbook(archive: ZipArchive): Promise<string> {
  if (!archive.has('_rels/.rels')) {
    throw new HikyakuError('other-format', { details: { found: 'zip', expected: 'xlsx' } });
  }
  const relations = await readRelations(archive, '');
  const workbook = relations.find((relation) => relation.type.endsWith('/officeDocument'))?.target;
  if (workbook === undefined) throw damagedWorkbook('workbook');
  // Documents and presentations, and workbooks in Excel's binary form.
  if (!/workbook[^/]*\.xml$/i.test(workbook)) {
    throw new HikyakuError('other-format', { details: { found: 'office', expected: 'xlsx' } });
  }
  return workbook;
}

/** What a part names: by an id, with what it is to it and the name of its own. */
async function readRelations(archive: ZipArchive, part: string) {
  const relations: { id: string; type: string; target: string }[] = [];
  const folder = posix.dirname(part);
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  if (!archive.has(name)) return relations;
  await readXml('relationships', archive.read(name), {
    open(tag, attributes) {
      const { Id: id, Type: type, Target: target } = attributes;
      if (tag !== 'Relationship' || id === undefined || type === undefined || target === undefined) return;
      if (attributes['TargetMode'] === 'External') return;
      if (relations.length === mostNamed) throw damagedWorkbook('relationships');
      relations.push({ id, type, target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target) });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return relations;
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

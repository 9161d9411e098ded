import { parentPort, workerData } from 'node:worker_threads';
import { HikyakuError } from '@hikyaku/types';
import { readSharedStrings, SharedStrings } from '../src/workbook/shared-strings.ts';
import { SheetScanner } from '../src/workbook/sheet-scanner.ts';

// Reads, in a thread with little memory, a part of a workbook that goes on for much longer than that memory; says what came of it.

const repeated = Number(workerData.mebibytes);
const longText = 'x'.repeat(1024 ** 2);
const text = `<t>${longText}</t>`;

/** In chunks as they come out of an archive. */
async function* repeat(begins: string, piece: string, ends: string): AsyncGenerator<Uint8Array> {
  const chunkBytes = 16 * 1024;
  yield Buffer.from(begins);
  for (let count = 0; count < repeated; count++) {
    const bytes = Buffer.from(piece);
    for (let start = 0; start < bytes.length; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes);
  }
  yield Buffer.from(ends);
}

/** What is wrong with the rows. */
async function readRow(begins: string, piece: string, ends: string): Promise<string> {
  const sheet = '<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row>';
  const scanner = new SheetScanner({ strings: new SharedStrings(), styles: [], epoch: 1900 });
  const faults: string[] = [];
  for await (const chunk of repeat(sheet + begins, piece, `${ends}</row></sheetData></worksheet>`)) {
    scanner.push(chunk);
    while (scanner.next()) faults.push(scanner.fault ?? 'sound');
  }
  scanner.finish();
  return faults.join();
}

const kinds: Record<string, () => Promise<unknown>> = {
  'cells behind the last column': () => readRow('', `<c t="inlineStr"><is>${text}</is></c>`, ''),
  'one cell again and again': () => readRow('', `<c r="B1" t="inlineStr"><is>${text}</is></c>`, ''),
  'a cell of many texts': () => readRow('<c t="inlineStr"><is>', text, '</is></c>'),
  'a cell of many values': () => readRow('<c t="str">', `<v>${longText}</v>`, '</c>'),
  'tags in tags': () => readRow('', '<a>'.repeat(100_000), ''),
  'a shared text of many runs': () => readSharedStrings(repeat('<sst><si>', `<r>${text}</r>`, '</si></sst>')),
};

async function read(): Promise<unknown> {
  try {
    return await kinds[String(workerData.kind)]?.();
  } catch (error) {
    return error instanceof HikyakuError ? error.code : String(error);
  }
}

parentPort?.postMessage(await read(), []);

export { type PoisonFile, poisonFiles } from './poison-files.ts';
export { type WorkbookFile, workbookFile } from './workbook-file.ts';
export { zipFile, type ZipFileEntry } from './zip-file.ts';

export { bombFiles } from './bomb-files.ts';
export { poisonColumns, type PoisonFile } from './poison-file.ts';
export { poisonRows } from './poison-rows.ts';
export { type WorkbookFile, workbookFile } from './workbook-file.ts';
export { zipFile, type ZipFileEntry } from './zip-file.ts';

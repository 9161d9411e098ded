import { type ZipFileEntry, zipFile } from './zip-file.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

interface WorkbookSheet {
  name: string;
  state?: 'visible' | 'hidden' | 'veryHidden';
  /** The XML of its rows: `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`. */
  rows: string;
}

export interface WorkbookFile {
  sheets: WorkbookSheet[];
  /** The XML within each `<si>`. */
  strings?: string[];
  /** The number format of each style: its number, or its code. */
  formats?: (number | string)[];
  isFrom1904?: boolean;
  /** Instead of the part that would be written. */
  parts?: Record<string, string>;
}

/** A workbook with its parts in Excel's order, the sheets before the texts and the styles; for tests. */
export function workbookFile({ sheets, strings = [], formats = [], isFrom1904, parts = {} }: WorkbookFile): Buffer {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const written: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="${packaged}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${isFrom1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        ({ name, state }, i) =>
          `<sheet name="${name}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}">${sheets
      .map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
      .join(
        '',
      )}${relation('rIdS', 'styles', 'styles.xml')}${relation('rIdT', 'sharedStrings', '/xl/sharedStrings.xml')}</Relationships>`,
    ...Object.fromEntries(
      sheets.map(({ rows }, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet xmlns="${main}"><dimension ref="A1"/><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
    'xl/styles.xml': styles(formats),
    'xl/sharedStrings.xml': `<sst xmlns="${main}">${strings.map((string) => `<si>${string}</si>`).join('')}</sst>`,
    ...parts,
  };
  return zipFile(
    Object.entries(written).map(([name, content]): ZipFileEntry => ({ name, content: declaration + content })),
  );
}

function styles(formats: (number | string)[]): string {
  const codes = formats.map((format, i) =>
    typeof format === 'string'
      ? `<numFmt numFmtId="${200 + i}" formatCode="${format.replaceAll('"', '&quot;')}"/>`
      : '',
  );
  const xfs = formats.map((format, i) => `<xf numFmtId="${typeof format === 'string' ? 200 + i : format}"/>`);
  return `<styleSheet xmlns="${main}"><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs.join('')}</cellXfs></styleSheet>`;
}

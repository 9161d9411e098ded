import type { FileFormat } from './dataset-definition.ts';

/** How the names of a format's files end. */
const endings: Record<FileFormat, readonly string[]> = {
  csv: ['.csv'],
  tsv: ['.tsv', '.txt'],
  'json-lines': ['.jsonl', '.ndjson'],
  xlsx: ['.xlsx'],
};

export interface FileNameLayers {
  isCompressed: boolean;
  isEncrypted: boolean;
}

/**
 * What a name says of a file for a dataset of this format, or undefined where it is no name of one: `a.csv`, and around it
 * `.gz` or `.zip` (which may stand alone), and `.age`, `.gpg` or `.pgp`. What a file is, its bytes tell.
 */
export function readFileName(name: string, format: FileFormat): FileNameLayers | undefined {
  const match = /^(.*?)(\.gz|\.zip)?(\.age|\.gpg|\.pgp)?$/is.exec(name);
  const [, base = '', packed, sealed] = match ?? [];
  const isNamed = endings[format].some((ending) => base.toLowerCase().endsWith(ending));
  if (!isNamed && packed?.toLowerCase() !== '.zip') return undefined;
  return { isCompressed: packed !== undefined, isEncrypted: sealed !== undefined };
}

/** The endings, for people and for file pickers: `.csv, .csv.gz, .csv.zip, .zip`, each also encrypted: `.age`, `.gpg`, `.pgp`. */
export function fileNameEndings(format: FileFormat): string[] {
  return [
    ...endings[format].flatMap((ending) => [ending, `${ending}.gz`, `${ending}.zip`]),
    '.zip',
    '.age',
    '.gpg',
    '.pgp',
  ];
}

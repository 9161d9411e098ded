import { datasetSlug } from './dataset-definition.ts';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const longestSafeNameBytes = 200;
const encoder = new TextEncoder();

/** Everything under here is an arrival. */
export const incomingPrefix = 'incoming/';

/** A detached signature has its file's key and this. The ledger knows it too: `is_signature_key`. */
export const signatureSuffix = '.minisig';

/**
 * `incoming/{organizationId}/{datasetSlug}/{yyyy}/{mm}/{dd}/{uploadId}/{safe name}`; the date is that of the
 * organization's time zone. The name a person gave is kept with the upload and decides nothing.
 */
export function planObjectKey(upload: {
  organizationId: string;
  datasetSlug: string;
  uploadId: string;
  fileName: string;
  at: Date;
  timeZone: string;
}): string {
  // sv-SE writes dates as yyyy-mm-dd.
  const day = upload.at.toLocaleDateString('sv-SE', { timeZone: upload.timeZone }).replaceAll('-', '/');
  const folder = `${incomingPrefix}${upload.organizationId}/${upload.datasetSlug}/${day}/${upload.uploadId}`;
  return `${folder}/${safeName(upload.fileName)}`;
}

/** What a key tells by itself. Untrusted: whether the organization and the dataset exist is the ledger's to say. */
export function parseObjectKey(key: string): { organizationId?: string; datasetSlug?: string; uploadId?: string } {
  const [root, organizationId, slug, ...rest] = key.split('/');
  if (`${root}/` !== incomingPrefix || !organizationId || !uuidPattern.test(organizationId)) return {};
  if (!slug || rest.length === 0 || !datasetSlug.safeParse(slug).success) return { organizationId };
  const uploadId = rest.length === 5 ? rest[3] : undefined;
  return { organizationId, datasetSlug: slug, ...(uploadId && uuidPattern.test(uploadId) ? { uploadId } : {}) };
}

/** The last segment of a key, for people. */
export function fileNameOfKey(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1) || key;
}

/** Letters, digits and a few marks of any script stay; what a URL, a shell or a path could misread becomes `_`. */
function safeName(fileName: string): string {
  const cleaned = fileName
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}._-]/gu, '_')
    .replace(/^\.+/, '_');
  let short = '';
  let bytes = 0;
  for (const character of cleaned) {
    bytes += encoder.encode(character).length;
    if (bytes > longestSafeNameBytes) break;
    short += character;
  }
  return short || '_';
}

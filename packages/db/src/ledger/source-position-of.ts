import { fileNameOfKey, findNameDate, type SourceOrder } from '@hikyaku/types';

/**
 * What orders a file among those of its dataset; undefined where the dataset goes by the date in a name and there is none.
 * Our own keys hold the day of the upload, which says nothing about the data: of an upload only the name that a person gave
 * counts. A foreign client's key counts behind organization and dataset, the file's name before its folders.
 */
export function sourcePositionOf(file: {
  order: SourceOrder;
  /** When it was handed over. */
  objectAt: Date;
  key: string;
  /** Null for an object that a foreign client put. */
  uploadedAs: string | null;
}): bigint | undefined {
  if (file.order.by !== 'name-date') return BigInt(file.objectAt.getTime());
  if (file.uploadedAs !== null) return findNameDate(file.uploadedAs);
  return findNameDate(fileNameOfKey(file.key)) ?? findNameDate(file.key.split('/').slice(3).join('/'));
}

import { fileNameEndings, HikyakuError, readFileName } from '@hikyaku/types';
import type { DatasetAnswer } from '../api/answers.ts';
import { CommandFailure } from '../command-failure.ts';
import { layeredName, type Layers } from './layers.ts';
import type { Source } from './source.ts';

/**
 * What can be known before a byte is read; the server judges again.
 *
 * @throws HikyakuError empty-file, file-too-large, unsupported-file-type; CommandFailure encryption-required
 */
export function checkSource({ path, name, file }: Source, dataset: DatasetAnswer, layers: Layers): void {
  const { format, maxFileBytes: limitBytes } = dataset;
  const read = readFileName(layeredName(name, layers), format);
  if (!read) {
    throw new HikyakuError('unsupported-file-type', {
      details: { fileName: name, endings: fileNameEndings(format).join(', ') },
    });
  }
  if (dataset.encryption === 'required' && !read.isEncrypted) {
    throw new CommandFailure('encryption-required', { dataset: dataset.slug, path });
  }
  if (file?.sizeBytes === 0) throw new HikyakuError('empty-file', { details: { fileName: name } });
  // Compressed it may be less: only the server knows then.
  if (file && !layers.gzip && file.sizeBytes > limitBytes) {
    throw new HikyakuError('file-too-large', { details: { sizeBytes: file.sizeBytes, limitBytes } });
  }
}

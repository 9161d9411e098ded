import { type DatasetSummary, readFileName } from '@hikyaku/types';
import type { FileToQueue } from '@hikyaku/upload-client';

export type HowToSend = Pick<FileToQueue, 'recipients'>;

/** Whether files are encrypted in the browser: `impossible` where they have to be and there is no key to encrypt for. */
export type EncryptionMode = 'none' | 'offered' | 'required' | 'impossible';

/** @param recipients the organization's public keys in use */
export function encryptionModeOf(
  dataset: Pick<DatasetSummary, 'encryption'>,
  recipients: readonly string[],
): EncryptionMode {
  if (dataset.encryption === 'required') return recipients.length > 0 ? 'required' : 'impossible';
  return recipients.length > 0 ? 'offered' : 'none';
}

/** A file that says it is encrypted goes as it is. */
export function howToSend(
  fileName: string,
  { format }: Pick<DatasetSummary, 'format'>,
  encryption: { mode: EncryptionMode; isWanted: boolean; recipients: readonly string[] },
): HowToSend {
  const { mode, isWanted, recipients } = encryption;
  const encrypts = mode === 'required' || (mode === 'offered' && isWanted);
  return encrypts && !readFileName(fileName, format)?.isEncrypted ? { recipients } : {};
}

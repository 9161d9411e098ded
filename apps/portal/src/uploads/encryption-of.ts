import { type DatasetSummary, readFileName } from '@hikyaku/types';
import type { FileToQueue } from '@hikyaku/upload-client';

export type HowToSend = Pick<FileToQueue, 'recipients'>;

/**
 * Whether files are encrypted in the browser: `impossible` where they have to be and there is no key to encrypt for, `lost` where
 * somebody chose it and there is none any more: nothing leaves in the open before they say so.
 */
export type EncryptionMode = 'none' | 'offered' | 'lost' | 'required' | 'impossible';

/**
 * @param recipients the organization's public keys in use
 * @param isWanted chosen by the person, in this browser
 */
export function encryptionModeOf(
  dataset: Pick<DatasetSummary, 'encryption'>,
  recipients: readonly string[],
  isWanted: boolean,
): EncryptionMode {
  if (dataset.encryption === 'required') return recipients.length > 0 ? 'required' : 'impossible';
  if (recipients.length > 0) return 'offered';
  return isWanted ? 'lost' : 'none';
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

import type { Sealing } from '@hikyaku/encryption/sealing';
import { HikyakuError } from '@hikyaku/types';
import type { DigestedBody } from './digest-body.ts';
import { retry } from './retry.ts';
import type { Sealer } from './sealer.ts';
import { type UploadContent, wholeDigestBytes } from './upload-content.ts';
import type { UploadPatience } from './upload-patience.ts';

/** What going on with a sealed upload needs: its key, and what may have left under that key. A secret: it opens the file. */
export interface SealedSoFar {
  readonly sealing: Sealing;
  /** SHA-256 in base64 of every range that was made to be sent, by `start-end`. */
  readonly digests: Map<string, string>;
}

export interface SealContentOptions {
  file: Blob;
  /** As it is announced, sealed with `.age` behind it. */
  fileName: string;
  /** `age1…`, each of which can open it alone. */
  recipients: readonly string[];
  sealer: Sealer;
  patience: UploadPatience;
  signal: AbortSignal;
}

const sealedSuffix = '.age';

/** Beside those that fly: each lies in memory. */
const partsAhead = 1;

/**
 * A file as an age file, sealed part by part as it is sent. Only bodies that were asked for and not yet let go lie in memory.
 *
 * A key seals one content. So a part that was made before, in this or an earlier sitting, has to come out the same: where it doesn't, the
 * file has changed, and nothing more of it is handed out. What a retry sends again is the body that was made, not a new one.
 *
 * @param sealed of the upload that is gone on with; else a key of its own begins
 * @throws HikyakuError `empty-file`, `invalid-input` for what is no recipient, `file-changed` where the file has changed or can no longer be read
 */
export async function sealContent(options: SealContentOptions, sealed?: SealedSoFar): Promise<UploadContent> {
  const { sealing, digests } = sealed ?? (await begin(options));
  const { sealedBytes } = sealing;
  const make = async (start: number, end: number, before?: string) => {
    const made = await sealPart(options, sealing, { start, end });
    const name = `${start}-${end}`;
    const known = digests.get(name) ?? before;
    if (known !== undefined && known !== made.digest.sha256) throw new HikyakuError('file-changed');
    digests.set(name, made.digest.sha256);
    return made;
  };
  let whole: Promise<DigestedBody> | undefined;
  const makeWhole = () => (whole ??= make(0, sealedBytes));
  return {
    sizeBytes: sealedBytes,
    ahead: partsAhead,
    sealed: { sealing, digests },
    async candidate() {
      const fileName = `${options.fileName}${sealedSuffix}`;
      const candidate = { fileName, sizeBytes: sealedBytes, contentType: 'application/octet-stream' };
      return sealedBytes > wholeDigestBytes ? candidate : { ...candidate, digest: (await makeWhole()).digest };
    },
    whole: async () => (await makeWhole()).body,
    async *parts(partSizeBytes, sentParts) {
      const sent = new Map(sentParts.map(({ partNumber, digest }) => [partNumber, digest.sha256]));
      for (let start = 0, partNumber = 1; start < sealedBytes; start += partSizeBytes, partNumber += 1) {
        const end = Math.min(start + partSizeBytes, sealedBytes);
        yield await make(start, end, sent.get(partNumber));
      }
    },
  };
}

async function begin({
  file,
  fileName,
  recipients,
  sealer,
  patience,
  signal,
}: SealContentOptions): Promise<SealedSoFar> {
  // Sealed it would no longer be empty, and told of much later.
  if (file.size === 0) throw new HikyakuError('empty-file', { details: { fileName } });
  const sealing = await retry(() => sealer.begin(recipients, file.size), patience, signal);
  return { sealing, digests: new Map() };
}

function sealPart(
  { file, sealer, patience, signal }: SealContentOptions,
  sealing: Sealing,
  range: { start: number; end: number },
): Promise<DigestedBody> {
  const seal = () =>
    sealer.seal(sealing, file, range).catch((cause: unknown) => {
      throw cause instanceof HikyakuError ? cause : new HikyakuError('file-changed', { cause });
    });
  return retry(seal, patience, signal);
}

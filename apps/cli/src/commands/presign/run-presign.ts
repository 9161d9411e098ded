import { presignDated, presignGet, presignPut } from '@hikyaku/s3-core/presign';
import { formatDateTime } from '@hikyaku/texts';
import { parseS3Object, type S3Address, s3Url } from '../../arguments/s3-address.ts';
import { CommandFailure } from '../../command-failure.ts';
import { note, printJson, printLine } from '../../output/print.ts';
import { openStorage, type Storage } from '../../storage/open-storage.ts';
import type { StorageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';

export interface PresignFlags extends StorageFlags {
  expiresIn?: number;
  put?: boolean;
  sizeBytes?: number;
  contentType?: string;
  fileName?: string;
  versionId?: string;
  from?: string;
  to?: string;
  json?: boolean;
}

interface SignedLine {
  key: string;
  url: string;
  expiresAt: Date;
  limitedBy: string;
  headers?: Record<string, string>;
}

const usualSeconds = 3_600;
/** As `presignDated` fills them in. */
const dayFields = ['{yyyy}', '{MM}', '{dd}'];

/** One URL, or those of all objects of some days. What cuts a lifetime short is told, for the URL itself doesn't. */
export async function runPresign(world: World, flags: PresignFlags, address: S3Address): Promise<void> {
  const { environment, locale } = world;
  if (flags.to !== undefined && flags.from === undefined)
    throw new CommandFailure('flag-needs', { one: '--to', other: '--from' });
  if (flags.put && flags.from !== undefined)
    throw new CommandFailure('flags-exclude', { one: '--put', other: '--from' });
  await using storage = await openStorage(environment, flags);
  let cutShort: Date | undefined;
  for await (const line of signed(storage, flags, address, world.signal)) {
    const { expiresAt, ...rest } = line;
    const isRead = await (flags.json
      ? printJson(world, { bucket: address.bucket, ...rest, expiresAt: expiresAt.toISOString() }, 'line')
      : printLine(world, line.url));
    if (!isRead) return;
    if (line.limitedBy !== 'requested') cutShort = expiresAt;
  }
  if (!cutShort || flags.json) return;
  const until = formatDateTime(cutShort.toISOString(), locale, Intl.DateTimeFormat().resolvedOptions().timeZone);
  note(
    world,
    locale === 'ja'
      ? `求めた長さより早く、遅くとも ${until} に切れます（署名した認証情報か、最長7日の制限のため）。`
      : `It ends earlier than asked, by ${until}: with the credentials that signed it, or after the seven days there are at most.`,
  );
}

async function* signed(
  { s3 }: Storage,
  flags: PresignFlags,
  address: S3Address,
  signal: AbortSignal,
): AsyncGenerator<SignedLine> {
  const seconds = flags.expiresIn ?? usualSeconds;
  const { bucket, key } = address;
  if (flags.from !== undefined) {
    const days = { from: flags.from, to: flags.to ?? flags.from };
    if (!dayFields.every((field) => key.includes(field)))
      throw new CommandFailure('not-dated', { address: s3Url(address) });
    try {
      yield* presignDated(s3, { bucket, pattern: key, ...days, signal }, seconds);
    } catch (cause) {
      if (cause instanceof RangeError)
        throw new CommandFailure('not-a-day', { input: [...new Set(Object.values(days))].join(' – ') }, { cause });
      throw cause;
    }
    return;
  }
  parseS3Object(s3Url(address));
  if (flags.put) {
    const { sizeBytes, contentType = 'application/octet-stream' } = flags;
    if (sizeBytes === undefined) throw new CommandFailure('flag-needs', { one: '--put', other: '--size-bytes' });
    yield { key, ...(await presignPut(s3, { bucket, key, sizeBytes, contentType }, seconds)) };
    return;
  }
  const { versionId, fileName, contentType } = flags;
  const object = {
    bucket,
    key,
    ...(versionId === undefined ? {} : { versionId }),
    ...(fileName === undefined ? {} : { fileName }),
    ...(contentType === undefined ? {} : { contentType }),
  };
  yield { key, ...(await presignGet(s3, object, seconds)) };
}

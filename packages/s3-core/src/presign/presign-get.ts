import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { attachment } from '@hikyaku/types';
import type { Presigned } from './presigned.ts';
import { signingExpiry } from './signing-expiry.ts';

/**
 * A URL under which one object can be read. Whoever has it needs no account.
 *
 * ```ts
 * const { url, expiresAt, limitedBy } = await presignGet(client, { bucket, key, fileName: '売上 11月.csv' }, 3_600);
 * ```
 *
 * A key with `.` or `..` between its slashes has a URL that only clients follow who leave paths as they are (`curl --path-as-is`):
 * browsers take them out, and S3 refuses what was not signed.
 *
 * @param object.versionId pins the version: what is written under the key later is not what is read
 * @param object.fileName the name a browser saves it by; in any script
 * @param object.contentType what the answer says it is, whatever it was stored as
 * @param lifetimeSeconds as asked; `limitedBy` says what won
 * @throws HikyakuError no-credentials, expired-credentials
 */
export async function presignGet(
  client: S3Client,
  object: { bucket: string; key: string; versionId?: string; fileName?: string; contentType?: string },
  lifetimeSeconds: number,
): Promise<Presigned> {
  const { lifetimeSeconds: expiresIn, ...expiry } = await signingExpiry(client, lifetimeSeconds);
  const command = new GetObjectCommand({
    Bucket: object.bucket,
    Key: object.key,
    VersionId: object.versionId,
    ResponseContentDisposition: object.fileName === undefined ? undefined : attachment(object.fileName),
    ResponseContentType: object.contentType,
  });
  return { url: await getSignedUrl(client, command, { expiresIn }), ...expiry };
}

import { createHash } from 'node:crypto';
import type { BodyDigest } from '@hikyaku/types';

/** For Node: native and chunk by chunk. */
export async function digestBodyWithNode(body: Blob): Promise<BodyDigest> {
  const [md5, sha256] = [createHash('md5'), createHash('sha256')];
  for await (const chunk of body.stream()) {
    md5.update(chunk);
    sha256.update(chunk);
  }
  return { md5: md5.digest('base64'), sha256: sha256.digest('base64') };
}

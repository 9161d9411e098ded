import type { PresignedPut } from '@hikyaku/s3-core/presign';
import { z } from 'zod';
import { schemas } from './schema-registry.ts';

/** One PUT to storage, as scripts are told of it. */
export const signedPut = z
  .object({
    url: z.url().meta({
      ja: '署名付きの保管先。期限までは、これだけで書き込めます。ログに残さないでください。',
      en: 'The signed storage address: until it expires, whoever has it can write. Keep it out of logs.',
    }),
    method: z.literal('PUT'),
    headers: z.record(z.string(), z.string()).meta({
      ja: 'この通りに送るヘッダー（署名に含まれます）',
      en: 'To be sent exactly so: they are part of the signature',
    }),
    expiresAt: z.iso.datetime(),
  })
  .register(schemas, { id: 'Put' });

export function toSignedPut({ url, headers, expiresAt }: PresignedPut): z.input<typeof signedPut> {
  return { url, method: 'PUT', headers, expiresAt: expiresAt.toISOString() };
}

import { listRecipients } from '@hikyaku/db';
import { z } from 'zod';
import { schemas } from '../schema-registry.ts';
import { defineV1Route } from '../v1-route.ts';

const recipient = z
  .object({
    kind: z.enum(['age', 'openpgp']),
    publicKey: z.string().meta({
      ja: 'ageの受信者（age1…）、またはOpenPGPの公開鍵（アーマー形式）',
      en: 'An age recipient (age1…), or an OpenPGP public key in armor',
    }),
    createdAt: z.iso.datetime(),
  })
  .register(schemas, { id: 'Recipient' });

export const listRecipientsRoute = defineV1Route({
  operationId: 'listRecipients',
  method: 'GET',
  path: '/v1/recipients',
  title: { ja: '暗号化の宛先を見る', en: 'List whom to encrypt for' },
  description: {
    ja: '組織で今使われている鍵の公開部分です。送る前にファイルを暗号化するときは、同じ種類のすべてを宛先にしてください。',
    en: 'The public parts of the keys that the organization uses now. A file that is encrypted before it is sent should name all of one kind.',
  },
  scope: 'uploads:write',
  input: {},
  answer: z.object({ items: z.array(recipient) }).register(schemas, { id: 'Recipients' }),
  answers: { 200: { text: { ja: '宛先', en: 'The recipients' } } },
  problems: [],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  "$HIKYAKU_URL/v1/recipients" | jq --raw-output '.items[] | select(.kind == "age").publicKey'`,
  async handle(_input, { services, caller }) {
    const found = await services.app.inOrganization(caller.scope, listRecipients);
    return { status: 200, body: { items: found.map((key) => ({ ...key, createdAt: key.createdAt.toISOString() })) } };
  },
});

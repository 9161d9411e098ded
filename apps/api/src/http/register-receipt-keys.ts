import { receiptKeysPath } from '@hikyaku/receipts';
import type { ReceiptIssuer } from '@hikyaku/receipts/issue';
import type { FastifyInstance } from 'fastify';

/** For everybody: whoever has a receipt checks it with these. */
export function registerReceiptKeys(server: FastifyInstance, { publishedKeys }: ReceiptIssuer): void {
  server.get(receiptKeysPath, (_request, reply) =>
    reply
      .header('content-type', 'application/jwk-set+json')
      .header('cache-control', 'public, max-age=300')
      .send(JSON.stringify(publishedKeys)),
  );
}

import { Readable } from 'node:stream';
import { receiptFileText } from '@hikyaku/receipts';
import { attachment, HikyakuError, type Locale, locale } from '@hikyaku/types';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../auth/find-caller.ts';
import { issueReceipt } from '../domain/issue-receipt.ts';
import { openRejectsFile } from '../domain/open-rejects-file.ts';
import type { Context, Services } from '../trpc/context.ts';
import { errorStatus } from '../trpc/error-status.ts';
import { toHikyakuError } from '../trpc/to-hikyaku-error.ts';

const params = z.object({ fileId: z.uuid() });
const query = z.object({ locale: locale.default('ja') });

type OpenDownload = (
  services: Services,
  caller: Caller,
  fileId: string,
  locale: Locale,
) => Promise<{ fileName: string; contentType: string; stream: Readable }>;

/** What the portal's pages link to and a browser saves. */
export function registerDownloads(
  server: FastifyInstance,
  createContext: (request: FastifyRequest, reply: FastifyReply) => Context,
): void {
  const download = (path: string, open: OpenDownload) =>
    server.get(path, async (request, reply) => {
      const context = createContext(request, reply);
      try {
        const caller = await context.findCaller();
        if (!caller) throw new HikyakuError('unauthenticated');
        const { data: asked } = params.safeParse(request.params);
        if (!asked) throw new HikyakuError('not-found');
        const told = query.safeParse(request.query).data?.locale ?? 'ja';
        const file = await open(context.services, caller, asked.fileId, told);
        return await reply
          .header('content-type', file.contentType)
          .header('content-disposition', attachment(file.fileName))
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'private, no-store')
          .send(file.stream);
      } catch (error) {
        const known = toHikyakuError(error);
        if (known.code === 'internal' || known.retriable) request.log.error({ err: known }, 'download failed');
        const status = getHTTPStatusCodeFromError(new TRPCError({ code: errorStatus[known.code] }));
        return reply.code(status).send({ code: known.code, referenceId: request.id });
      }
    });
  download('/api/files/:fileId/rejects.csv', openRejectsFile);
  download('/api/files/:fileId/receipt.json', async (services, caller, fileId) => {
    const file = await issueReceipt(services, caller, fileId);
    return {
      fileName: `${file.receipt.file.name}.receipt.json`,
      contentType: 'application/json; charset=utf-8',
      stream: Readable.from([receiptFileText(file)]),
    };
  });
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const signing = z.object({ parts: z.array(z.object({ partNumber: z.number() })) });

/** What is heard before the api hears of it; what it answers to that is held back as long. */
interface Hearing {
  onBegin?: () => Promise<void>;
  onSign?: (partNumbers: number[]) => Promise<void>;
}

/** Stands before the api, and passes on what is asked of it. */
export interface ApiFront {
  url: string;
  close: () => Promise<void>;
}

export async function openApiFront(target: string, { onBegin, onSign }: Hearing): Promise<ApiFront> {
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const posted = request.method === 'POST' ? request.url : '';
    if (posted?.endsWith('/uploads')) await onBegin?.();
    if (posted?.endsWith('/parts')) {
      await onSign?.(signing.parse(JSON.parse(body)).parts.map(({ partNumber }) => partNumber));
    }
    const answer = await fetch(new URL(request.url ?? '', target), {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      ...(body === '' ? {} : { body }),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(await answer.text());
  };
  const server = createServer((request, response) => void pass(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('listens nowhere');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

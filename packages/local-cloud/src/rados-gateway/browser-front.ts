import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';

/**
 * The gateway as browsers meet it. RGW 16 checks the signature of a CORS preflight too, which by nature carries none of
 * the signed headers, and answers 403 without the CORS headers that would let a browser go on. AWS doesn't. So a preflight
 * is passed on without the query that makes it look signed; everything else passes untouched, `Host` included, since it is
 * part of every signature.
 */
export async function openBrowserFront(options: { port: number; gatewayPort: number }): Promise<Server> {
  const server = createServer((incoming, outgoing) => passOn(incoming, outgoing, options.gatewayPort));
  // An upload over a slow line takes as long as it takes.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port, host: '127.0.0.1' }, () => resolve());
  });
  return server;
}

export function closeBrowserFront(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, gatewayPort: number): void {
  const { method, headers, url = '/' } = incoming;
  const path = method === 'OPTIONS' ? url.split('?')[0] : url;
  const passed = request({ host: '127.0.0.1', port: gatewayPort, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(outgoing);
    answer.once('error', () => outgoing.destroy());
  });
  passed.once('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end();
  });
  // A browser that goes away takes its half-sent body with it: the gateway must not keep it.
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) passed.destroy();
  });
  incoming.pipe(passed);
}

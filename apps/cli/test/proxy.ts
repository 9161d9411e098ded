import { once } from 'node:events';
import { createServer, type IncomingMessage, request as forward, type ServerResponse } from 'node:http';
import { connect } from 'node:net';

/** A proxy as offices have them: passes plain requests on, and opens tunnels. */
export interface Proxy {
  url: string;
  /** The methods that were asked of it, in their order. */
  seen: string[];
  close: () => void;
}

export async function openProxy(): Promise<Proxy> {
  const seen: string[] = [];
  const pass = (request: IncomingMessage, response: ServerResponse) => {
    seen.push(request.method ?? '');
    const { method = 'GET', headers } = request;
    const onward = forward(request.url ?? '', { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  };
  const server = createServer(pass);
  server.on('connect', (request, socket) => {
    seen.push('CONNECT');
    const { hostname, port } = new URL(`http://${request.url}`);
    const onward = connect(Number(port), hostname, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    onward.pipe(socket).pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('listens nowhere');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

import { createServer } from 'node:net';
import { LauncherError } from '../launcher-error.ts';

/**
 * The port itself where it is free, or a free one for 0.
 *
 * @throws LauncherError naming the port and the variable that changes it
 */
export function claimPort(port: number, what: string, variable: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () =>
      reject(
        new LauncherError(
          `Port ${port} for ${what} is taken by another program. Stop that program, or set ${variable} to a free port.`,
        ),
      ),
    );
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(found));
    });
  });
}

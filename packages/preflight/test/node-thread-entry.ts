import { parentPort } from 'node:worker_threads';

// Node's threads speak through a port where browsers' have functions of their own.
Object.assign(globalThis, {
  addEventListener: (type: string, listener: (event: { data: unknown }) => void) =>
    parentPort?.on(type, (data: unknown) => listener({ data })),
  postMessage: (message: unknown) => parentPort?.postMessage(message, []),
});

await import('../src/browser/preflight-worker.ts');

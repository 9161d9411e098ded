import { fileURLToPath } from 'node:url';
import type { RunPoint } from '../src/run-points.ts';
import { spawnProcess, type WorkerProcess } from '../test/worker-process.ts';
import { question, type Reply } from './observed-messages.ts';

const ourWorker = fileURLToPath(new URL('worker-under-fault.ts', import.meta.url));

/** Decides what happens to a worker that has come to a point. */
export interface Director {
  /** The worker waits until it resolves, and may be killed or frozen meanwhile. */
  reached(worker: WorkerProcess, point: RunPoint, objectKey: string): Promise<void> | undefined;
  /** Of the bytes that go by at this point; undefined where it doesn't matter. */
  halfOf(point: RunPoint, objectKey: string): number | undefined;
}

/** `main` is another program that asks in the same way, or our worker. */
export function spawnObservedWorker(
  main: string | undefined,
  environment: Record<string, string>,
  director: Director,
): WorkerProcess {
  const { worker, child } = spawnProcess(main ?? ourWorker, environment);
  const answer = (reply: Reply) => {
    // Killed while it was decided about.
    if (child.connected) child.send(reply, () => undefined);
  };
  child.on('message', (message) => {
    const { number, kind, point, objectKey } = question.parse(message);
    if (kind === 'half') {
      const half = director.halfOf(point, objectKey);
      answer({ number, ...(half === undefined ? {} : { half }) });
      return;
    }
    const decided = director.reached(worker, point, objectKey);
    if (decided) void decided.finally(() => answer({ number }));
    else answer({ number });
  });
  return worker;
}

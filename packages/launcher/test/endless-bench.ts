import { spawn } from 'node:child_process';
import { measureIn } from '@hikyaku/bench';
import { onceStopped } from '@hikyaku/local-cloud/process';

// A bench in which something runs that never ends by itself, and whose measuring doesn't either. It tells the process id of the former.
const { signal } = onceStopped();
try {
  await measureIn(
    async () => {
      const worker = spawn('sleep', ['1000'], { stdio: 'ignore' });
      const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      return {
        worker,
        close() {
          worker.kill();
          return exited;
        },
      };
    },
    async ({ worker }) => {
      process.stdout.write(`${worker.pid}\n`);
      await new Promise(() => setInterval(() => undefined, 1_000));
    },
    signal,
  );
} catch {
  process.exitCode = 1;
}
process.exit();

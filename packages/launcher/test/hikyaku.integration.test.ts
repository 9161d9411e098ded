import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../src/hikyaku.ts', import.meta.url));

/** The command that `npm run hikyaku` runs, when it reads its standard input; in a group of its own, as a shell has it. */
async function startReading() {
  const child = spawn(process.execPath, [launcher, 'policy', 'lint', '-'], {
    env: { ...process.env, LANG: 'C' },
    stdio: 'pipe',
    detached: true,
  });
  const ended = Promise.all([once(child, 'close'), text(child.stderr)]).then(([[code], stderr]) => ({ code, stderr }));
  // More than a pipe holds: it has gone when somebody reads.
  await new Promise((resolve) => child.stdin.write(' '.repeat(1_000_000), resolve));
  return { pid: child.pid ?? 0, ended };
}

test('at Ctrl-C, which the whole group gets, the command ends in order', async () => {
  const { pid, ended } = await startReading();
  process.kill(-pid, 'SIGINT');
  expect(await ended).toEqual({ code: 130, stderr: 'Stopped.\n' });
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s to the launcher reaches the command', async (signal, code) => {
  const { pid, ended } = await startReading();
  process.kill(pid, signal);
  expect(await ended).toEqual({ code, stderr: 'Stopped.\n' });
});

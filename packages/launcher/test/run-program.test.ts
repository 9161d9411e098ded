import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../src/paths.ts';
import { runProgram } from '../src/run-program.ts';

test('what a program says is kept with its warnings, and apart from them', async () => {
  const program = `console.log('package.tgz'); setTimeout(() => console.error('npm warn'), 50)`;
  const { exitCode, output, stdout } = await runProgram(process.execPath, ['--eval', program]);
  expect({ exitCode, output, stdout }).toEqual({
    exitCode: 0,
    output: 'package.tgz\nnpm warn\n',
    stdout: 'package.tgz\n',
  });
});

/** A bench in which something runs that never ends by itself, and whose measuring doesn't either. */
const bench = `
import { spawn } from 'node:child_process';
import { measureIn } from '${join(repositoryRoot, 'packages/bench/src/index.ts')}';
import { onceStopped } from '${join(repositoryRoot, 'packages/local-cloud/src/process/index.ts')}';
const { signal } = onceStopped();
const open = async () => {
  const worker = spawn('sleep', ['1000'], { stdio: 'ignore' });
  const exited = new Promise((resolve) => worker.once('exit', resolve));
  return { worker, close: () => (worker.kill(), exited) };
};
const measure = ({ worker }) => (console.log(worker.pid), new Promise(() => setInterval(() => {}, 1_000)));
await measureIn(open, measure, signal).catch(() => (process.exitCode = 1));
process.exit();
`;

test('a bench that is told to stop ends what it started, and is waited for', async () => {
  const controller = new AbortController();
  let output = '';
  const onOutput = (text: string) => {
    output += text;
    if (/^\d+\n/.test(output)) controller.abort();
  };
  const options = { signal: controller.signal, onOutput };
  const run = runProgram(process.execPath, ['--input-type=module', '--eval', bench], options);
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  expect(Number(output)).toBeGreaterThan(1);
  await expect(readlink(`/proc/${Number(output)}/exe`)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a program is told to stop by the signal that it wants to hear', async () => {
  const controller = new AbortController();
  const program = `process.on('SIGINT', () => { console.log('heard'); process.exit() }); console.log('up'); setInterval(() => {}, 1_000)`;
  let output = '';
  const run = runProgram(process.execPath, ['--eval', program], {
    signal: controller.signal,
    stopSignal: 'SIGINT',
    onOutput(text) {
      output += text;
      if (output === 'up\n') controller.abort();
    },
  });
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  expect(output).toBe('up\nheard\n');
});

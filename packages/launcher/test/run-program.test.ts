import { readlink } from 'node:fs/promises';
import { expect, test } from 'vitest';
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

test('a bench that is told to stop ends what it started, and is waited for', async () => {
  const controller = new AbortController();
  let output = '';
  const onOutput = (text: string) => {
    output += text;
    if (/^\d+\n/.test(output)) controller.abort();
  };
  const bench = new URL('./endless-bench.ts', import.meta.url).pathname;
  const run = runProgram(process.execPath, [bench], { signal: controller.signal, onOutput });
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  const id = Number(output);
  expect(id).toBeGreaterThan(1);
  try {
    await expect(readlink(`/proc/${id}/exe`)).rejects.toMatchObject({ code: 'ENOENT' });
  } finally {
    end(id);
  }
});

/** Whether it is there or not. */
function end(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    expect(error).toMatchObject({ code: 'ESRCH' });
  }
}

const saysWhenItHearsSigint = `
process.on('SIGINT', () => {
  console.log('heard');
  process.exit();
});
console.log('up');
setInterval(() => {}, 1_000);
`;

test('a program is told to stop by the signal that it wants to hear', async () => {
  const controller = new AbortController();
  let output = '';
  const run = runProgram(process.execPath, ['--eval', saysWhenItHearsSigint], {
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

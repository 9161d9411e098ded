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

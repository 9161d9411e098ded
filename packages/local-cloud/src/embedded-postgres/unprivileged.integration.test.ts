import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../process/run-program.ts';
import { findRunAs } from './unprivileged.ts';

test('a program that runs for PostgreSQL is not root, and still finds programs under a home that only root may enter', async () => {
  const home = await mkdtemp(join(tmpdir(), 'hikyaku-home-'));
  try {
    await chmod(home, 0o700);
    const program = join(home, 'bin', 'program');
    await mkdir(join(home, 'bin'));
    await writeFile(program, '#!/bin/sh\n', { mode: 0o755 });
    const runAs = await findRunAs();
    // Node's accessSync is access(2), as in PostgreSQL.
    const script = `require('fs').accessSync(${JSON.stringify(program)}, 1); process.stdout.write(String(process.geteuid()))`;
    const { command, args } = runAs.wrap(process.execPath, ['-e', script]);
    expect(await runProgram(command, args)).not.toBe('0');
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

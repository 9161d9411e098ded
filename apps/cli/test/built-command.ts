import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { buildPackage } from '../build/build-package.ts';

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Readonly<Record<string, string>>;
  /** To standard input, which is closed after it; a function writes by itself. */
  input?: string | Uint8Array | ((stdin: NodeJS.WritableStream) => void);
  cwd?: string;
}

/** The command as it is published, in a folder of its own. */
export interface BuiltCommand {
  /** Empty; for whatever a test wants to write. */
  folder: string;
  packageFolder: string;
  /** Ends with it; exactly this environment and the few variables that every program needs. */
  run: (args: readonly string[], options?: RunOptions) => Promise<Ended>;
  start: (args: readonly string[], options?: RunOptions) => { child: ChildProcess; ended: Promise<Ended> };
  remove: () => Promise<void>;
}

export async function buildCommand(): Promise<BuiltCommand> {
  const root = await mkdtemp(join(tmpdir(), 'hikyaku-cli-'));
  const packageFolder = join(root, 'package');
  await buildPackage(packageFolder);
  await installOpenPgp(packageFolder);
  const start: BuiltCommand['start'] = (args, { env = {}, input, cwd = root } = {}) => {
    const child = spawn(process.execPath, [join(packageFolder, 'hikyaku.mjs'), ...args], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: join(root, 'home'), LANG: 'C', ...env },
      stdio: 'pipe',
    });
    // It may end without having read all of it.
    child.stdin.on('error', () => undefined);
    if (typeof input === 'function') input(child.stdin);
    else child.stdin.end(input);
    const code = new Promise<number | null>((resolve) => child.once('close', resolve));
    const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(([exit, stdout, stderr]) => ({
      code: exit,
      stdout,
      stderr,
    }));
    return { child, ended };
  };
  return {
    folder: root,
    packageFolder,
    start,
    run: (args, options) => start(args, options).ended,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** As npm does: the one thing that is not in the package itself. */
async function installOpenPgp(packageFolder: string): Promise<void> {
  const modules = join(packageFolder, 'node_modules');
  await mkdir(modules);
  await symlink(fileURLToPath(new URL('../node_modules/openpgp', import.meta.url)), join(modules, 'openpgp'));
}

import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { LauncherError } from './launcher-error.ts';
import type { Progress } from './progress.ts';

export interface DebianPackages {
  /** What they are for, in words. */
  purpose: string;
  packages: readonly string[];
  /** All of these programs on the PATH: nothing needs to be installed. */
  programs: readonly string[];
}

export const objectStorePackages: DebianPackages = {
  purpose: 'the object store (Ceph RADOS Gateway)',
  packages: ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-base', 'ceph-common'],
  programs: ['radosgw', 'radosgw-admin', 'ceph', 'ceph-mon', 'ceph-osd', 'monmaptool'],
};

export const redisPackages: DebianPackages = {
  purpose: "tests of the queue's other backend (Redis)",
  packages: ['redis-tools'],
  programs: ['redis-check-rdb'],
};

export const shellPipelinePackages: DebianPackages = {
  purpose: 'the shell pipeline that the bench measures against',
  packages: ['curl', 'gzip', 'age', 'postgresql-client'],
  programs: ['curl', 'gzip', 'age', 'psql', 'sha256sum'],
};

export const downloaderPackages: DebianPackages = {
  purpose: 'the downloads that the bench measures against',
  packages: ['awscli', 'rclone', 'curl'],
  programs: ['aws', 'rclone', 'curl'],
};

export const encryptionPackages: DebianPackages = {
  purpose: 'tests that age, GnuPG, minisign and we read each other',
  packages: ['age', 'gnupg', 'gpg-agent', 'minisign'],
  programs: ['age', 'age-keygen', 'gpg', 'gpgconf', 'gpg-agent', 'minisign'],
};

export const browserPackages: DebianPackages = {
  purpose: 'end-to-end tests in a browser',
  packages: ['chromium'],
  programs: ['chromium'],
};

export const scriptPackages: DebianPackages = {
  purpose: "the README's commands for scripts, which the tests run",
  packages: ['curl', 'jq'],
  programs: ['bash', 'curl', 'jq'],
};

/**
 * Installs what is missing, having said so, where this is Debian, we are root and `HIKYAKU_NO_APT` is not set.
 *
 * @throws LauncherError with the command to run, where it may not or can not.
 */
export async function ensureDebianPackages(
  wanted: readonly DebianPackages[],
  options: { mayInstall: boolean; progress: Progress },
): Promise<void> {
  const missing: DebianPackages[] = [];
  for (const group of wanted) if (!(await areAllOnPath(group.programs))) missing.push(group);
  if (missing.length === 0) return;
  const names = missing.flatMap((group) => group.packages);
  const command = `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`;
  const list = missing.map((group) => `  ${group.packages.join(' ')}: for ${group.purpose}`).join('\n');
  if (!options.mayInstall)
    throw new LauncherError(
      `HIKYAKU_NO_APT is set, and these Debian packages are missing:\n${list}\nInstall them as root, then run it again:\n  ${command}`,
    );
  if (process.getuid?.() !== 0 || !(await areAllOnPath(['apt-get']))) {
    throw new LauncherError(
      `These Debian packages are missing, and only root of a Debian system can install them:\n${list}\n` +
        `Run as root:\n  ${command}\nOr point to parts that run elsewhere: README.md lists the variables.`,
    );
  }
  options.progress.step(`Installing Debian packages: ${names.join(' ')}`);
  await apt(['update', '-q']);
  await apt(['install', '-y', '-q', '--no-install-recommends', ...names]);
  if (!(await areAllOnPath(missing.flatMap((group) => group.programs)))) {
    throw new LauncherError(`The packages were installed, but not all of their programs are there:\n${list}`);
  }
}

async function apt(args: string[]): Promise<void> {
  const child = spawn('apt-get', args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4_000);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new LauncherError(`apt-get ${args.join(' ')} ended with ${code}:\n${output}`);
}

async function areAllOnPath(programs: readonly string[]): Promise<boolean> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  for (const program of programs) {
    const found = await Promise.all(
      folders.map((folder) =>
        access(join(folder, program), constants.X_OK).then(
          () => true,
          () => false,
        ),
      ),
    );
    if (!found.includes(true)) return false;
  }
  return true;
}

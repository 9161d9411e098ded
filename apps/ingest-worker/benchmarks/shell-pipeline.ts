import { spawn } from 'node:child_process';

/**
 * What a careful engineer writes instead of us: fetch, compare the checksum, decrypt, unpack into a staging table, upsert. Its
 * staging table is UNLOGGED and typed, and nothing is recorded about the file.
 */
const script = `
  set -euo pipefail
  curl --silent --show-error --fail --output "$FILE" "$URL"
  echo "$SHA256  $FILE" | sha256sum --check --quiet
  age --decrypt --identity "$IDENTITY" "$FILE" | gzip -dc | psql "$DATABASE" --quiet --no-psqlrc --set ON_ERROR_STOP=1 \\
    --command 'TRUNCATE peer.staging' --command '\\copy peer.staging FROM STDIN WITH (FORMAT csv, HEADER)'
  psql "$DATABASE" --quiet --no-psqlrc --set ON_ERROR_STOP=1 --command "$UPSERT"
`;

/** @throws Error with what it printed, where any of its programs fails */
export async function runShellPipeline(environment: {
  URL: string;
  FILE: string;
  SHA256: string;
  IDENTITY: string;
  DATABASE: string;
  UPSERT: string;
}): Promise<void> {
  await runScript(script, environment);
}

/** `psql \\copy` of an open file, into the staging table of the pipeline: the least that anybody has to do. */
export async function runPsqlCopy(environment: { DATABASE: string; FILE: string }): Promise<void> {
  const copy = `psql "$DATABASE" --quiet --no-psqlrc --set ON_ERROR_STOP=1 \\
    --command "\\\\copy peer.staging FROM '$FILE' WITH (FORMAT csv, HEADER)"`;
  await runScript(copy, environment);
}

async function runScript(text: string, environment: Record<string, string>): Promise<void> {
  const child = spawn('bash', ['-c', text], {
    // Times without a zone are the organization's.
    env: { PATH: process.env['PATH'] ?? '', PGTZ: 'Asia/Tokyo', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`the shell pipeline ended with ${code}:\n${output}`);
}

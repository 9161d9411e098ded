import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { faultyCitiesCsv } from './cities-csv.ts';
import { e2eEnv } from './env.ts';
import { makeToken } from './make-token.ts';
import { personWith } from './people.ts';
import { expect, test } from './test.ts';

/** What README.md tells to paste into bash, word for word, but for the two lines that name the portal and the token. */
async function commandsOfReadme(): Promise<string[]> {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const section = /\n## Send from a script\n(.*?)\n## /s.exec(readme)?.[1] ?? '';
  const commands = Array.from(section.matchAll(/```bash\n(.*?)```/gs), ([, command = '']) => command);
  return commands.filter((command) => !command.startsWith('export HIKYAKU_URL='));
}

interface Run {
  exitCode: number;
  output: string;
}

function bash(script: string, folder: string, variables: Record<string, string>): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...variables } };
    const child = execFile('bash', ['-euo', 'pipefail', '-c', script], options, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? 1, output: stdout + stderr }),
    );
  });
}

const upload = z.object({ uploadId: z.uuid(), put: z.unknown() });
const file = z.object({
  fileName: z.string(),
  sentBy: z.string().nullable(),
  technical: z.object({ versionId: z.string() }),
});

test("the README's commands send a file, wait for it and tell its 3 refused lines; run again they do nothing", async ({
  as,
}) => {
  test.setTimeout(120_000);
  const context = await as(personWith('administrator'));
  const token = await makeToken(await context.newPage(), '夜間バッチ');
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-readme-'));
  const fileName = 'cities-with-3-bad-lines.csv';
  try {
    await mkdir(join(folder, '.hikyaku/demo-files'), { recursive: true });
    await writeFile(join(folder, '.hikyaku/demo-files', fileName), faultyCitiesCsv());
    const commands = await commandsOfReadme();
    expect(commands).toHaveLength(5);
    const script = [...commands, 'echo "$upload" > upload.json'].join('\n');
    const variables = { HIKYAKU_URL: e2eEnv().stack.portalUrl, HIKYAKU_TOKEN: token };
    const run = async () => {
      const { exitCode, output } = await bash(script, folder, variables);
      expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
      return { output, begun: upload.parse(JSON.parse(await readFile(join(folder, 'upload.json'), 'utf8'))) };
    };
    const get = async (path: string, input: unknown): Promise<unknown> => {
      const answer = await context.request.get(
        `/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`,
      );
      return (await answer.json()).result.data.json;
    };

    const first = await run();
    expect(first.begun.put).not.toBeNull();
    expect(first.output).toContain('"state": "taken_in"');
    expect(first.output).toContain('"stateText": "Taken in, 3 lines refused"');
    expect(first.output).toContain("Line 4: 'latitude' is not a number (value: north).");
    expect(first.output).toContain("Line 7: 'city_id' is not a whole number (value: six).");
    expect(first.output).toMatch(/Line 10: 'name'/);
    const [header, ...lines] = (await readFile(join(folder, 'refused.csv'), 'utf8')).trim().split(/\r?\n/);
    expect(header).toMatch(/^city_id,name,country,admin1,admin2,latitude,longitude,/);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/,4,.*'latitude' is not a number/);
    const before = file.parse(await get('files.get', { fileId: first.begun.uploadId }));
    expect(before).toMatchObject({ fileName, sentBy: '夜間バッチ (API)' });
    const files = await get('files.list', { limit: 200 });

    const second = await run();
    expect(second.begun).toEqual({ uploadId: first.begun.uploadId, put: null });
    expect(second.output).toContain("Line 4: 'latitude' is not a number (value: north).");
    expect(file.parse(await get('files.get', { fileId: first.begun.uploadId }))).toEqual(before);
    // Neither a second upload nor, of a second version, a second arrival.
    expect(await get('files.list', { limit: 200 })).toEqual(files);

    const refused = await bash(script, folder, { ...variables, HIKYAKU_TOKEN: `${token}x` });
    expect(refused.exitCode).not.toBe(0);
    expect(refused.output).toContain('invalid-token');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

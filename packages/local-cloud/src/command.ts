#!/usr/bin/env node
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { followLog, readLastLines } from './command/part-logs.ts';
import { describeStatus } from './command/status.ts';
import { type PartName, partNames } from './part.ts';
import { readCloudState } from './state-file.ts';

const usage = `Usage:
  local-cloud status [--data-folder .hikyaku]
  local-cloud logs <${partNames.join('|')}> [--lines 50] [--follow] [--data-folder .hikyaku]

Exit codes of status: 0 all parts run, 1 a part failed, 3 the local cloud does not run. 2: a wrong argument.
`;

const print = (text: string) => process.stdout.write(text);
const complain = (text: string) => process.stderr.write(text);

process.exitCode = await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args);
  if (parsed === undefined) {
    complain(usage);
    return 2;
  }
  const { command, part, values } = parsed;
  const dataFolder = resolve(values['data-folder']);
  const state = await readCloudState(dataFolder);
  if (command === 'status') {
    const status = await describeStatus(dataFolder, state);
    print(status.text);
    return status.exitCode;
  }
  const logFiles = state?.parts.find(({ name }) => name === part)?.logFiles ?? [];
  const [logFile] = logFiles;
  if (logFile === undefined) {
    complain(`No log of ${part}: it never ran on ${dataFolder}.\n`);
    return 3;
  }
  for (const file of logFiles.toReversed()) print(`==> ${file} <==\n${await readLastLines(file, values.lines)}`);
  if (values.follow) {
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    await followLog(logFile, print, stop.signal);
  }
  return 0;
}

type Parsed = {
  command: 'status' | 'logs';
  part: PartName | undefined;
  values: { 'data-folder': string; follow: boolean; lines: number };
};

function parseArguments(args: readonly string[]): Parsed | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'data-folder': { type: 'string', default: '.hikyaku' },
        follow: { type: 'boolean', short: 'f', default: false },
        lines: { type: 'string', short: 'n', default: '50' },
      },
    });
    const [command, name, ...rest] = positionals;
    const part = partNames.find((each) => each === name);
    const lines = Number(values.lines);
    if (rest.length > 0 || !Number.isSafeInteger(lines) || lines < 0) return undefined;
    if (command === 'status' && name === undefined) return { command, part, values: { ...values, lines } };
    if (command === 'logs' && part !== undefined) return { command, part, values: { ...values, lines } };
    return undefined;
  } catch {
    return undefined;
  }
}

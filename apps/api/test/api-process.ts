import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Environment } from '../src/env.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const listening = z.object({ msg: z.string().startsWith('Server listening at ') });

export interface ApiProcess {
  url: string;
  child: ChildProcess;
  /** Everything it wrote, on both streams. */
  output(): string;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** `src/main.ts` as a process of its own, with nothing in its environment but what it asks for. */
export async function spawnApi(environment: Environment): Promise<ApiProcess> {
  const wanted = Object.entries({ ...environment, PORT: await freePort() });
  const set = wanted.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  const passedOn = ['PATH', 'NODE_COMPILE_CACHE'];
  const cloud = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_') || passedOn.includes(name));
  const child = spawn(process.execPath, [main], {
    env: Object.fromEntries([...cloud, ...set]),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const url = await new Promise<string>((resolve, reject) => {
    void exited.then(() => reject(new Error(`it ended before it listened:\n${output}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const found = output.split('\n').flatMap((line) => findAddress(line) ?? []);
        if (found[0]) resolve(found[0]);
      });
    }
  });
  return { url, child, output: () => output, exited };
}

function findAddress(line: string): string | undefined {
  try {
    return listening.parse(JSON.parse(line)).msg.slice('Server listening at '.length);
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

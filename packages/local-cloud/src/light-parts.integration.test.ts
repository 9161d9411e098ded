import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listListeners } from '../test/process-sockets.ts';
import { sendMail } from '../test/send-mail.ts';
import type { PartName } from './part.ts';
import { type LocalCloud, startLocalCloud } from './start-local-cloud.ts';

// The parts that live inside the supervisor start within milliseconds, so each test starts its own.
let dataFolder: string;
let cloud: LocalCloud | undefined;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'hikyaku-light-parts-'));
});

afterEach(async () => {
  await cloud?.stop();
  cloud = undefined;
  await rm(dataFolder, { recursive: true, force: true });
});

async function start(...parts: PartName[]): Promise<LocalCloud> {
  cloud = await startLocalCloud({ dataFolder, parts: new Set(parts) });
  return cloud;
}

const otherAddresses = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal, family }) => !internal && family === 'IPv4')
  .map(({ address }) => address);

describe('the queue', () => {
  test('answers on loopback and on no other address of the machine', async () => {
    const running = await start('sqs');
    const endpoint = running.sqs?.endpoint ?? '';
    expect((await fetch(`${endpoint}/health`)).status).toBe(200);
    const { port } = new URL(endpoint);
    expect(await listListeners([process.pid])).toContain(`127.0.0.1:${port}`);
    expect(await listListeners([process.pid])).not.toContain(`0.0.0.0:${port}`);
    for (const address of otherAddresses) {
      await expect(fetch(`http://${address}:${port}/health`)).rejects.toThrow('fetch failed');
    }
  });

  test('keeps a message over a restart, at the same address', async () => {
    const before = await start('sqs');
    const sqs = new SQSClient({
      endpoint: before.sqs?.endpoint ?? '',
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'kept' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }));
    await before.stop();
    const after = await start('sqs');
    expect(after.sqs).toEqual(before.sqs);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['kept']);
  });
});

describe('the mail catcher', () => {
  test('keeps each mail as a file and reads it back, blind copies included', async () => {
    const running = await start('mail');
    const { mail } = running;
    await sendMail(mail?.smtpUrl ?? '', {
      from: 'sender@example.com',
      to: ['a@example.com', 'hidden@example.com'],
      lines: [
        'From: Sender <sender@example.com>',
        'To: A <a@example.com>',
        'Subject: =?UTF-8?B?5pys5pel44Gu44OV44Kh44Kk44Or?=',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'こんにちは',
      ],
    });
    expect(await mail?.list()).toMatchObject([
      {
        from: 'sender@example.com',
        to: ['a@example.com'],
        envelopeTo: ['a@example.com', 'hidden@example.com'],
        subject: '本日のファイル',
        text: expect.stringContaining('こんにちは'),
        receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
  });
});

describe('a port that is asked for', () => {
  test('is named together with its variable when another program holds it', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await expect(
      startLocalCloud({ dataFolder, parts: new Set(['sqs', 'mail']), ports: { smtp: port } }),
    ).rejects.toMatchObject({
      code: 'port-taken',
      part: 'mail',
      message: expect.stringMatching(new RegExp(`${port}.*HIKYAKU_SMTP_PORT`)),
    });
    holder.close();
    // The part that had started was stopped again, so the same folder starts at once.
    await start('sqs', 'mail');
  });
});

async function runCommand(...args: string[]): Promise<{ code: unknown; stdout: unknown }> {
  const script = new URL('command.ts', import.meta.url).pathname;
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args, '--data-folder', dataFolder]);
    return { code: 0, stdout };
  } catch (error) {
    return error instanceof Error && 'code' in error && 'stdout' in error
      ? { code: error.code, stdout: error.stdout }
      : Promise.reject(error);
  }
}

describe('the command', () => {
  test('says what runs, and that nothing runs', async () => {
    expect(await runCommand('status')).toMatchObject({ code: 3, stdout: expect.stringContaining('No local cloud') });
    const running = await start('sqs', 'mail');
    const status = await runCommand('status');
    expect(status).toMatchObject({ code: 0, stdout: expect.stringContaining('sqs (fauxqs): running') });
    expect(status.stdout).toContain(running.sqs?.endpoint);
    await running.stop();
    expect(await runCommand('status')).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('sqs (fauxqs): stopped'),
    });
  });

  test('prints the last lines of a log', async () => {
    const running = await start('mail');
    const logs = await runCommand('logs', 'mail', '--lines', '1');
    expect(logs).toMatchObject({ code: 0, stdout: expect.stringContaining(`listening on ${running.mail?.smtpUrl}`) });
    expect(await runCommand('logs', 'unheard-of')).toMatchObject({ code: 2 });
  });
});

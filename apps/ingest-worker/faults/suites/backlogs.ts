import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { seededRandom } from '@hikyaku/local-cloud/fault-proxy';
import { until } from '../../test/until.ts';
import type { Sent } from '../check-dataset.ts';
import type { FaultCase } from '../fault-case.ts';
import { type Dataset, type FaultHouse, patienceSeconds } from '../fault-house.ts';
import { sampleFile } from '../sample-file.ts';
import { fitsQueue, messageBodies } from '../../test/message-bodies.ts';

const putsAtATime = 8;

/** Two workers share a backlog; nobody fails, and nobody may take a file that the other has. */
export function backlogCases(seed: number, count: number): FaultCase[] {
  return [
    {
      suite: 'backlog',
      name: `two workers share ${count} files`,
      seed,
      cases: count,
      async play(house) {
        await house.stopWorkers();
        const sent = await sendMany(house, seed, count);
        await house.keepWorkers();
        await house.settled(sent, patienceSeconds * 5);
        const { rows } = await house.pool.query<{ runs: string; workers: string }>(
          `SELECT count(*) AS runs, count(DISTINCT r.claimed_by) AS workers FROM ingest_run r JOIN arrival a ON a.id = r.arrival_id
            WHERE a.key = ANY ($1)`,
          [sent.map(({ key }) => key)],
        );
        const violations: string[] = [];
        if (Number(rows[0]?.runs) !== count) violations.push(`${rows[0]?.runs} runs for ${count} files`);
        if (Number(rows[0]?.workers) !== 2) violations.push(`${rows[0]?.workers} workers took part`);
        return { sent, violations };
      },
    },
  ];
}

/** PostgreSQL is away for a minute while files go on arriving. Needs a house with a PostgreSQL of its own. */
export function awayCases(seed: number, count: number): FaultCase[] {
  return [
    {
      suite: 'away',
      name: 'PostgreSQL away for a minute under load',
      seed,
      cases: count,
      async play(house) {
        const dataset = await house.newDataset();
        const sent = await sendMany(house, seed, Math.ceil(count / 4), dataset);
        await house.own.stopPart('postgres');
        const later = sendMany(house, seed + 1, count - sent.length, dataset, 'later');
        await new Promise((resolve) => setTimeout(resolve, 60_000));
        sent.push(...(await later));
        await house.own.startPart('postgres');
        await house.settled(sent, patienceSeconds * 2);
        return { sent };
      },
    },
  ];
}

/** R12: bodies of every kind, most of them nothing that can be read, between announcements of good files. */
export function bodyCases(seed: number, count: number): FaultCase[] {
  return [
    {
      suite: 'R12',
      name: `${count} bodies of every kind between good ones`,
      seed,
      cases: count,
      async play(house) {
        const before = house.workers().map(({ pid }) => pid);
        const bodies = [...messageBodies(seed, count)].map(({ body }) => body).filter(fitsQueue);
        const dataset = await house.newDataset();
        const sent: Sent[] = [];
        for (let from = 0; from < bodies.length; from += 10) {
          const Entries = bodies
            .slice(from, from + 10)
            .map((MessageBody, index) => ({ Id: String(index), MessageBody }));
          await sendInBatches(house, Entries);
          if (from % 100 === 0) sent.push(...(await sendMany(house, seed + from, 1, dataset, `between-${from}`)));
        }
        await house.settled(sent);
        await until(
          async () => (await house.arrivalsWaiting()) === 0 || undefined,
          'the queue to empty',
          patienceSeconds * 5,
        );
        const after = house.workers().map(({ pid }) => pid);
        return { sent, violations: before.join() === after.join() ? [] : ['a worker ended'] };
      },
    },
  ];
}

/** A batch holds 256 KiB at most. */
async function sendInBatches(house: FaultHouse, entries: { Id: string; MessageBody: string }[]): Promise<void> {
  const QueueUrl = house.account.queueUrl;
  const isLarge = entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0) > 250_000;
  const batches = isLarge ? entries.map((entry) => [entry]) : [entries];
  for (const Entries of batches) await house.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
}

async function sendMany(
  house: FaultHouse,
  seed: number,
  count: number,
  dataset?: Dataset,
  label = 'file',
): Promise<Sent[]> {
  const random = seededRandom(seed);
  const into = dataset ?? (await house.newDataset());
  const sent: Sent[] = [];
  for (let from = 0; from < count; from += putsAtATime) {
    const numbers = Array.from({ length: Math.min(putsAtATime, count - from) }, (_, index) => from + index);
    const files = await Promise.all(
      numbers.map((number) =>
        sampleFile(random, {
          label: `${label}-${number}`,
          rows: random.integer(1, 20),
          keys: 500,
          wrapping: 'plain',
          publicKey: house.publicKey,
        }),
      ),
    );
    sent.push(...(await Promise.all(files.map((file) => house.send(into, file)))));
  }
  return sent;
}

import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { type BenchRow, secondsOf, spreadOf } from '@hikyaku/bench';
import { z } from 'zod';
import type { BenchPortal } from './bench-portal.ts';

const batchSize = 100;
const limitSeconds = 0.15;
/** What the uploader asks for at a time, while as many fly. */
const partsAhead = 4;
const partBytes = 16 * 1024 ** 2;
const bytesPerSecond = 1e9 / 8;
const flightSeconds = (partsAhead * partBytes) / bytesPerSecond;

const digest = { md5: '1B2M2Y8AsgTpgAmY7PhCfg==', sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' };
const begun = z.object({ uploadId: z.uuid(), method: z.literal('multipart') });
const signed = z.object({ parts: z.array(z.object({ put: z.object({ url: z.url() }) })) });

/** P10: the procedure with all there is around the signatures, and whether an uploader would ever wait for it. */
export async function benchSignParts(
  { call, apiPid }: BenchPortal,
  { rounds, note }: { rounds: number; note: (text: string) => void },
): Promise<BenchRow[]> {
  const file = { datasetSlug: 'cities', fileName: 'large.csv', sizeBytes: batchSize * partBytes };
  const { uploadId } = await call('mutation', 'uploads.create', { requestId: randomUUID(), ...file }, begun);
  const sign = async (count: number) => {
    const parts = Array.from({ length: count }, (_, index) => ({ partNumber: index + 1, digest }));
    const answer = await call('mutation', 'uploads.signParts', { uploadId, parts }, signed);
    if (new Set(answer.parts.map(({ put }) => put.url)).size !== count) throw new Error('not a URL for each part');
  };
  const processor: number[] = [];
  const answers: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const before = await processorSeconds(apiPid);
    await sign(batchSize);
    const cpuSeconds = (await processorSeconds(apiPid)) - before;
    const answerSeconds = await secondsOf(() => sign(partsAhead));
    if (round === 0) continue;
    processor.push(cpuSeconds);
    answers.push(answerSeconds);
    note(
      `uploads.signParts, round ${round}: ${cpuSeconds.toFixed(3)} s, of ${partsAhead} ${answerSeconds.toFixed(3)} s`,
    );
  }
  return [
    limitRow({
      what: `CPU of the api for one \`uploads.signParts\` of ${batchSize} parts, from the request to the answer`,
      values: processor,
      limitSeconds,
      goal: `≤ ${limitSeconds} s`,
      limitedBy: 'reading the request, three statements and writing the answer, beside the signatures',
    }),
    limitRow({
      what: `answer to \`uploads.signParts\` of ${partsAhead} parts, asked for while ${partsAhead} fly`,
      values: answers,
      limitSeconds: flightSeconds,
      goal: `before ${partsAhead} parts of 16 MiB flew at 1 Gbit/s`,
      limitedBy: 'the database, whose statements take most of the time',
    }),
  ];
}

function limitRow(row: {
  what: string;
  values: number[];
  limitSeconds: number;
  goal: string;
  limitedBy: string;
}): BenchRow {
  const ours = spreadOf(row.values);
  const isMet = ours.median <= row.limitSeconds;
  return {
    goalId: 'P10',
    what: row.what,
    peer: `limit ${Number(row.limitSeconds.toFixed(2))} s`,
    ours,
    unit: 's',
    ratio: spreadOf(row.values.map((value) => row.limitSeconds / value)),
    goal: row.goal,
    isMet,
    ...(isMet ? {} : { limitedBy: row.limitedBy }),
  };
}

/** What all threads of a process have run so far: the scheduler's own count, finer than the ticks of `stat`. */
async function processorSeconds(pid: number): Promise<number> {
  const tasks = await readdir(`/proc/${pid}/task`);
  const texts = await Promise.all(tasks.map((task) => readFile(`/proc/${pid}/task/${task}/schedstat`, 'utf8')));
  return texts.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0) / 1e9;
}

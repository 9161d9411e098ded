import { type HikyakuError, untilAborted } from '@hikyaku/types';
import { judgeAnswer } from '../judge-answer.ts';
import type { Patient } from './check.ts';
import type { UploadProbe } from './upload-surroundings.ts';

export interface SentProbe {
  answer:
    | { kind: 'refused'; error: HikyakuError }
    /** Storage has read all of it. */
    | { kind: 'through' }
    /** Somebody said yes to what storage can only refuse. */
    | { kind: 'accepted' }
    /** The connection ended, or the page may not read what was said on it. */
    | { kind: 'none' }
    /** Time was up; `isMoving`: bytes went to the end. */
    | { kind: 'late'; isMoving: boolean };
  sentBytes: number;
  bytesPerSecond: number;
}

/** Bytes that still moved in the second half of the time would have moved on; the first ones only fill buffers. */
const lastPart = 1 / 2;

/** Sends a body that storage will refuse once it has read it, and tells how far it came. */
export async function sendProbe(
  { send }: Pick<Patient, 'send'>,
  { put, sizeBytes }: UploadProbe,
  signal: AbortSignal,
): Promise<SentProbe> {
  const begun = performance.now();
  let sentBytes = 0;
  let movedAt = begun;
  const onProgress = (sent: number) => {
    if (sent > sentBytes) movedAt = performance.now();
    sentBytes = sent;
  };
  const body = new Blob([new Uint8Array(sizeBytes)]);
  const answer = await untilAborted(send({ put, body, onProgress, signal }), signal)
    .then(meaningOf)
    .catch((): SentProbe['answer'] => {
      if (!signal.aborted) return { kind: 'none' };
      return {
        kind: 'late',
        isMoving: sentBytes < sizeBytes && secondsSince(movedAt) < lastPart * secondsSince(begun),
      };
    });
  return { answer, sentBytes, bytesPerSecond: Math.round(sentBytes / secondsSince(begun)) };
}

function meaningOf(answer: Parameters<typeof judgeAnswer>[0]): SentProbe['answer'] {
  const judgement = judgeAnswer(answer);
  if (judgement.outcome === 'stored') return { kind: 'accepted' };
  const { error } = judgement;
  return error.code === 'checksum-mismatch' ? { kind: 'through' } : { kind: 'refused', error };
}

function secondsSince(moment: number): number {
  return Math.max(1, performance.now() - moment) / 1_000;
}

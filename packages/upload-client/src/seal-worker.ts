import type { Sealing } from '@hikyaku/encryption/sealing';
import { HikyakuError } from '@hikyaku/types';
import { answerThreadCalls } from './answer-thread-calls.ts';
import { createByteSealer, type SealedBytes } from './create-byte-sealer.ts';

// Runs in a thread of its own: see `seal-with-worker.ts`.

export type SealQuestion =
  | { recipients: readonly string[]; plainBytes: number }
  | { sealing: Sealing; plain: Blob; range: { start: number; end: number } };

export type SealAnswer = { sealing: Sealing } | SealedBytes;

const sealer = createByteSealer();

answerThreadCalls(
  async (question: SealQuestion): Promise<SealAnswer> =>
    'recipients' in question
      ? { sealing: await sealer.begin(question.recipients, question.plainBytes) }
      : sealer.seal(question.sealing, question.plain, question.range),
  {
    failureOf(error) {
      const message = String(error);
      return error instanceof HikyakuError ? { message, code: error.code, details: error.details } : { message };
    },
    handedOver: (answer) => ('bytes' in answer ? [answer.bytes.buffer] : []),
  },
);

import type { ErrorCode, ErrorDetails } from '@hikyaku/types';

/** What goes over to a Web Worker. */
export interface ThreadQuestion<Question> {
  id: number;
  question: Question;
}

/** What comes back from it. */
export type ThreadAnswer<Result> = { id: number } & ({ result: Result } | { failure: ThreadFailure });

/** Errors of ours have a code: their class does not come through. */
export interface ThreadFailure {
  message: string;
  code?: ErrorCode;
  details?: ErrorDetails;
}

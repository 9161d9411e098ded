import type { ErrorDetails } from '@hikyaku/types';
import { failed, type Outcome, well } from './check.ts';
import type { SentProbe } from './send-probe.ts';

/** What an answer says that could be read; undefined where none could. */
export function judgeProbe({ answer }: SentProbe, details: ErrorDetails): Outcome | undefined {
  if (answer.kind === 'through') return well(details);
  if (answer.kind === 'accepted') return failed('unexpected-answer', 'certain', details);
  if (answer.kind === 'refused') return failed(answer.error.code, 'certain', { ...details, ...answer.error.details });
  return undefined;
}

import { HikyakuError } from '@hikyaku/types';

/**
 * `content`: the signed bytes are others. `comment`: the trusted comment is another. `malformed`: it is no signature.
 * `legacy-too-large`: of a kind that needs the whole file in memory, for a file that is too large for that.
 */
export type SignatureProblem = 'content' | 'comment' | 'malformed' | 'legacy-too-large';

export function invalidSignature(problem: SignatureProblem): HikyakuError {
  return new HikyakuError('signature-invalid', { details: { problem } });
}

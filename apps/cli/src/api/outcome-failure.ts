import { CommandFailure } from '../command-failure.ts';
import type { UploadAnswer } from './answers.ts';

const ended = ['cancelled', 'expired'];
const good = ['taken_in', 'stored', 'already_taken_in', 'newer_kept'];

/** Why an upload is not what was hoped for, once it was waited for; undefined where it is. */
export function outcomeFailure(
  { uploadId, fileName, state, stateText, isSettled, counts, cause }: UploadAnswer,
  { allowRejects }: { allowRejects?: boolean },
): CommandFailure | undefined {
  const details = { uploadId, fileName, state: stateText };
  if (!isSettled) return new CommandFailure('not-yet', details);
  if (ended.includes(state)) return new CommandFailure('upload-ended', details);
  if (!good.includes(state)) {
    const { whatHappened = '', whatToDo = '' } = cause?.text ?? {};
    return new CommandFailure('not-taken-in', {
      ...details,
      cause: [whatHappened, whatToDo].filter(Boolean).join(' '),
    });
  }
  const rejected = counts?.rejected ?? 0;
  return rejected > 0 && !allowRejects ? new CommandFailure('lines-refused', { ...details, rejected }) : undefined;
}

/**
 * Writes the characters of `input` to `output` as UTF-8. A character that the input breaks off in is left to be read with
 * what follows, unless this is the last of the file. `output` has room for three bytes for each of the input's.
 */
export type TranscodeStep = (
  input: Uint8Array,
  output: Uint8Array,
  isLast: boolean,
) => { bytesRead: number; bytesWritten: number };

import type { RejectHeader, RejectLine } from '@hikyaku/db';
import type { Locale } from '@hikyaku/types';
import { createRejectsCsv } from './rejects-csv.ts';
import { createRejectsJson } from './rejects-json.ts';

/** Writes refused lines as the file they came from writes its lines, and what is ours behind what was sent. */
export interface RejectsWriter {
  contentType: string;
  /** Of the file's name: `.csv`. */
  ending: string;
  head(): Buffer;
  lines(lines: readonly RejectLine[]): Buffer;
}

export function createRejectsWriter(form: RejectHeader, locale: Locale): RejectsWriter {
  return form.format === 'json-lines' ? createRejectsJson(form, locale) : createRejectsCsv(form, locale);
}

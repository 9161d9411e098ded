import type { ByLocale } from './by-locale.ts';
import type { DetailReader } from './detail-reader.ts';

/** What people are told of a failure, in this order; each part is one or more whole sentences. */
export type ErrorText = {
  whatHappened: string;
  /** Null where no file is concerned. */
  whatBecameOfFile: string | null;
  whatToDo: string;
};

/** One code's text in each language, made from the error's details. */
export type ErrorTextMaker = ByLocale<(details: DetailReader) => ErrorText>;

import { type DoctorFinding, doctorReason, type Locale, storageErrorCode } from '@hikyaku/types';
import { describeStorageError } from './describe-error.ts';
import { readDetails } from './detail-reader.ts';
import { doctorCheckTexts, doctorFact, doctorReasonTexts, doctorStateTexts } from './doctor-texts.ts';

export interface FindingText {
  /** What was looked at. */
  title: string;
  state: string;
  /** Of what is well: what is worth knowing, in a few words, or empty. */
  fact: string;
  /** Of anything else: why, in whole sentences. */
  cause: string | null;
  /** What helps; null where nothing has to be done. */
  remedy: string | null;
}

/** One finding of the doctor, for people. */
export function describeFinding(finding: Omit<DoctorFinding, 'milliseconds'>, locale: Locale): FindingText {
  const { check, state, reason, details } = finding;
  const common = {
    title: doctorCheckTexts[check][locale],
    state: doctorStateTexts[state][locale],
    fact: state === 'ok' ? doctorFact(check, details, locale) : '',
  };
  const own = doctorReason.safeParse(reason);
  if (own.success) return { ...common, ...doctorReasonTexts[own.data][locale](readDetails(details, locale)) };
  const storage = storageErrorCode.safeParse(reason);
  if (!storage.success) return { ...common, cause: null, remedy: null };
  const { whatHappened, whatToDo } = describeStorageError({ code: storage.data, details }, locale);
  return { ...common, cause: whatHappened, remedy: whatToDo };
}

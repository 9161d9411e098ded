import type { DoctorFinding, DoctorReason, Locale } from '@hikyaku/types';
import { describeStorageError } from './describe-error.ts';
import { readDetails } from './detail-reader.ts';
import { doctorCheckTexts, doctorFact, doctorReasonTexts, doctorStateTexts } from './doctor-texts.ts';

export interface DoctorFindingText {
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
export function describeDoctorFinding(finding: Omit<DoctorFinding, 'milliseconds'>, locale: Locale): DoctorFindingText {
  const { check, state, reason, details } = finding;
  const common = {
    title: doctorCheckTexts[check][locale],
    state: doctorStateTexts[state][locale],
    fact: state === 'ok' ? doctorFact(check, details, locale) : '',
  };
  if (reason === undefined) return { ...common, cause: null, remedy: null };
  if (isOurs(reason)) return { ...common, ...doctorReasonTexts[reason][locale](readDetails(details, locale)) };
  const { whatHappened, whatToDo } = describeStorageError({ code: reason, details }, locale);
  return { ...common, cause: whatHappened, remedy: whatToDo };
}

/** Not by its schema: the portal does without those. */
function isOurs(reason: NonNullable<DoctorFinding['reason']>): reason is DoctorReason {
  return Object.hasOwn(doctorReasonTexts, reason);
}

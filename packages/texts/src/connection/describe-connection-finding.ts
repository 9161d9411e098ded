import type { ConnectionFinding, ConnectionReason, Locale } from '@hikyaku/types';
import { connectionCertaintyTexts, connectionCheckTexts, connectionReasonTexts } from './connection-texts.ts';
import type { DoctorFindingText } from '../describe-doctor-finding.ts';
import { describeError } from '../describe-error.ts';
import { readDetails } from '../detail-reader.ts';
import { doctorStateTexts } from '../doctor-texts.ts';
import { formatSpeed } from '../format-speed.ts';

export interface ConnectionFindingText extends DoctorFindingText {
  /** How sure it is. */
  certainty: string;
}

/** One finding about a browser's connection, for people. */
export function describeConnectionFinding(
  finding: Omit<ConnectionFinding, 'milliseconds'>,
  locale: Locale,
): ConnectionFindingText {
  const { check, state, reason, certainty, details } = finding;
  const common = {
    title: connectionCheckTexts[check][locale],
    state: doctorStateTexts[state][locale],
    fact: state === 'ok' ? factOf(finding, locale) : '',
    certainty: connectionCertaintyTexts[certainty][locale],
  };
  if (reason === undefined) return { ...common, cause: null, remedy: null };
  if (isOfConnection(reason))
    return { ...common, ...connectionReasonTexts[reason][locale](readDetails(details, locale)) };
  const { whatHappened, whatToDo } = describeError({ code: reason, details }, locale);
  return { ...common, cause: whatHappened, remedy: whatToDo };
}

/** What a check is called, before it has found anything. */
export function connectionCheckText(check: ConnectionFinding['check'], locale: Locale): string {
  return connectionCheckTexts[check][locale];
}

/** What is worth knowing of a check that is well, in a few words. */
function factOf({ details }: Pick<ConnectionFinding, 'details'>, locale: Locale): string {
  const { bytesPerSecond } = details;
  if (typeof bytesPerSecond === 'number') return formatSpeed(bytesPerSecond, locale);
  return readDetails(details, locale).words('host') ?? '';
}

function isOfConnection(reason: NonNullable<ConnectionFinding['reason']>): reason is ConnectionReason {
  return Object.hasOwn(connectionReasonTexts, reason);
}

const isoDate = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/;

/**
 * Milliseconds since 1970 of one of the W3C's forms of ISO 8601 (a year alone to a time with zone; without zone it is UTC), or
 * of seconds since 1970; undefined where it is neither. A number of four digits is a year.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function parseDate(text: string): number | undefined {
  const match = isoDate.exec(text);
  if (!match) return /^\d{5,13}$/.test(text) ? Number(text) * 1000 : undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] =
    match;
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`);
  return Number.isNaN(time) ? undefined : time;
}

export function isDate(text: string): boolean {
  return parseDate(text) !== undefined;
}

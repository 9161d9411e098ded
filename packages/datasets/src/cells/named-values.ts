const mostNamedValues = 10;

/** The values there may be, as a text names them: not all of a thousand. */
export function namedValues(oneOf: readonly string[]): string {
  const more = oneOf.length > mostNamedValues ? ', …' : '';
  return `${oneOf.slice(0, mostNamedValues).join(', ')}${more}`;
}

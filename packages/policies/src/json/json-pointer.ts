/** RFC 6901: `/Statement/0/Condition/StringEquals/aws:PrincipalTag~1team`. */
export function jsonPointer(parent: string, step: string | number): string {
  return `${parent}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

import type { Statement } from '../policy-document.ts';

/** The same statements, valid from one moment to another and neither before nor after. */
export function withinTime<One extends Pick<Statement, 'Effect' | 'Condition'>>(
  statements: readonly One[],
  window: { from: Date; until: Date },
): One[] {
  return statements.map((statement) => ({
    ...statement,
    Condition: {
      ...statement.Condition,
      DateGreaterThanEquals: { 'aws:CurrentTime': atSecond(window.from) },
      DateLessThan: { 'aws:CurrentTime': atSecond(window.until) },
    },
  }));
}

function atSecond(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

import type { CaseResult } from './fault-case.ts';

export interface SuiteResult {
  id: string;
  what: string;
  results: CaseResult[];
  seconds: number;
}

/** The suites as a table of Markdown. */
export function faultTable(suites: readonly SuiteResult[]): string {
  const head = [
    '',
    'what breaks',
    'cases',
    'files',
    'rows lost',
    'rows doubled',
    'older over newer',
    'without an outcome',
    'other violations',
    'ended as',
    'seconds',
    'seeds',
  ];
  const rows = suites.map(({ id, what, results, seconds }) => {
    const sum = (of: (result: CaseResult) => number) => results.reduce((total, result) => total + of(result), 0);
    const states = new Map<string, number>();
    for (const result of results) {
      for (const [state, count] of Object.entries(result.states)) states.set(state, (states.get(state) ?? 0) + count);
    }
    const seeds = results.map(({ seed }) => seed);
    return [
      id,
      what,
      sum(({ cases }) => cases),
      sum(({ files }) => files),
      sum(({ lost }) => lost),
      sum(({ doubled }) => doubled),
      sum(({ stale }) => stale),
      sum(({ unsettled }) => unsettled),
      sum(({ violations }) => violations.length),
      [...states].map(([state, count]) => `${count} ${state}`).join(', '),
      seconds.toFixed(0),
      `${Math.min(...seeds)}–${Math.max(...seeds)}`,
    ];
  });
  return markdownTable(head, rows);
}

export function markdownTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

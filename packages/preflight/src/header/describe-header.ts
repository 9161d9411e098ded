import { headerOf, missingColumns, type TableHeader } from '@hikyaku/datasets/reading';
import type { PreflightFinding, ReadingRules } from '@hikyaku/types';
import { nearest } from './nearest.ts';

/** Ignored columns that are named. */
const mostNamed = 20;

/** What a header's columns are to the dataset: missing ones, and those that are nobody's, each with what may be meant. */
export function describeHeader(header: TableHeader, rules: ReadingRules): PreflightFinding[] {
  const present = new Set(header.columns.map(({ definition }) => definition.name));
  let absent = rules.columns.filter(({ name }) => !present.has(name));
  const required = new Set(missingColumns(header, rules));
  let ignored = [...header.ignoredColumns];
  const findings: PreflightFinding[] = [];
  for (const column of required) {
    const suggestion = nearest(headerOf(column), ignored, (cell) => cell) ?? null;
    findings.push({ code: 'missing-column', level: 'refused', column: headerOf(column), suggestion });
    ignored = ignored.filter((cell) => cell !== suggestion);
  }
  absent = absent.filter((column) => !required.has(column));
  for (const cell of ignored) {
    const column = nearest(cell, absent, headerOf);
    if (!column) continue;
    findings.push({ code: 'unknown-column', level: 'advice', cell, suggestion: headerOf(column) });
    absent = absent.filter((other) => other !== column);
    ignored = ignored.filter((other) => other !== cell);
  }
  const named = ignored.filter((cell) => cell.trim() !== '').slice(0, mostNamed);
  if (named.length > 0) findings.push({ code: 'ignored-columns', level: 'note', cells: named });
  return findings;
}

import { expect, test } from 'vitest';
import { compileAccess, decide, type AccessRequest, type Statement } from '../src/index.ts';
import {
  accessPoliciesOf,
  pick,
  type Place,
  type RandomAccess,
  randomAccess,
  randomRequest,
  randomStatement,
  shuffled,
} from './random-access.ts';
import { seededRandom } from './seeded-random.ts';

const seed = Number(process.env['HIKYAKU_SEED'] ?? 20_261_122);
/** Of every rule. */
const cases = 1_250;

type Random = () => number;

/** What must hold of a decision before and after a change. */
interface Rule {
  name: string;
  /** Undefined where there is nothing to change so. */
  change: (access: RandomAccess, random: Random) => RandomAccess | undefined;
  holds: (before: string, after: string) => boolean;
}

const neverAllows: Rule['holds'] = (before, after) => after !== 'Allowed' || before === 'Allowed';
const neverForbids: Rule['holds'] = (before, after) => before !== 'Allowed' || after === 'Allowed';
const neverMatters: Rule['holds'] = (before, after) => before === after;

const rules: readonly Rule[] = [
  {
    name: 'adding a Deny never allows',
    change: (access, random) =>
      changeSomewhere(access, random, (statements, place) => [...statements, randomStatement(random, place, 'Deny')]),
    holds: neverAllows,
  },
  {
    name: 'removing a Deny never forbids',
    change: (access, random) => changeSomewhere(access, random, (all) => without(all, random, 'Deny')),
    holds: neverForbids,
  },
  {
    name: 'removing an Allow never allows',
    change: (access, random) => changeSomewhere(access, random, (all) => without(all, random, 'Allow')),
    holds: neverAllows,
  },
  {
    name: 'adding an Allow never forbids',
    change: (access, random) =>
      changeSomewhere(access, random, (statements, place) => [...statements, randomStatement(random, place, 'Allow')]),
    holds: neverForbids,
  },
  {
    name: 'order never matters',
    change: (access, random) =>
      mapStatements(access, (statements) => shuffled(random, statements).map((one) => reordered(one, random))),
    holds: neverMatters,
  },
  {
    name: 'saying it twice never matters',
    change: (access) => mapStatements(access, (statements) => [...statements, ...statements]),
    holds: neverMatters,
  },
  {
    name: 'a wider resource of an Allow never narrows',
    change: (access, random) => mapStatements(access, (all) => all.map((one) => widened(one, 'Allow', random))),
    holds: neverForbids,
  },
  {
    name: 'a wider resource of a Deny never allows',
    change: (access, random) => mapStatements(access, (all) => all.map((one) => widened(one, 'Deny', random))),
    holds: neverAllows,
  },
];

test.each(rules)(`$name (${cases} cases, seed ${seed})`, ({ change, holds }) => {
  const random = seededRandom(seed);
  const outcomes = new Map<string, number>();
  let changed = 0;
  for (let number = 0; number < cases; number += 1) {
    const access = randomAccess(random);
    const request = randomRequest(random);
    const other = change(access, random);
    if (!other) continue;
    changed += 1;
    const before = outcomeOf(access, request);
    const after = outcomeOf(other, request);
    outcomes.set(before, (outcomes.get(before) ?? 0) + 1);
    if (!holds(before, after)) {
      expect.fail(
        `seed ${seed}, case ${number}: ${before} became ${after}\n${JSON.stringify({ request, access, other })}`,
      );
    }
  }
  // That the cases are worth something: each outcome comes up, and most can be changed.
  expect(
    Math.min(...['Allowed', 'ExplicitlyDenied', 'ImplicitlyDenied'].map((name) => outcomes.get(name) ?? 0)),
  ).toBeGreaterThan(cases / 50);
  expect(changed).toBeGreaterThan(cases / 4);
});

function outcomeOf(access: RandomAccess, request: AccessRequest): string {
  return decide(compileAccess(accessPoliciesOf(access)), request).outcome;
}

function mapStatements(access: RandomAccess, map: (statements: Statement[]) => Statement[]): RandomAccess {
  return Object.fromEntries(Object.entries(access).map(([place, statements]) => [place, map(statements)]));
}

function changeSomewhere(
  access: RandomAccess,
  random: Random,
  change: (statements: Statement[], place: Place) => Statement[] | undefined,
): RandomAccess | undefined {
  const attached = Object.keys(access).filter((name): name is Place => name in access);
  if (attached.length === 0) return undefined;
  const place = pick(random, attached);
  const statements = change(access[place] ?? [], place);
  return statements && { ...access, [place]: statements };
}

/** A policy without statements is none, so the last one stays. */
function without(statements: Statement[], random: Random, effect: Statement['Effect']): Statement[] | undefined {
  const found = statements.filter((statement) => statement.Effect === effect);
  if (found.length === 0 || statements.length === 1) return undefined;
  const removed = pick(random, found);
  return statements.filter((statement) => statement !== removed);
}

function reordered(statement: Statement, random: Random): Statement {
  const entries = Object.entries(statement).map(
    ([name, value]) => [name, Array.isArray(value) ? shuffled(random, value) : value] as const,
  );
  return Object.assign({ Effect: statement.Effect }, Object.fromEntries(shuffled(random, entries)));
}

/** An ARN cut off somewhere in its last part, with a `*` there; or everything. */
function widened(statement: Statement, effect: Statement['Effect'], random: Random): Statement {
  if (statement.Effect !== effect || !Array.isArray(statement.Resource)) return statement;
  return {
    ...statement,
    Resource: statement.Resource.map((resource) => {
      const fixed = /^(?:[^:]*:){5}[^$]*/.exec(resource)?.[0];
      if (fixed === undefined || random() < 0.2) return '*';
      const start = fixed.lastIndexOf(':') + 1;
      return `${fixed.slice(0, start + Math.floor(random() * (fixed.length - start + 1)))}*`;
    }),
  };
}

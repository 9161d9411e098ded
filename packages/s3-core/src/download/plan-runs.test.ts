import { describe, expect, test } from 'vitest';
import { seededRandom } from '@hikyaku/local-cloud/fault-proxy';
import { type Run, RunPlan } from './plan-runs.ts';

const mebibyte = 1024 ** 2;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const placesOf = ({ first, last }: Run) => upTo(last - first + 1).map((index) => first + index);
const lengthOf = (run: Run) => run.last - run.first + 1;

/** Every connection takes a run when it is done with the one before, which `secondsLeft` says is soon. */
function allRuns(missing: number[], plan = { connections: 4, rangeBytes: 4 * mebibyte }): Run[] {
  const runs: Run[] = [];
  const plans = new RunPlan(missing, plan);
  for (let run = plans.take(); run; run = plans.take()) {
    runs.push(run);
    run.current = run.last;
    plans.done(run);
  }
  return runs;
}

test.each([
  ['all', upTo(128)],
  ['one', [7]],
  ['none', []],
  ['every other', upTo(50).map((index) => 2 * index)],
  ['some', [0, 1, 2, 9, 10, 11, 40, 41, 99]],
])('every missing range is in one run, in order: %s', (_, missing) => {
  expect(allRuns(missing).flatMap(placesOf)).toEqual(missing);
});

test('runs are a fair share of what is left, and never over 32 MiB', () => {
  const first = (count: number, rangeBytes = 4 * mebibyte) => {
    const plan = new RunPlan(upTo(count), { connections: 4, rangeBytes });
    return upTo(4)
      .map(() => plan.take())
      .map((run) => run && lengthOf(run));
  };
  expect(first(1_000)).toEqual([8, 8, 8, 8]);
  expect(first(20)).toEqual([5, 5, 5, 5]);
  expect(first(3)).toEqual([1, 1, 1, undefined]);
  expect(first(8, 1_024 * mebibyte)).toEqual([1, 1, 1, 1]);
});

const planOf = (...seconds: number[]) => {
  const plan = new RunPlan(upTo(seconds.length * 8), { connections: seconds.length, rangeBytes: mebibyte });
  const runs = seconds.map((left) => {
    const run = plan.take();
    if (!run) throw new Error('no run');
    run.secondsLeft = () => left;
    return run;
  });
  return { plan, runs };
};

describe('who has nothing left', () => {
  test('takes over half of what the slowest has not begun', () => {
    const { plan, runs } = planOf(1, 5, 2);
    const [, slowest] = runs;
    if (!slowest) throw new Error('no run');
    slowest.current = 10;
    let heard = 0;
    slowest.onShortened = () => (heard = slowest.last);
    expect(plan.take()).toMatchObject({ first: 13, last: 15, current: 13 });
    expect(slowest.last).toBe(12);
    expect(heard).toBe(12);
  });

  test('takes nothing that is done soon, and no range that has begun', () => {
    const { plan } = planOf(0.1, 0.2);
    expect(plan.take()).toBeUndefined();
    const other = planOf(60);
    for (const run of other.runs) run.current = run.last;
    expect(other.plan.take()).toBeUndefined();
  });
});

test('however runs come along, every range is fetched by one of them', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = seededRandom(seed);
    const count = random.integer(1, 200);
    const connections = random.integer(1, 8);
    const plan = new RunPlan(upTo(count), { connections, rangeBytes: mebibyte });
    const fetched: number[] = [];
    const running: Run[] = [];
    for (;;) {
      const run = running.length < connections ? plan.take() : undefined;
      if (run) {
        const slow = random.integer(0, 10);
        run.secondsLeft = () => slow;
        running.push(run);
        continue;
      }
      const at = random.integer(0, running.length - 1);
      const current = running[at];
      if (!current) break;
      fetched.push(current.current);
      if (current.current < current.last) current.current += 1;
      else {
        plan.done(current);
        running.splice(at, 1);
      }
    }
    expect(
      fetched.toSorted((a, b) => a - b),
      `seed ${seed}`,
    ).toEqual(upTo(count));
  }
});

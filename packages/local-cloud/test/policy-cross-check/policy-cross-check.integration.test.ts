import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCloud } from '../../src/testing/index.ts';
import { crossCheck } from './cross-check.ts';
import { createGatewayAccount, type GatewayAccount } from './gateway-account.ts';
import { gatewayDeviations } from './gateway-deviations.ts';

const seed = Number(process.env['HIKYAKU_SEED'] ?? 20_261_122);
/** `HIKYAKU_POLICY_SETS=3000` is the whole of it. */
const sets = Number(process.env['HIKYAKU_POLICY_SETS'] ?? 30);

const accounts: GatewayAccount[] = [];

beforeAll(async () => {
  const { s3 } = testCloud();
  if (!s3) throw new Error('the test cloud runs s3');
  for (let number = 0; number < 3; number += 1) accounts.push(await createGatewayAccount(s3));
});

afterAll(() => Promise.all(accounts.map((account) => account.delete())));

test(
  `the gateway decides as the evaluator, or otherwise for a named reason (${sets} sets of policies, seed ${seed})`,
  { timeout: 60_000 + sets * 1_000 },
  async () => {
    const { decisions, outcomes, agreed, differences, unexplained } = await crossCheck(accounts, { seed, sets });
    const told = [...differences].toSorted(([, one], [, other]) => other - one);
    process.stdout.write(
      `measured: ${JSON.stringify({ sets, seed, decisions, agreed, ...outcomes, differences: told })}\n`,
    );
    expect(
      unexplained.slice(0, 3).map((one) => JSON.stringify(one)),
      `${unexplained.length} of ${decisions}`,
    ).toEqual([]);
    // That the cases are worth something.
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(decisions / 20);
  },
);

test('each deviation of the gateway cites a page of AWS', () => {
  for (const { page, sentence } of gatewayDeviations) {
    expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
    expect(sentence).not.toBe('');
  }
});

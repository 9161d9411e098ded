import type { Decision } from '@hikyaku/policies';
import { seededRandom } from '../../src/fault-proxy/seeded-random.ts';
import { callers, type GatewayAccount } from './gateway-account.ts';
import { explanationOf } from './explanation-of.ts';
import { operationsOn, requestOf } from './operations.ts';
import { randomPolicies } from './random-policies.ts';
import { decideSituation, type Situation } from './situation.ts';

export interface CrossCheck {
  decisions: number;
  /** Ours. */
  outcomes: Record<Decision['outcome'], number>;
  agreed: number;
  /** By the deviation that explains it; several together are joined by " + ". */
  differences: Map<string, number>;
  /** The gateway's answer is neither ours nor what its known deviations make of it. */
  unexplained: readonly {
    set: number;
    caller: string;
    operation: string;
    ours: string;
    gateway: string;
    situation: Situation;
  }[];
}

/** Of each caller and set: to attach a set takes as long as to ask some of these. */
const operationsEach = 6;

/**
 * Sets of random policies are attached one after the other, and each caller asks for some operations: our evaluator and the
 * gateway. The same seed gives the same sets, whichever account takes them.
 */
export async function crossCheck(
  accounts: readonly GatewayAccount[],
  options: { seed: number; sets: number },
): Promise<CrossCheck> {
  const found = {
    decisions: 0,
    outcomes: { Allowed: 0, ExplicitlyDenied: 0, ImplicitlyDenied: 0 },
    agreed: 0,
    differences: new Map<string, number>(),
    unexplained: [] as CrossCheck['unexplained'][number][],
  };
  let next = 0;
  const work = async (account: GatewayAccount) => {
    for (let set = next++; set < options.sets; set = next++) {
      // Neighbouring seeds begin alike: the first numbers are for others.
      const random = seededRandom(Math.imul(options.seed + set, 2_654_435_761));
      const policies = randomPolicies(random, account);
      await account.attach(policies);
      for (const caller of callers) {
        for (const operation of random.shuffled(operationsOn(account)).slice(0, operationsEach)) {
          const request = requestOf(operation, account, account.principals[caller]);
          const situation: Situation = { policies, caller, request };
          const ours = decideSituation(situation);
          const status = await account.ask(caller, operation.sent);
          if (status !== 403 && (status < 200 || status > 299)) {
            throw new Error(`set ${set}: ${operation.name} by ${caller} was answered with ${status}`);
          }
          const isAllowed = status !== 403;
          found.decisions += 1;
          found.outcomes[ours] += 1;
          const why = explanationOf(situation, isAllowed);
          if (why === 'agreed') found.agreed += 1;
          else if (why) found.differences.set(why, (found.differences.get(why) ?? 0) + 1);
          else {
            const gateway = isAllowed ? 'allowed' : 'refused';
            found.unexplained.push({ set, caller, operation: operation.name, ours, gateway, situation });
          }
        }
      }
    }
  };
  await Promise.all(accounts.map(work));
  return found;
}

import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Check } from '../check.ts';

/** What stores that are not AWS answer where they don't know the question. */
const unknownAction = /NotImplemented|InvalidAction|UnknownOperation|MethodNotAllowed|Unknown$/;

export const identity: Check = {
  id: 'identity',
  standsOn: ['credentials'],
  async look({ sts }, abortSignal) {
    try {
      const { Arn = '', Account = '' } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal });
      return { state: 'ok', details: { arn: Arn, account: Account } };
    } catch (error) {
      if (error instanceof Error && unknownAction.test(error.name))
        return { state: 'skipped', reason: 'not-supported' };
      throw error;
    }
  },
};

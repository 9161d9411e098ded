import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Check } from '../check.ts';

export const queue: Check = {
  id: 'queue',
  standsOn: ['credentials'],
  async look({ queue: asked }, abortSignal) {
    if (!asked) return { state: 'skipped', reason: 'not-asked' };
    try {
      const command = new GetQueueAttributesCommand({ QueueUrl: asked.url, AttributeNames: ['All'] });
      const { Attributes = {} } = await asked.client.send(command, { abortSignal });
      const count = (name: keyof typeof Attributes) => Number(Attributes[name] ?? 0);
      return {
        state: 'ok',
        details: {
          waiting: count('ApproximateNumberOfMessages'),
          inHand: count('ApproximateNumberOfMessagesNotVisible'),
        },
      };
    } catch (error) {
      abortSignal.throwIfAborted();
      const awsCode = error instanceof Error ? error.name : 'unknown';
      return { state: 'fail', reason: 'queue-refused', details: { awsCode } };
    }
  },
};

import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { EventHooks } from '../event-bridge/event-bridge.ts';
import type { AccessKey } from './rados-gateway.ts';

const topicArn = (name: string) => `arn:aws:sns:default::${name}`;

/** Kept on disk by the gateway and pushed until the hook takes it. */
export const queuedTopicName = 'hikyaku-events-queued';
const atOnceTopicName = 'hikyaku-events-at-once';

/**
 * Every bucket publishes to two topics, because each alone has a gap. The gateway works off a persistent topic's queue in
 * milliseconds, but begins with it only 30 seconds after its own start; a topic that is not persistent is pushed within the
 * request, but only once. The bridge knows that both mean one event.
 */
export const eventTopicArns: readonly string[] = [topicArn(queuedTopicName), topicArn(atOnceTopicName)];

/** Idempotent; the topics learn the hooks' present address. */
export async function putEventTopics(options: {
  endpoint: string;
  admin: AccessKey;
  hooks: EventHooks;
}): Promise<void> {
  const sns = new SNSClient({ endpoint: options.endpoint, region: 'default', credentials: { ...options.admin } });
  try {
    // One after the other: the gateway keeps all topics in one list, and of two written at once one gets lost.
    await sns.send(
      new CreateTopicCommand({
        Name: queuedTopicName,
        Attributes: { 'push-endpoint': options.hooks.queued, persistent: 'true' },
      }),
    );
    await sns.send(
      new CreateTopicCommand({ Name: atOnceTopicName, Attributes: { 'push-endpoint': options.hooks.atOnce } }),
    );
  } finally {
    sns.destroy();
  }
}

import { z } from 'zod';
import { findTextFile, writeSecretFile } from '../process/secret-file.ts';

/** Like an EventBridge rule: a pattern (bucket and key prefix) and one target. */
export const eventRule = z.object({
  name: z.string().min(1),
  bucket: z.string().min(1),
  keyPrefix: z.string(),
  targetQueueArn: z.string().startsWith('arn:aws:sqs:'),
});

export type EventRule = z.infer<typeof eventRule>;

export interface EventRules {
  put(rule: EventRule): Promise<void>;
  delete(name: string): Promise<void>;
  /** The queues that want an object of this name. */
  match(object: { bucket: string; key: string }): EventRule[];
}

/** Rules by name, kept in a file so that they outlive a restart. */
export async function openEventRules(file: string): Promise<EventRules> {
  const text = await findTextFile(file);
  const kept = text === undefined ? [] : z.array(eventRule).parse(JSON.parse(text));
  const rules = new Map(kept.map((rule) => [rule.name, rule]));
  let saved = Promise.resolve();
  const save = () => {
    saved = saved.then(() => writeSecretFile(file, JSON.stringify([...rules.values()], undefined, 1)));
    return saved;
  };
  return {
    async put(rule) {
      rules.set(rule.name, rule);
      await save();
    },
    async delete(name) {
      if (rules.delete(name)) await save();
    },
    match: ({ bucket, key }) =>
      [...rules.values()].filter((rule) => rule.bucket === bucket && key.startsWith(rule.keyPrefix)),
  };
}

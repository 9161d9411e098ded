import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { CloudAccount } from '../account/cloud-account.ts';
import { type AttachedCloud, attachLocalCloud } from '../attach-local-cloud.ts';
import './provided-context.ts';

/** The cloud of this test run, from inside a test file. */
export function testCloud(): AttachedCloud {
  return attachLocalCloud(inject('localCloud'));
}

export interface TestDatabase {
  name: string;
  superuserUrl: string;
  /** Cuts whoever is still connected. */
  drop(): Promise<void>;
}

/** A fresh, empty database of its own name. */
export async function testDatabase(): Promise<TestDatabase> {
  const cloud = testCloud();
  const name = `test_${randomName()}`;
  return { name, superuserUrl: await cloud.createDatabase(name), drop: () => cloud.dropDatabase(name) };
}

/** A fresh account of its own name: bucket, queue with a dead-letter queue, event rule, roles. */
export function testAccount(options: { corsOrigins?: readonly string[] } = {}): Promise<CloudAccount> {
  const name = `test-${randomName()}`;
  return testCloud().createAccount({ name, bucket: `${name}-files`, corsOrigins: options.corsOrigins ?? [] });
}

const randomName = () => randomBytes(6).toString('hex');

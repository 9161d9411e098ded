import { documentOf, type Statement } from '@hikyaku/policies';
import { type DocumentedCase, documentedCases } from '@hikyaku/policies/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/fault-proxy/seeded-random.ts';
import { testCloud } from '../../src/testing/index.ts';
import { explanationOf } from './explanation-of.ts';
import { type AttachedPolicies, type Caller, createGatewayAccount, type GatewayAccount } from './gateway-account.ts';
import { type Operation, requestOf } from './operations.ts';
import { decideSituation } from './situation.ts';

const seed = Number(process.env['HIKYAKU_SEED'] ?? 20_261_122);
/** So many are asked by default; all with `HIKYAKU_POLICY_SETS`. */
const few = process.env['HIKYAKU_POLICY_SETS'] === undefined ? 25 : Number.POSITIVE_INFINITY;

/** The cases' own. */
const accountId = '111122223333';
const bucketArn = 'arn:aws:s3:::files';

interface Expressible {
  documented: DocumentedCase;
  caller: Caller;
  policies: AttachedPolicies;
  asked: Pick<Operation, 'action' | 'sent'>;
}

/**
 * A case as the gateway can have it: of its kinds of policies, principals and actions, and without conditions, since what a
 * request says of itself can't be made up here.
 */
function expressible(documented: DocumentedCase): Expressible[] {
  const { policies, request } = documented;
  const { identity = [], session, resource, ...others } = policies;
  if (Object.keys(others).length > 0 || request.resourceAccountId !== accountId) return [];
  const named = [...identity, ...(session ?? []), ...(resource ? [resource] : [])];
  if (named.some(({ policy }) => policy.version !== '2012-10-17')) return [];
  const statementsOf = (all: typeof identity) => all.flatMap(({ policy }) => documentOf(policy).Statement);
  const attached = {
    identity: statementsOf(identity),
    bucket: statementsOf(resource ? [resource] : []),
    session: statementsOf(session ?? []),
  };
  const caller = callerOf(documented);
  const asked = askedOf(request);
  const areKnown = Object.values(attached).flat().every(isKnownToGateway);
  return caller && asked && areKnown ? [{ documented, caller, policies: attached, asked }] : [];
}

function callerOf({ policies, request: { principal } }: DocumentedCase): Caller | undefined {
  if (principal.tags || principal.canonicalUserId) return undefined;
  if (principal.kind === 'anonymous') return 'anonymous';
  if (principal.kind === 'user') return principal.arn.endsWith(':user/Jane') && !policies.session ? 'user' : undefined;
  if (principal.kind !== 'role-session' || !principal.roleArn.endsWith(':role/Reader')) return undefined;
  return policies.session ? 'session-with-policy' : 'session';
}

function askedOf({ action, resource }: DocumentedCase['request']): Expressible['asked'] | undefined {
  if (resource === bucketArn && action === 's3:ListBucket') return { action, sent: { method: 'GET' } };
  const key = resource.startsWith(`${bucketArn}/`) ? resource.slice(bucketArn.length + 1) : undefined;
  if (key === undefined || /[^\w./-]/.test(key)) return undefined;
  if (action === 's3:GetObject') return { action, sent: { method: 'GET', key } };
  if (action === 's3:GetObjectTagging') return { action, sent: { method: 'GET', key, query: { tagging: '' } } };
  return action === 's3:PutObject' ? { action, sent: { method: 'PUT', key, body: 'x' } } : undefined;
}

function isKnownToGateway({ Action, NotAction, Principal, NotPrincipal, Resource, NotResource, Condition }: Statement) {
  const actions = [Action ?? [], NotAction ?? []].flat();
  const resources = [Resource ?? [], NotResource ?? []].flat();
  const principals = [Principal ?? [], NotPrincipal ?? []].flat();
  return (
    !Condition &&
    actions.every((action) => action === '*' || /^(?:s3|iam|sts):/i.test(action)) &&
    resources.every(
      (resource) => resource === '*' || (resource.startsWith('arn:aws:s3:::') && !resource.includes('$')),
    ) &&
    principals.every((principal) => principal === '*' || Object.keys(principal).join() === 'AWS')
  );
}

const all = documentedCases.flatMap(expressible);
const cases = seededRandom(seed).shuffled(all).slice(0, few);

let account: GatewayAccount;

beforeAll(async () => {
  const { s3 } = testCloud();
  if (!s3) throw new Error('the test cloud runs s3');
  const keys = all.flatMap(({ asked: { sent } }) => sent.key ?? []);
  account = await createGatewayAccount(s3, { accountId, keys: [...new Set(keys)] });
});

afterAll(() => account.delete());

test('many of the documented cases are within what the gateway knows', () => {
  expect(all.length).toBeGreaterThan(100);
});

describe(`the gateway answers as AWS documents, or otherwise for a named reason (seed ${seed})`, () => {
  test.each(cases)('$documented.subject: $documented.what', async ({ documented, caller, policies, asked }) => {
    await account.attach(policies);
    const request = requestOf(asked, account, account.principals[caller]);
    const situation = { policies, caller, request };
    expect(decideSituation(situation)).toBe(documented.outcome);
    const status = await account.ask(caller, asked.sent);
    if (asked.sent.method === 'PUT' && asked.sent.key) await account.takeBack(asked.sent.key);
    expect(status === 403 || (status >= 200 && status < 300) ? 'answered' : status).toBe('answered');
    expect(
      explanationOf(situation, status !== 403),
      `the gateway answered ${status}: ${JSON.stringify({ policies, caller, asked })}`,
    ).toBeDefined();
  });
});

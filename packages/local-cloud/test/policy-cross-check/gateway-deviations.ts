import type { Principal, Statement } from '@hikyaku/policies';
import { sessionName, userName } from './gateway-account.ts';
import type { Situation } from './situation.ts';

const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

/**
 * Where the gateway of this version decides otherwise than AWS documents. `asGateway` writes the policies and the request so
 * that AWS's rules come to the gateway's answer: a difference counts as explained only where that answer comes out.
 */
export interface GatewayDeviation {
  name: string;
  /** What the gateway does instead. */
  gateway: string;
  /** What AWS says, and where. */
  sentence: string;
  page: string;
  asGateway: (situation: Situation) => Situation;
}

/** In the order in which they are applied: one may need what another leaves. */
export const gatewayDeviations: readonly GatewayDeviation[] = [
  {
    name: 'plain http is no answer',
    gateway: 'knows aws:SecureTransport over TLS only; over http the key is missing',
    sentence: 'aws:SecureTransport – Availability: This key is always included in the request context.',
    page: `${iam}/reference_policies_condition-keys.html`,
    asGateway: withContext(() => ({ 'aws:SecureTransport': [] })),
  },
  {
    name: 'the principal is no condition',
    gateway: 'has no aws:PrincipalArn and no aws:PrincipalAccount, and says "User" of everybody',
    sentence: 'aws:PrincipalArn – Availability: This key is included in the request context for all signed requests.',
    page: `${iam}/reference_policies_condition-keys.html`,
    asGateway: withContext(() => ({
      'aws:PrincipalArn': [],
      'aws:PrincipalAccount': [],
      'aws:PrincipalType': ['User'],
    })),
  },
  {
    name: 'a session has a user name',
    gateway: 'gives a role session the name of the user who took the role on, and the anonymous one too',
    sentence: 'aws:username – Availability: This key is always included in the request context for IAM users.',
    page: `${iam}/reference_policies_condition-keys.html`,
    asGateway: withContext(({ caller }) => ({ 'aws:username': [caller === 'anonymous' ? 'anonymous' : userName] })),
  },
  {
    name: 'every list has a length',
    gateway: 'puts s3:max-keys at 1000 where the request names none',
    sentence: 'Use this key to set the maximum number of keys that a requester can specify in a list request.',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html',
    asGateway: withContext(({ request }) =>
      request.action === 's3:ListBucket' && !request.context?.['s3:max-keys'] ? { 's3:max-keys': ['1000'] } : {},
    ),
  },
  {
    name: 'NotAction speaks of nothing',
    gateway: 'matches no action with a statement that has NotAction',
    sentence:
      'NotAction is an advanced policy element that explicitly matches everything except the specified list of actions.',
    page: `${iam}/reference_policies_elements_notaction.html`,
    asGateway: withStatements((statement) => {
      const { NotAction, ...others } = statement;
      return NotAction === undefined ? [statement] : [{ ...others, Action: 's3:NoSuchAction' }];
    }),
  },
  {
    name: 'Null only asks whether a key is missing',
    gateway: 'reads Null as if its value were always "true"',
    sentence:
      "Use either true (the key doesn't exist – it is null) or false (the key exists and its value is not null).",
    page: `${iam}/reference_policies_elements_condition_operators.html`,
    asGateway: withConditions((operator, key) => (operator === 'Null' ? { Null: { [key]: 'true' } } : undefined)),
  },
  {
    name: 'one different value is different from all',
    gateway: 'meets a negated operator as soon as one of several values differs',
    sentence:
      'If a single condition operator includes multiple values for a negated matching condition operator, those values are evaluated using a logical NOR.',
    page: `${iam}/reference_policies_condition-logic-multiple-context-keys-or-values.html`,
    asGateway: withStatements((statement) => oneValueEach(statement)),
  },
  {
    name: 'a missing key is not different',
    gateway: 'does not meet a negated operator where the request lacks the key',
    sentence:
      'If the policy condition requires that the key is not matched, such as StringNotLike or ArnNotLike, and the right key is not present, the condition is true.',
    page: `${iam}/reference_policies_elements_condition_operators.html`,
    asGateway: withStatements((statement) => [whereKeysArePresent(statement)]),
  },
  {
    name: 'the last statement says who was named',
    gateway:
      'remembers of a bucket policy only how its last statement names a session with a session policy: the session, the role (or everybody), or not at all',
    sentence:
      'Permissions granted directly to a session are not limited by an implicit deny in an identity-based policy, a permissions boundary, or session policy.',
    page: `${iam}/reference_policies_evaluation-logic_policy-eval-basics.html`,
    asGateway: namedAsByTheLast,
  },
  {
    name: 'who took a role on is still asked for',
    gateway: 'takes a role session for the user who began it too, as if that were named with the session',
    sentence:
      'When you assume a role, you (temporarily) give up your original permissions and instead take the permissions that are assigned to the role.',
    page: `${iam}/id_roles_use_switch-role-console.html`,
    asGateway: withBucketStatements((statement, { request: { principal } }) => {
      if (principal.kind !== 'role-session') return [statement];
      const { roleArn } = principal;
      const named = (names: Principal | undefined) =>
        names === undefined || !awsNames(names).includes(takerArn(roleArn))
          ? names
          : { AWS: [...awsNames(names), sessionArn(roleArn)] };
      const [Principal, NotPrincipal] = [named(statement.Principal), named(statement.NotPrincipal)];
      return [{ ...statement, ...(Principal ? { Principal } : {}), ...(NotPrincipal ? { NotPrincipal } : {}) }];
    }),
  },
  {
    name: 'one name is enough for NotPrincipal',
    gateway: 'spares whoever is named, without the account behind it',
    sentence: 'When you use NotPrincipal with Deny, you must also specify the account ARN of the not-denied principal.',
    page: `${iam}/reference_policies_elements_notprincipal.html`,
    asGateway: withBucketStatements((statement, situation) => {
      const { NotPrincipal, ...others } = statement;
      if (NotPrincipal === undefined) return [statement];
      return namedBy(NotPrincipal, situation) ? [] : [{ ...others, Principal: '*' }];
    }),
  },
  {
    name: 'an account is its users',
    gateway: 'takes an account for each of its users, who then need no policy of their own, and for none of its roles',
    sentence:
      'When you specify an AWS account, you can use the account ARN or a shortened form; the account can then delegate the permission to principals in it.',
    page: `${iam}/reference_policies_elements_principal.html`,
    asGateway: withBucketStatements((statement, situation) => withoutAccounts(statement, situation)),
  },
];

function withContext(changed: (situation: Situation) => Readonly<Record<string, readonly string[]>>) {
  return (situation: Situation): Situation => {
    const { request } = situation;
    return { ...situation, request: { ...request, context: { ...request.context, ...changed(situation) } } };
  };
}

function withStatements(change: (statement: Statement) => Statement[]) {
  return (situation: Situation): Situation => {
    const { identity, bucket, session } = situation.policies;
    const policies = {
      identity: identity.flatMap(change),
      bucket: bucket.flatMap(change),
      session: session.flatMap(change),
    };
    return { ...situation, policies };
  };
}

function withBucketStatements(change: (statement: Statement, situation: Situation) => Statement[]) {
  return (situation: Situation): Situation => {
    const bucket = situation.policies.bucket.flatMap((statement) => change(statement, situation));
    return { ...situation, policies: { ...situation.policies, bucket } };
  };
}

type Condition = NonNullable<Statement['Condition']>;

/** Each key of each operator on its own. */
function withConditions(change: (operator: string, key: string) => Condition | undefined) {
  return withStatements((statement) => {
    let condition: Condition = {};
    for (const { operator, key, values } of conditionsOf(statement)) {
      condition = joined(condition, change(operator, key) ?? { [operator]: { [key]: values } });
    }
    return [statement.Condition ? { ...statement, Condition: condition } : statement];
  });
}

function conditionsOf({ Condition = {} }: Statement) {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ operator, key, values: [value].flat() })),
  );
}

function joined(one: Condition, other: Condition): Condition {
  const both = { ...one };
  for (const [operator, keys] of Object.entries(other)) both[operator] = { ...both[operator], ...keys };
  return both;
}

const isNegated = (operator: string) => /^(?:String|Numeric|Date|Arn)Not/.test(operator);

/** A statement for each value of a negated operator: whichever matches will do. */
function oneValueEach(statement: Statement): Statement[] {
  const several = conditionsOf(statement).find(({ operator, values }) => isNegated(operator) && values.length > 1);
  if (!several) return [statement];
  const { operator, key, values } = several;
  return values.map((value) => ({
    ...statement,
    Condition: joined(statement.Condition ?? {}, { [operator]: { [key]: value } }),
  }));
}

function whereKeysArePresent(statement: Statement): Statement {
  const missing = conditionsOf(statement).filter(
    ({ operator }) => (isNegated(operator) || operator === 'NotIpAddress') && !operator.endsWith('IfExists'),
  );
  let { Condition } = statement;
  for (const { key } of missing) Condition = joined(Condition ?? {}, { Null: { [key]: 'false' } });
  return Condition ? { ...statement, Condition } : statement;
}

type Naming = 'session' | 'role' | 'nobody';

function awsNames(principal: Principal): string[] {
  return principal === '*' ? ['*'] : [principal.AWS ?? []].flat();
}

/** Whether the gateway counts the caller among those named. */
function namedBy(principal: Principal, situation: Situation): boolean {
  return awsNames(principal).some((name) => isCaller(name, situation));
}

function isCaller(name: string, { request: { principal, resourceAccountId } }: Situation): boolean {
  if (name === '*') return true;
  if (principal.kind === 'user') return name === principal.arn || isAccount(name, resourceAccountId);
  if (principal.kind !== 'role-session') return false;
  return name === principal.roleArn || name === sessionArn(principal.roleArn);
}

function isAccount(name: string, accountId: string): boolean {
  return name === accountId || name === `arn:aws:iam::${accountId}:root`;
}

function takerArn(roleArn: string): string {
  return roleArn.replace(/:role\/.*/, `:user/${userName}`);
}

function sessionArn(roleArn: string): string {
  return `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${sessionName}`;
}

function withoutAccounts(statement: Statement, { request }: Situation): Statement[] {
  const { Principal } = statement;
  if (Principal === undefined || Principal === '*') return [statement];
  const { principal, resourceAccountId } = request;
  const names = awsNames(Principal).flatMap((name) => {
    if (!isAccount(name, resourceAccountId)) return [name];
    return principal.kind === 'user' ? [principal.arn] : [];
  });
  return names.length === 0 ? [] : [{ ...statement, Principal: { AWS: names } }];
}

/** Only a session with a session policy is asked how it was named. */
function namedAsByTheLast(situation: Situation): Situation {
  const { caller, policies, request } = situation;
  const { principal } = request;
  const last = policies.bucket.at(-1);
  if (caller !== 'session-with-policy' || principal.kind !== 'role-session' || !last) return situation;
  const naming = namingOf(last, principal.roleArn);
  const { roleArn } = principal;
  const names = (statement: Statement) =>
    statement.Principal !== undefined &&
    (namedBy(statement.Principal, situation) || awsNames(statement.Principal).includes(takerArn(roleArn)));
  return withBucketStatements((statement) => {
    if (statement.Effect === 'Deny' || !names(statement)) return [statement];
    if (naming === 'nobody') return [];
    return [{ ...statement, Principal: { AWS: naming === 'session' ? sessionArn(roleArn) : roleArn } }];
  })(situation);
}

/** Of several names one goes before the other: the session before role and everybody, these before the user who took it on. */
function namingOf({ Principal }: Statement, roleArn: string): Naming {
  const names = Principal ? awsNames(Principal) : [];
  if (names.includes(sessionArn(roleArn))) return 'session';
  if (names.includes('*') || names.includes(roleArn)) return 'role';
  return names.includes(takerArn(roleArn)) ? 'session' : 'nobody';
}

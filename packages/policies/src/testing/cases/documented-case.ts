import type { AccessPolicies, AccessRequest, Decision, NamedPolicy, PolicyDocument, Statement } from '../../index.ts';
import { parsePolicy } from '../../index.ts';
import type { PageName } from './pages.ts';

/** What a case is about: an element of the language, or a kind of policy or of principal. */
export type Subject =
  | 'Action'
  | 'NotAction'
  | 'Resource'
  | 'NotResource'
  | 'Principal'
  | 'NotPrincipal'
  | 'Version and variables'
  | 'Condition: string'
  | 'Condition: numeric'
  | 'Condition: date'
  | 'Condition: Bool'
  | 'Condition: binary'
  | 'Condition: IP address'
  | 'Condition: ARN'
  | 'Condition: Null'
  | 'Condition: IfExists'
  | 'Condition: set operators'
  | 'Condition: several keys and values'
  | 'identity policy'
  | 'resource policy'
  | 'cross-account'
  | 'permissions boundary'
  | 'session policy'
  | 'service control policy'
  | 'resource control policy'
  | 'VPC endpoint policy'
  | 'KMS key policy'
  | 'KMS grant'
  | 'trust policy'
  | 'service principal'
  | 'anonymous'
  | 'root user'
  | 'S3 block public access'
  | 'S3 object ownership'
  | 'seed case';

export type Outcome = Decision['outcome'];

/** One request against one set of policies, and the sentence of AWS that says what comes of it. */
export interface DocumentedCase {
  subject: Subject;
  page: PageName;
  sentence: string;
  what: string;
  policies: AccessPolicies;
  request: AccessRequest;
  outcome: Outcome;
}

/** Cases of one sentence. */
export interface CaseGroup<Row> {
  subject: Subject;
  page: PageName;
  sentence: string;
  rows: readonly Row[];
}

export const accountId = '111122223333';
export const otherAccountId = '444455556666';
export const userArn = `arn:aws:iam::${accountId}:user/Jane`;
export const roleArn = `arn:aws:iam::${accountId}:role/Reader`;
export const sessionArn = `arn:aws:sts::${accountId}:assumed-role/Reader/nightly`;

export const readObject: AccessRequest = {
  principal: { kind: 'user', arn: userArn },
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::files/incoming/a.csv',
  resourceAccountId: accountId,
};
export const asRole: AccessRequest = {
  ...readObject,
  principal: { kind: 'role-session', roleArn, sessionName: 'nightly' },
};

export function named(name: string, ...statements: Statement[]): NamedPolicy {
  return namedDocument(name, { Version: '2012-10-17', Statement: statements });
}

type AnyVersion = Omit<PolicyDocument, 'Version'> & { Version: '2012-10-17' | '2008-10-17' };

function namedDocument(name: string, document: AnyVersion): NamedPolicy {
  const { policy, findings } = parsePolicy(JSON.stringify(document));
  if (!policy) throw new Error(`${name}: ${JSON.stringify(findings)}`);
  return { name, policy };
}

export const allowAll: Statement = { Sid: 'AllowAll', Effect: 'Allow', Action: '*', Resource: '*' };

/**
 * What a statement does with a request, seen twice: as an Allow it grants or doesn't, and as a Deny beside an Allow of
 * everything it forbids or doesn't.
 */
export function bothEffects(
  known: Pick<DocumentedCase, 'subject' | 'page' | 'sentence' | 'what' | 'request'>,
  statement: Omit<Statement, 'Effect'>,
  isMatch: boolean,
  version: AnyVersion['Version'] = '2012-10-17',
): DocumentedCase[] {
  const allow = namedDocument('allow', { Version: version, Statement: [{ Effect: 'Allow', ...statement }] });
  const deny = namedDocument('deny', { Version: version, Statement: [{ Effect: 'Deny', ...statement }] });
  const isOfResource = statement.Principal !== undefined || statement.NotPrincipal !== undefined;
  return [
    {
      ...known,
      what: `${known.what} (Allow)`,
      policies: isOfResource ? { resource: allow } : { identity: [allow] },
      outcome: isMatch ? 'Allowed' : 'ImplicitlyDenied',
    },
    {
      ...known,
      what: `${known.what} (Deny)`,
      policies: isOfResource
        ? { identity: [named('all', allowAll)], resource: deny }
        : { identity: [named('all', allowAll), deny] },
      outcome: isMatch ? 'ExplicitlyDenied' : 'Allowed',
    },
  ];
}

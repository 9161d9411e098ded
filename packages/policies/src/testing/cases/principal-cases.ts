import type { RequestPrincipal, Statement } from '../../index.ts';
import {
  accountId,
  bothEffects,
  type CaseGroup,
  type DocumentedCase,
  readObject,
  roleArn,
  sessionArn,
  userArn,
} from './documented-case.ts';
import type { PageName } from './pages.ts';

const user: RequestPrincipal = { kind: 'user', arn: userArn };
const session: RequestPrincipal = { kind: 'role-session', roleArn, sessionName: 'nightly' };
const s3Service: RequestPrincipal = { kind: 'service', name: 's3.amazonaws.com' };
const anonymous: RequestPrincipal = { kind: 'anonymous' };
const pathRole: RequestPrincipal = {
  kind: 'role-session',
  roleArn: `arn:aws:iam::${accountId}:role/teams/data/Reader`,
  sessionName: 'nightly',
};

const principal: PageName = 'AWS JSON policy elements: Principal';
const notPrincipal: PageName = 'AWS JSON policy elements: NotPrincipal';
type PrincipalRow = readonly [written: NonNullable<Statement['Principal']>, asking: RequestPrincipal, isMatch: boolean];
const principalGroups: readonly CaseGroup<PrincipalRow>[] = [
  {
    subject: 'Principal',
    page: principal,
    sentence:
      'You can specify IAM users in the Principal element of a resource-based policy or in condition keys that support principals.',
    rows: [
      [{ AWS: userArn }, user, true],
      [{ AWS: `arn:aws:iam::${accountId}:user/John` }, user, false],
      [{ AWS: [`arn:aws:iam::${accountId}:user/John`, userArn] }, user, true],
      [{ AWS: userArn }, session, false],
    ],
  },
  {
    subject: 'Principal',
    page: principal,
    sentence: 'In a Principal element, the user name part of the Amazon Resource Name (ARN) is case sensitive.',
    rows: [
      [{ AWS: `arn:aws:iam::${accountId}:user/jane` }, user, false],
      [{ AWS: `arn:aws:iam::${accountId}:user/JANE` }, user, false],
    ],
  },
  {
    subject: 'Principal',
    page: principal,
    sentence: 'You cannot use a wildcard to match part of a principal name or ARN.',
    rows: [
      [{ AWS: `arn:aws:iam::${accountId}:user/*` }, user, false],
      [{ AWS: `arn:aws:iam::${accountId}:role/*` }, session, false],
      [{ AWS: `arn:aws:sts::${accountId}:assumed-role/Reader/*` }, session, false],
    ],
  },
  {
    subject: 'Principal',
    page: principal,
    sentence:
      'You can specify IAM role principal ARNs in the Principal element of a resource-based policy or in condition keys that support principals.',
    rows: [
      [{ AWS: roleArn }, session, true],
      [{ AWS: `arn:aws:iam::${accountId}:role/Writer` }, session, false],
      [{ AWS: `arn:aws:iam::${accountId}:role/teams/data/Reader` }, pathRole, true],
      [{ AWS: roleArn }, pathRole, false],
    ],
  },
  {
    subject: 'Principal',
    page: principal,
    sentence:
      'You can specify role sessions in the Principal element of a resource-based policy or in condition keys that support principals.',
    rows: [
      [{ AWS: sessionArn }, session, true],
      [{ AWS: `arn:aws:sts::${accountId}:assumed-role/Reader/other` }, session, false],
      [{ AWS: sessionArn }, pathRole, true],
    ],
  },
  {
    subject: 'Principal',
    page: principal,
    sentence:
      'You can use a wildcard (*) to specify all principals in the Principal element of a resource-based policy',
    rows: [
      ['*', user, true],
      [{ AWS: '*' }, user, true],
      ['*', session, true],
      [{ AWS: '*' }, session, true],
    ],
  },
];

const excepted = { AWS: [userArn, `arn:aws:iam::${accountId}:root`] };
const exceptedSession = { AWS: [sessionArn, roleArn, accountId] };
const john: RequestPrincipal = { kind: 'user', arn: `arn:aws:iam::${accountId}:user/John` };
const notPrincipalGroups: readonly {
  effect: Statement['Effect'];
  sentence: string;
  rows: readonly PrincipalRow[];
}[] = [
  {
    effect: 'Deny',
    sentence: 'Use this element to deny access to all principals except the one named in the NotPrincipal element.',
    rows: [
      [excepted, user, false],
      [excepted, session, true],
      [excepted, john, true],
      [{ AWS: [userArn] }, user, true],
      [exceptedSession, session, false],
      [{ AWS: [sessionArn, accountId] }, session, true],
      [{ AWS: [roleArn, accountId] }, session, true],
      [{ AWS: '*' }, user, false],
      [excepted, { kind: 'root', accountId }, false],
    ],
  },
  {
    effect: 'Allow',
    sentence: 'Doing so allows all principals except the one named in the NotPrincipal element.',
    rows: [
      [excepted, user, false],
      [excepted, session, false],
      [excepted, john, false],
      [{ AWS: [userArn] }, user, false],
      [{ AWS: [userArn] }, session, true],
      [{ AWS: [userArn] }, john, true],
      [{ AWS: [accountId] }, user, false],
      [{ AWS: [sessionArn] }, session, false],
      [{ AWS: [roleArn] }, session, false],
      [{ AWS: [roleArn] }, user, true],
      [exceptedSession, session, false],
      [{ AWS: '*' }, user, false],
      [excepted, anonymous, true],
      [{ AWS: '*' }, anonymous, false],
      [{ Service: 's3.amazonaws.com' }, s3Service, false],
      [{ AWS: [userArn] }, s3Service, true],
    ],
  },
];

/** Whom a statement names, and whom it excepts. */
export const principalCases: DocumentedCase[] = [
  ...principalGroups.flatMap(({ subject, page, sentence, rows }) =>
    rows.flatMap(([written, asking, isMatch]) =>
      bothEffects(
        {
          subject,
          page,
          sentence,
          what: `${JSON.stringify(written)}, asked by ${JSON.stringify(asking)}`,
          request: { ...readObject, principal: asking },
        },
        { Principal: written, Action: '*', Resource: '*' },
        isMatch,
      ),
    ),
  ),
  ...notPrincipalGroups.flatMap(({ effect, sentence, rows }) =>
    rows.flatMap(([written, asking, isMatch]) => {
      const [allow, deny] = bothEffects(
        {
          subject: 'NotPrincipal',
          page: notPrincipal,
          sentence,
          what: `${JSON.stringify(written)}, asked by ${JSON.stringify(asking)}`,
          request: { ...readObject, principal: asking },
        },
        { NotPrincipal: written, Action: '*', Resource: '*' },
        isMatch,
      );
      return (effect === 'Allow' ? allow : deny) ?? [];
    }),
  ),
  ...[s3Service, anonymous].flatMap((asking) =>
    bothEffects(
      {
        subject: asking.kind === 'service' ? 'service principal' : 'anonymous',
        page: principal,
        sentence:
          'For resource-based policies, using a wildcard (*) with an Allow effect grants access to all users, including anonymous users (public access).',
        what: JSON.stringify(asking),
        request: { ...readObject, principal: asking },
      },
      { Principal: '*', Action: '*', Resource: '*' },
      true,
    ),
  ),
];

import type { RequestPrincipal, Statement } from '../../index.ts';
import {
  accountId,
  bothEffects,
  type DocumentedCase,
  readObject,
  roleArn,
  sessionArn,
  type Subject,
  userArn,
} from './documented-case.ts';
import type { PageName } from './pages.ts';

interface Group<Row> {
  subject: Subject;
  page: PageName;
  sentence: string;
  rows: readonly Row[];
}

const action: PageName = 'IAM JSON policy elements: Action';
const actionGroups: readonly Group<readonly [written: string | string[], asked: string, isMatch: boolean]>[] = [
  {
    subject: 'Action',
    page: action,
    sentence: 'You can specify multiple values for the Action element.',
    rows: [
      [['s3:PutObject', 's3:GetObject'], 's3:GetObject', true],
      [['s3:PutObject', 's3:GetObject'], 's3:DeleteObject', false],
      ['s3:GetObject', 's3:GetObject', true],
      ['s3:GetObject', 's3:GetObjectVersion', false],
    ],
  },
  {
    subject: 'Action',
    page: action,
    sentence: 'The prefix and the action name are case insensitive.',
    rows: [
      ['IAM:listaccesskeys', 'iam:ListAccessKeys', true],
      ['S3:GETOBJECT', 's3:GetObject', true],
      ['s3:getobject*', 's3:GetObjectVersion', true],
      ['SQS:SendMessage', 's3:GetObject', false],
    ],
  },
  {
    subject: 'Action',
    page: action,
    sentence: 'You can use a wildcard (*) to give access to all the actions the specific AWS product offers.',
    rows: [
      ['s3:*', 's3:GetObject', true],
      ['s3:*', 'sqs:SendMessage', false],
      ['*', 'sqs:SendMessage', true],
      ['s3*', 's3-object-lambda:GetObject', true],
    ],
  },
  {
    subject: 'Action',
    page: action,
    sentence: 'You can also use wildcards (*) as part of the action name.',
    rows: [
      ['iam:*AccessKey*', 'iam:CreateAccessKey', true],
      ['iam:*AccessKey*', 'iam:ListAccessKeys', true],
      ['iam:*AccessKey*', 'iam:CreateUser', false],
      ['s3:Get*', 's3:GetObjectTagging', true],
      ['s3:Get*', 's3:PutObject', false],
      ['s3:?etObject', 's3:GetObject', true],
      ['s3:?etObject', 's3:GetObjectAcl', false],
    ],
  },
];

const notActionGroup: Group<readonly [written: string | string[], asked: string, isMatch: boolean]> = {
  subject: 'NotAction',
  page: 'IAM JSON policy elements: NotAction',
  sentence:
    'NotAction is an advanced policy element that explicitly matches everything except the specified list of actions.',
  rows: [
    ['s3:DeleteBucket', 's3:GetObject', true],
    ['s3:DeleteBucket', 's3:DeleteBucket', false],
    ['s3:deletebucket', 's3:DeleteBucket', false],
    ['iam:*', 's3:GetObject', true],
    ['iam:*', 'iam:CreateUser', false],
    [['s3:*', 'sqs:*'], 'sqs:SendMessage', false],
    [['s3:*', 'sqs:*'], 'sns:Publish', true],
  ],
};

const resource: PageName = 'IAM JSON policy elements: Resource';
const object = (key: string) => `arn:aws:s3:::DOC-EXAMPLE-BUCKET/${key}`;
type ResourceRow = readonly [written: string | string[], asked: string, isMatch: boolean];
const resourceGroups: readonly Group<ResourceRow>[] = [
  {
    subject: 'Resource',
    page: resource,
    sentence: 'The following example refers to all items within a specific Amazon S3 bucket.',
    rows: [
      ['arn:aws:s3:::DOC-EXAMPLE-BUCKET/*', object('a'), true],
      ['arn:aws:s3:::DOC-EXAMPLE-BUCKET/*', 'arn:aws:s3:::DOC-EXAMPLE-BUCKET', false],
      ['arn:aws:s3:::DOC-EXAMPLE-BUCKET', object('a'), false],
      ['arn:aws:s3:::DOC-EXAMPLE-BUCKET', 'arn:aws:s3:::DOC-EXAMPLE-BUCKET', true],
      ['arn:aws:s3:::DOC-EXAMPLE-BUCKET*', 'arn:aws:s3:::DOC-EXAMPLE-BUCKET-2/a', true],
      ['arn:aws:s3:::doc-example-bucket/*', object('a'), false],
    ],
  },
  {
    subject: 'Resource',
    page: resource,
    sentence:
      'The wildcards in the ARN apply to all of the following objects in the bucket, not only the first object listed.',
    rows: [
      '1/test/object.jpg',
      '1/2/test/object.jpg',
      '1/2/test/3/object.jpg',
      '1/2/3/test/4/object.jpg',
      '1///test///object.jpg',
      '1/test/.jpg',
      '/test/object.jpg',
      '1/test/',
    ].map((key) => ['arn:aws:s3:::DOC-EXAMPLE-BUCKET/*/test/*', object(key), true] as const),
  },
  {
    subject: 'Resource',
    page: resource,
    sentence: 'The ARN would not match the following objects:',
    rows: ['1-test/object.jpg', 'test/object.jpg', '1/2/test.jpg'].map(
      (key) => ['arn:aws:s3:::DOC-EXAMPLE-BUCKET/*/test/*', object(key), false] as const,
    ),
  },
  {
    subject: 'Resource',
    page: resource,
    sentence: 'You can use wildcard characters (* and ?) within ARN segments (the parts separated by colons)',
    rows: [
      ['arn:aws:sqs:us-east-?:111122223333:queue1', 'arn:aws:sqs:us-east-2:111122223333:queue1', true],
      ['arn:aws:sqs:us-east-?:111122223333:queue1', 'arn:aws:sqs:us-west-2:111122223333:queue1', false],
      ['arn:aws:sqs:*:111122223333:queue1', 'arn:aws:sqs:eu-west-1:111122223333:queue1', true],
      ['arn:aws:sqs:*:queue1', 'arn:aws:sqs:eu-west-1:111122223333:queue1', false],
      ['arn:aws:sqs:*:*:queue?', 'arn:aws:sqs:eu-west-1:444455556666:queue1', true],
      ['arn:aws:logs:*:*:*', 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/f:log-stream:x', true],
      [
        'arn:aws:logs:*:*:log-group:/aws/*',
        'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/f:log-stream:x',
        true,
      ],
      ['arn:aws:logs:*:*:log-group:/aws/*', 'arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/f', false],
      ['arn:aws-cn:s3:::*', 'arn:aws:s3:::DOC-EXAMPLE-BUCKET', false],
      ['arn:*:s3:::*', 'arn:aws:s3:::DOC-EXAMPLE-BUCKET', true],
      ['*', 'arn:aws:s3:::DOC-EXAMPLE-BUCKET', true],
      ['*', '*', true],
    ],
  },
  {
    subject: 'Resource',
    page: resource,
    sentence: 'You can specify multiple resources.',
    rows: [
      [[object('a'), object('b')], object('b'), true],
      [[object('a'), object('b')], object('c'), false],
    ],
  },
  {
    subject: 'NotResource',
    page: 'IAM JSON policy elements: NotResource',
    sentence:
      'NotResource is an advanced policy element that explicitly matches every resource except those specified.',
    rows: [
      [
        ['arn:aws:s3:::HRBucket/Payroll', 'arn:aws:s3:::HRBucket/Payroll/*'],
        'arn:aws:s3:::HRBucket/Payroll/april',
        false,
      ],
      [['arn:aws:s3:::HRBucket/Payroll', 'arn:aws:s3:::HRBucket/Payroll/*'], 'arn:aws:s3:::HRBucket/Payroll', false],
      [['arn:aws:s3:::HRBucket/Payroll', 'arn:aws:s3:::HRBucket/Payroll/*'], 'arn:aws:s3:::HRBucket/Other', true],
      [['arn:aws:s3:::HRBucket/Payroll', 'arn:aws:s3:::HRBucket/Payroll/*'], 'arn:aws:s3:::HRBucket', true],
      ['arn:aws:s3:::HRBucket/*', 'arn:aws:s3:::HRBucket', true],
      ['*', 'arn:aws:s3:::HRBucket', false],
    ],
  },
];

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
const principalGroups: readonly Group<PrincipalRow>[] = [
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

const variables: PageName = 'IAM policy elements: Variables and tags';
type VariableRow = readonly [
  what: string,
  statement: Omit<Statement, 'Effect'>,
  context: Readonly<Record<string, string | string[]>>,
  isMatch: boolean,
  version?: '2012-10-17' | '2008-10-17',
];
const own = 'arn:aws:s3:::files/incoming/${aws:username}/*';
const teamOf = (resource: string): Omit<Statement, 'Effect'> => ({ Action: '*', Resource: resource });
const variableGroups: readonly (Group<VariableRow> & { asked: string })[] = [
  {
    subject: 'Version and variables',
    page: variables,
    sentence: 'When this policy is evaluated, IAM replaces the variable ${aws:username}',
    asked: 'arn:aws:s3:::files/incoming/Jane/a.csv',
    rows: [
      ['own folder', teamOf(own), {}, true],
      [
        "somebody else's folder",
        teamOf('arn:aws:s3:::files/incoming/${aws:userid}/*'),
        { 'aws:userid': 'John' },
        false,
      ],
      ['a name in front of others', teamOf('arn:aws:s3:::files/*/${aws:username}/a.csv'), {}, true],
      [
        'in the condition',
        { Action: '*', Resource: '*', Condition: { StringLike: { 's3:prefix': '${aws:username}/*' } } },
        { 's3:prefix': 'Jane/x' },
        true,
      ],
      [
        'in the condition, another',
        { Action: '*', Resource: '*', Condition: { StringLike: { 's3:prefix': '${aws:username}/*' } } },
        { 's3:prefix': 'John/x' },
        false,
      ],
      [
        'as an equal',
        {
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 's3:ExistingObjectTag/owner': '${aws:username}' } },
        },
        { 's3:ExistingObjectTag/owner': 'Jane' },
        true,
      ],
      [
        'in an ARN',
        { Action: '*', Resource: '*', Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:${aws:username}' } } },
        { 'aws:SourceArn': 'arn:aws:sns:us-east-1:1:Jane' },
        true,
      ],
    ],
  },
  {
    subject: 'Version and variables',
    page: variables,
    sentence: 'Key names are case-insensitive.',
    asked: 'arn:aws:s3:::files/incoming/Jane/a.csv',
    rows: [
      ['AWS:UserName', teamOf('arn:aws:s3:::files/incoming/${AWS:UserName}/*'), {}, true],
      [
        'values keep their case',
        teamOf('arn:aws:s3:::files/incoming/${aws:username}/*'),
        { 'aws:username': 'jane' },
        false,
      ],
    ],
  },
  {
    subject: 'Version and variables',
    page: variables,
    sentence:
      "If you don't include the Version element and set it to an appropriate version date, variables like ${aws:username} are treated as literal strings in the policy.",
    asked: 'arn:aws:s3:::files/incoming/Jane/a.csv',
    rows: [
      ['2008-10-17', teamOf(own), {}, false, '2008-10-17'],
      ['2012-10-17', teamOf(own), {}, true, '2012-10-17'],
      ['2008-10-17 without variables', teamOf('arn:aws:s3:::files/incoming/*'), {}, true, '2008-10-17'],
    ],
  },
  {
    subject: 'Version and variables',
    page: variables,
    sentence:
      'If a variable that has no value in the authorization context is used as part of the Resource or NotResource element of a policy, the resource that includes a policy variable with no value will not match any resource.',
    asked: 'arn:aws:s3:::files/incoming/Jane/a.csv',
    rows: [
      ['Resource', teamOf('arn:aws:s3:::files/*${aws:PrincipalTag/team}*'), {}, false],
      ['NotResource', { Action: '*', NotResource: 'arn:aws:s3:::files/*${aws:PrincipalTag/team}*' }, {}, true],
      [
        'Resource with a value',
        teamOf('arn:aws:s3:::files/*${aws:PrincipalTag/team}*'),
        { 'aws:PrincipalTag/team': 'Jane' },
        true,
      ],
      [
        'NotResource with a value',
        { Action: '*', NotResource: 'arn:aws:s3:::files/*${aws:PrincipalTag/team}*' },
        { 'aws:PrincipalTag/team': 'Jane' },
        false,
      ],
    ],
  },
  {
    subject: 'Version and variables',
    page: variables,
    sentence:
      'Inverted condition operators like StringNotEquals or StringNotLike do match against a null value, as the value of the condition key they are testing against is not equal to or like the effectively null value.',
    asked: 'arn:aws:s3:::files/incoming/Jane/a.csv',
    rows: [
      [
        'StringNotEquals',
        {
          Action: '*',
          Resource: '*',
          Condition: { StringNotEquals: { 's3:ExistingObjectTag/Team': '${aws:PrincipalTag/Team}' } },
        },
        { 's3:ExistingObjectTag/Team': 'x' },
        true,
      ],
      [
        'StringNotLike',
        {
          Action: '*',
          Resource: '*',
          Condition: { StringNotLike: { 's3:ExistingObjectTag/Team': '${aws:PrincipalTag/Team}*' } },
        },
        { 's3:ExistingObjectTag/Team': 'x' },
        true,
      ],
      [
        'StringNotEquals with a value',
        {
          Action: '*',
          Resource: '*',
          Condition: { StringNotEquals: { 's3:ExistingObjectTag/Team': '${aws:PrincipalTag/Team}' } },
        },
        { 's3:ExistingObjectTag/Team': 'x', 'aws:PrincipalTag/Team': 'x' },
        false,
      ],
    ],
  },
  {
    subject: 'Version and variables',
    page: variables,
    sentence:
      'When you use a variable with no value in the condition element of an IAM policy, IAM JSON policy elements: Condition operators like StringEquals or StringLike do not match, and the policy statement does not take effect.',
    asked: 'arn:aws:s3:::files/incoming/Jane/a.csv',
    rows: [
      [
        'StringEquals',
        {
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 's3:ExistingObjectTag/Team': '${aws:PrincipalTag/Team}' } },
        },
        { 's3:ExistingObjectTag/Team': '' },
        false,
      ],
      [
        'StringLike',
        {
          Action: '*',
          Resource: '*',
          Condition: { StringLike: { 's3:ExistingObjectTag/Team': '*${aws:PrincipalTag/Team}*' } },
        },
        { 's3:ExistingObjectTag/Team': 'x' },
        false,
      ],
      [
        'StringEquals with a value',
        {
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 's3:ExistingObjectTag/Team': '${aws:PrincipalTag/Team}' } },
        },
        { 's3:ExistingObjectTag/Team': 'x', 'aws:PrincipalTag/Team': 'x' },
        true,
      ],
    ],
  },
  {
    subject: 'Version and variables',
    page: variables,
    sentence: "You can't use a multivalued condition key as a variable.",
    asked: 'arn:aws:s3:::files/incoming/Jane/a.csv',
    rows: [
      [
        'two values',
        teamOf('arn:aws:s3:::files/incoming/${aws:TagKeys}/*'),
        { 'aws:TagKeys': ['Jane', 'John'] },
        false,
      ],
    ],
  },
  {
    subject: 'Version and variables',
    page: variables,
    sentence: 'For users without team tags, it sets a default value of company-wide for the bucket name.',
    asked: 'arn:aws:s3:::DOC-EXAMPLE-BUCKET-company-wide',
    rows: [
      ['without the tag', teamOf("arn:aws:s3:::DOC-EXAMPLE-BUCKET-${aws:PrincipalTag/team, 'company-wide'}"), {}, true],
      [
        'with the tag',
        teamOf("arn:aws:s3:::DOC-EXAMPLE-BUCKET-${aws:PrincipalTag/team, 'company-wide'}"),
        { 'aws:PrincipalTag/team': 'yellow' },
        false,
      ],
      [
        'in a condition',
        {
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 's3:prefix': "${aws:PrincipalTag/team, 'wide'}" } },
        },
        { 's3:prefix': 'wide' },
        true,
      ],
      [
        'in a condition with the tag',
        {
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 's3:prefix': "${aws:PrincipalTag/team, 'wide'}" } },
        },
        { 's3:prefix': 'wide', 'aws:PrincipalTag/team': 'yellow' },
        false,
      ],
    ],
  },
  {
    subject: 'Version and variables',
    page: variables,
    sentence: '${*} - use where you need an * (asterisk) character.',
    asked: 'arn:aws:s3:::files/what?*$.csv',
    rows: [
      ['an asterisk', teamOf('arn:aws:s3:::files/what?${*}$.csv'), {}, true],
      ['an asterisk is none', teamOf('arn:aws:s3:::files/${*}'), {}, false],
      ['a question mark', teamOf('arn:aws:s3:::files/what${?}*'), {}, true],
      ['a question mark is none', teamOf('arn:aws:s3:::files/wha${?}*'), {}, false],
      ['a dollar sign', teamOf('arn:aws:s3:::files/*${$}.csv'), {}, true],
      [
        'in a condition',
        { Action: '*', Resource: '*', Condition: { StringLike: { 's3:prefix': 'a${*}' } } },
        { 's3:prefix': 'ab' },
        false,
      ],
      [
        'in a condition, met',
        { Action: '*', Resource: '*', Condition: { StringLike: { 's3:prefix': 'a${*}' } } },
        { 's3:prefix': 'a*' },
        true,
      ],
    ],
  },
  {
    subject: 'Version and variables',
    page: variables,
    sentence:
      "You can't use a variable to replace parts of the ARN before the fifth colon, such as the service or account.",
    asked: `arn:aws:sqs:us-east-1:${accountId}:queue`,
    rows: [
      ['the account', teamOf('arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:queue'), {}, false],
      [
        'the name',
        teamOf(`arn:aws:sqs:us-east-1:${accountId}:\${aws:PrincipalTag/team}`),
        { 'aws:PrincipalTag/team': 'queue' },
        true,
      ],
    ],
  },
];

export const elementCases: DocumentedCase[] = [
  ...[...actionGroups, notActionGroup].flatMap(({ subject, page, sentence, rows }) =>
    rows.flatMap(([written, asked, isMatch]) =>
      bothEffects(
        {
          subject,
          page,
          sentence,
          what: `${JSON.stringify(written)}, asked ${asked}`,
          request: { ...readObject, action: asked },
        },
        subject === 'NotAction' ? { NotAction: written, Resource: '*' } : { Action: written, Resource: '*' },
        isMatch,
      ),
    ),
  ),
  ...resourceGroups.flatMap(({ subject, page, sentence, rows }) =>
    rows.flatMap(([written, asked, isMatch]) =>
      bothEffects(
        {
          subject,
          page,
          sentence,
          what: `${JSON.stringify(written)}, asked ${asked}`,
          request: { ...readObject, resource: asked },
        },
        subject === 'NotResource' ? { Action: '*', NotResource: written } : { Action: '*', Resource: written },
        isMatch,
      ),
    ),
  ),
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
  ...variableGroups.flatMap(({ subject, page, sentence, rows, asked }) =>
    rows.flatMap(([what, statement, context, isMatch, version]) =>
      bothEffects(
        { subject, page, sentence, what, request: { ...readObject, resource: asked, context } },
        statement,
        isMatch,
        version,
      ),
    ),
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

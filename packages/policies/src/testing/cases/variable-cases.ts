import type { Statement } from '../../index.ts';
import { accountId, bothEffects, type CaseGroup, type DocumentedCase, readObject } from './documented-case.ts';
import type { PageName } from './pages.ts';

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
const variableGroups: readonly (CaseGroup<VariableRow> & { asked: string })[] = [
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

/** What stands in for a variable, and in which version. */
export const variableCases: DocumentedCase[] = variableGroups.flatMap(({ subject, page, sentence, rows, asked }) =>
  rows.flatMap(([what, statement, context, isMatch, version]) =>
    bothEffects(
      { subject, page, sentence, what, request: { ...readObject, resource: asked, context } },
      statement,
      isMatch,
      version,
    ),
  ),
);

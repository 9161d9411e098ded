import { bothEffects, type CaseGroup, type DocumentedCase, readObject } from './documented-case.ts';
import type { PageName } from './pages.ts';

const action: PageName = 'IAM JSON policy elements: Action';
const actionGroups: readonly CaseGroup<readonly [written: string | string[], asked: string, isMatch: boolean]>[] = [
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

const notActionGroup: CaseGroup<readonly [written: string | string[], asked: string, isMatch: boolean]> = {
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

/** What a statement says of an action, and of all but some. */
export const actionCases: DocumentedCase[] = [...actionGroups, notActionGroup].flatMap(
  ({ subject, page, sentence, rows }) =>
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
);

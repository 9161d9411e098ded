import { bothEffects, type CaseGroup, type DocumentedCase, readObject } from './documented-case.ts';
import type { PageName } from './pages.ts';

const resource: PageName = 'IAM JSON policy elements: Resource';
const object = (key: string) => `arn:aws:s3:::DOC-EXAMPLE-BUCKET/${key}`;
type ResourceRow = readonly [written: string | string[], asked: string, isMatch: boolean];
const resourceGroups: readonly CaseGroup<ResourceRow>[] = [
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

/** What a statement says of a resource, and of all but some. */
export const resourceCases: DocumentedCase[] = resourceGroups.flatMap(({ subject, page, sentence, rows }) =>
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
);

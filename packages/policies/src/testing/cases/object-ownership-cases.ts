import type { AccessPolicies, AccessRequest, RequestPrincipal } from '../../index.ts';
import { type DocumentedCase, type Outcome, otherAccountId } from './documented-case.ts';
import type { PageName } from './pages.ts';
import { allowed, anonymous, asUser, by, denied, no, resourcePolicy, yes } from './setting.ts';

const ownership: PageName = 'Controlling ownership of objects and disabling ACLs';
const partner = otherAccountId;
const partnerUser: RequestPrincipal = { kind: 'user', arn: `arn:aws:iam::${partner}:user/Writer` };
const foreign = (request: AccessRequest): AccessRequest => ({ ...request, objectOwnerAccountId: partner });
type OwnershipRow = readonly [what: string, request: AccessRequest, policies: AccessPolicies, outcome: Outcome];
const enforced = { objectOwnership: 'BucketOwnerEnforced' } as const;
const writer = { objectOwnership: 'ObjectWriter' } as const;
const granting = { ...writer, foreignObjectsGrantOwner: true } as const;
const preferred = { objectOwnership: 'BucketOwnerPreferred' } as const;
const forUser = resourcePolicy('user');

const ownershipGroups: readonly (readonly [page: PageName, sentence: string, rows: readonly OwnershipRow[]])[] = [
  [
    ownership,
    'ACLs are disabled, and the bucket owner automatically owns and has full control over every object in the bucket.',
    [
      ['bucket owner enforced', foreign(asUser), { ...allowed, bucket: enforced }, yes],
      ['enforced, shared by the bucket policy', foreign(asUser), { resource: forUser, bucket: enforced }, yes],
      [
        'enforced, denied by the bucket policy',
        foreign(asUser),
        { ...allowed, resource: resourcePolicy('deny'), bucket: enforced },
        denied,
      ],
      ['nothing said about ownership', foreign(asUser), allowed, yes],
    ],
  ],
  [
    ownership,
    'The AWS account that uploads an object owns the object, has full control over it, and can grant other users access to it through ACLs.',
    [
      ["the bucket's account", foreign(asUser), { ...allowed, bucket: writer }, no],
      ["the bucket's account, preferred", foreign(asUser), { ...allowed, bucket: preferred }, no],
      ["the bucket's account, with the ACL", foreign(asUser), { ...allowed, bucket: granting }, yes],
      ["the bucket's account, with the ACL and no policy", foreign(asUser), { bucket: granting }, no],
      ['the writer', foreign(by(partnerUser)), { ...allowed, bucket: writer }, yes],
      ['the writer without a policy', foreign(by(partnerUser)), { bucket: writer }, no],
      ['an object of its own', asUser, { ...allowed, bucket: writer }, yes],
      [
        'a Deny of the bucket policy',
        foreign(by(partnerUser)),
        { ...allowed, resource: resourcePolicy('deny'), bucket: writer },
        denied,
      ],
      ['deleting it', { ...foreign(asUser), action: 's3:DeleteObject' }, { ...allowed, bucket: writer }, yes],
      [
        'listing the bucket',
        { ...foreign(asUser), action: 's3:ListBucket', resource: 'arn:aws:s3:::files' },
        { ...allowed, bucket: writer },
        yes,
      ],
    ],
  ],
  [
    'Bucket owner granting cross-account permission to objects it does not own',
    'The bucket owner has no permissions on those objects created by other AWS accounts.',
    [
      ['shared by the bucket policy', foreign(asUser), { resource: forUser, bucket: writer }, no],
      ['shared with everybody', foreign(by(anonymous)), { resource: resourcePolicy('everybody'), bucket: writer }, no],
      [
        'shared with a third account, with the ACL',
        { ...foreign(asUser), resourceAccountId: '777788889999' },
        { ...allowed, resource: forUser, bucket: granting },
        no,
      ],
    ],
  ],
];

/** Whose an object is, and what ACLs leave of the policies. */
export const objectOwnershipCases: DocumentedCase[] = ownershipGroups.flatMap(([page, sentence, rows]) =>
  rows.map(([what, request, policies, outcome]) => ({
    subject: 'S3 object ownership' as const,
    page,
    sentence,
    what,
    policies,
    request,
    outcome,
  })),
);

import { describe, expect, test } from 'vitest';
import type { NamedPolicy } from '../evaluate/access-policies.ts';
import { policyFrom } from '../policy/parse-policy.ts';
import type { Statement } from '../policy-document.ts';
import { describeDenial, renderDenial } from '../texts/describe-denial.ts';
import type { DeniedRequest } from './denied-request.ts';
import { whyDenied } from './why-denied.ts';

const accountId = '111122223333';
const denied: DeniedRequest = {
  callerArn: `arn:aws:sts::${accountId}:assumed-role/worker/nightly`,
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::files/incoming/a.csv',
  resourceAccountId: accountId,
  policies: {},
};
const keyArn = `arn:aws:kms:ap-northeast-1:${accountId}:key/1234abcd`;

function named(name: string, ...Statement: Statement[]): NamedPolicy {
  const { policy, findings } = policyFrom({ Version: '2012-10-17', Statement });
  if (!policy) throw new Error(JSON.stringify(findings));
  return { name, policy };
}
const readStatement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/*' } as const;
const read = named('read', readStatement);
const list = named('list', { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::files' });
const tlsOnlyStatement = {
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
} as const;
const tlsOnly = named('files', tlsOnlyStatement);
const ofWorker: Statement = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${accountId}:role/worker` },
  Action: 'kms:*',
  Resource: '*',
};

describe('what could be read is enough where it denies whatever the rest says', () => {
  test('neither the identity policy nor the bucket policy allows it', () => {
    const denial = whyDenied({ ...denied, policies: { identity: [list], resource: 'none' } });
    expect(denial).toMatchObject({ certainty: 'sure', explanation: { decision: { outcome: 'ImplicitlyDenied' } } });
    expect(renderDenial(denial, 'ja')).toContain('arn:aws:s3:::files/incoming/a.csvへのs3:GetObjectが拒否されました。');
    expect(describeDenial(denial, 'en').next.join('\n')).toContain('"Action":"s3:GetObject"');
  });

  test('a Deny, though nobody could read the identity policy', () => {
    const denial = whyDenied({
      ...denied,
      policies: { resource: tlsOnly },
      context: { 'aws:SecureTransport': 'false' },
    });
    expect(denial).toMatchObject({ certainty: 'sure', explanation: { decision: { outcome: 'ExplicitlyDenied' } } });
    expect(describeDenial(denial, 'en').next.join('\n')).toContain('aws:SecureTransport is "true"');
  });

  test('the key of the object, asked for through S3', () => {
    const ofS3Elsewhere = named('key', {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:role/worker` },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    });
    const key = { keyArn, keyAccountId: accountId, policy: ofS3Elsewhere, grants: 'none' } as const;
    const denial = whyDenied({ ...denied, policies: { identity: [read], resource: 'none' }, key });
    expect(denial).toMatchObject({ certainty: 'sure', explanation: { request: { action: 'kms:Decrypt' } } });
  });
});

const unsure = (more: Partial<DeniedRequest>, expected = {}) =>
  expect(whyDenied({ ...denied, ...more })).toMatchObject({ certainty: 'elsewhere', ...expected });
const sure = (more: Partial<DeniedRequest>) =>
  expect(whyDenied({ ...denied, ...more })).toMatchObject({ certainty: 'sure' });
const ofRole = (arn: string, more: Partial<Statement> = {}) =>
  named('files', { Effect: 'Allow', Principal: { AWS: arn }, Action: 's3:*', Resource: '*', ...more });

/** By a grant alone. */
const constrained = (constraint: object) => ({
  policies: {
    resource: named('key', { ...ofWorker, Principal: { AWS: '444455556666' } }),
    grants: [{ id: 'g', granteePrincipal: denied.callerArn, operations: ['Decrypt'], ...constraint }],
  },
});

/** A grant that wants an entry of that name in the encryption context. */
const grantWanting = (name: string, granteePrincipal: string, operation: string) => ({
  id: name,
  granteePrincipal,
  operations: [operation],
  encryptionContextSubset: { [name]: 'a' },
});

describe('what nobody knows is never sure', () => {
  test('what the request said of a key that a Deny asks for', () => {
    const unlessInNetwork = named('files', {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    });
    for (const resource of [unlessInNetwork, tlsOnly]) {
      const key = resource === tlsOnly ? 'aws:SecureTransport' : 'aws:SourceIp';
      unsure({ policies: { identity: [read], resource } }, { conditions: [key] });
    }
    const denial = whyDenied({ ...denied, policies: { identity: [read], resource: unlessInNetwork } });
    expect(describeDenial(denial, 'en').next[0]).toContain('aws:SourceIp');
    expect(renderDenial(denial, 'ja')).toContain('aws:SourceIp');
    const context = { 'aws:SourceIp': '198.51.100.1' };
    expect(whyDenied({ ...denied, context, policies: { resource: unlessInNetwork } })).toMatchObject({
      certainty: 'sure',
    });
  });

  test('what it said of a key that the only Allow asks for, or that stands in a name', () => {
    const ofTeam = { StringEquals: { 'aws:PrincipalTag/team': 'a' } };
    unsure(
      { policies: { identity: [named('read', { ...readStatement, Condition: ofTeam })], resource: 'none' } },
      { conditions: ['aws:PrincipalTag/team'] },
    );
    const ownFolder = { ...readStatement, Resource: 'arn:aws:s3:::files/${aws:PrincipalTag/folder}/*' };
    unsure({ policies: { identity: [named('own', ownFolder)], resource: 'none' } });
    // Where it is allowed without, only what denies is asked for.
    unsure(
      { policies: { identity: [read, named('also', { ...readStatement, Condition: ofTeam })], resource: tlsOnly } },
      { conditions: ['aws:SecureTransport'] },
    );
  });

  test('but who asks is known, and what follows from that', () => {
    const unlessAdministrator = ofRole('*', {
      Effect: 'Deny',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/administrator` } },
    });
    expect(whyDenied({ ...denied, policies: { resource: unlessAdministrator } })).toMatchObject({ certainty: 'sure' });
  });

  test('a bucket policy that nobody could read, which may name the session itself, whatever its boundary says', () => {
    unsure({ policies: { permissionsBoundary: list } });
    expect(whyDenied({ ...denied, policies: { permissionsBoundary: list, resource: 'none' } })).toMatchObject({
      certainty: 'sure',
    });
  });

  test('the session policies of a federated user', () => {
    const callerArn = `arn:aws:sts::${accountId}:federated-user/jane`;
    const policies = { identity: [read], resource: 'none' } as const;
    unsure({ callerArn, policies });
    expect(whyDenied({ ...denied, callerArn, policies: { ...policies, session: 'none' } })).toMatchObject({
      certainty: 'sure',
    });
  });

  test('grants of a key', () => {
    const policy = named('key', {
      Effect: 'Allow',
      Principal: { AWS: '444455556666' },
      Action: 'kms:*',
      Resource: '*',
    });
    const key = { keyArn, keyAccountId: accountId, policy };
    const policies = { identity: [read], resource: 'none' } as const;
    unsure({ policies, key }, { mayBeKey: true });
    expect(whyDenied({ ...denied, policies, key: { ...key, grants: 'none' } })).toMatchObject({ certainty: 'sure' });
    const ofKey = { ...denied, action: 'kms:Decrypt', resource: keyArn };
    unsure({ ...ofKey, policies: { resource: policy } });
    expect(whyDenied({ ...ofKey, policies: { resource: policy, grants: 'none' } })).toMatchObject({
      certainty: 'sure',
    });
  });

  test('whether an upload was of a part, which alone has to decrypt', () => {
    const put = named('put', { Effect: 'Allow', Action: ['s3:PutObject', 'kms:GenerateDataKey'], Resource: '*' });
    const policy = named('key', { ...ofWorker, Action: 'kms:GenerateDataKey' });
    const key = { keyArn, keyAccountId: accountId, policy, grants: 'none' } as const;
    const policies = { identity: [put], resource: 'none' } as const;
    unsure({ action: 's3:PutObject', policies, key }, { mayBeKey: true });
  });

  test('the path of a role, which the name of its session leaves out', () => {
    const inFolder = `arn:aws:iam::${accountId}:role/batch/worker`;
    for (const resource of [
      ofRole(inFolder),
      ofRole('*', { Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/bat*` } } }),
    ]) {
      unsure({ policies: { identity: [list], resource } }, { openQuestions: ['role-path'] });
      expect(whyDenied({ ...denied, policies: { identity: [list], resource: ofRole(`${inFolder}s`) } })).toMatchObject({
        certainty: 'sure',
      });
    }
    const callerArn = `arn:aws:iam::${accountId}:role/worker`;
    expect(
      whyDenied({ ...denied, callerArn, policies: { identity: [list], resource: ofRole(inFolder) } }),
    ).toMatchObject({ certainty: 'sure' });
  });

  test('under which canonical id a policy may name the account', () => {
    const resource = named('files', {
      Effect: 'Allow',
      Principal: { CanonicalUser: '79a59df900b949e5' },
      Action: 's3:*',
      Resource: '*',
    });
    const callerArn = 'arn:aws:iam::444455556666:user/jane';
    unsure({ callerArn, policies: { identity: [read], resource } }, { openQuestions: ['canonical-id'] });
  });

  describe('in which folder the role of a session lies', () => {
    const keyOf = (granteePrincipal: string) =>
      ({
        keyArn,
        keyAccountId: accountId,
        policy: named('key', { ...ofWorker, Principal: { AWS: '444455556666' } }),
        grants: [{ id: 'g', granteePrincipal, operations: ['Decrypt'] }],
      }) as const;
    const policies = { identity: [read], resource: 'none' } as const;

    test('of which only a grant of a key speaks', () => {
      const inFolder = keyOf(`arn:aws:iam::${accountId}:role/batch/worker`);
      unsure({ policies, key: inFolder }, { openQuestions: ['role-path'], mayBeKey: true });
      sure({ policies, key: keyOf(`arn:aws:iam::${accountId}:role/batch/workers`) });
      sure({ policies, key: { ...inFolder, grants: 'none' } });
    });

    test('of which a Deny speaks that means the role without one', () => {
      const own = ofRole(`arn:aws:iam::${accountId}:role/worker`, { Effect: 'Deny' });
      unsure({ policies: { identity: [read], resource: own } }, { openQuestions: ['role-path'] });
      const everyRole = { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/*` } };
      sure({ policies: { identity: [read], resource: ofRole('*', { Effect: 'Deny', Condition: everyRole }) } });
    });

    test.each([
      [`arn:aws:iam::${accountId}:role/batch/n*/worker`],
      [`arn:aws:iam::${accountId}:role/batch/n*ly/w*`],
      [`arn:aws:iam::${accountId}:role/bat?h/*er`],
      [`arn:aws:iam::${accountId}:role/b*/n*/w*`],
      [`arn:aws:iam::*:*/batch/worker`],
    ])('of which a pattern speaks: %s', (pattern) => {
      const like = ofRole('*', { Condition: { ArnLike: { 'aws:PrincipalArn': pattern } } });
      unsure({ policies: { identity: [list], resource: like } }, { openQuestions: ['role-path'] });
    });

    test('of which two patterns speak, each of another part of it', () => {
      const both = {
        ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/batch/*` },
        StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/*/prod/*` },
      };
      unsure({ policies: { identity: [list], resource: ofRole('*', { Condition: both }) } });
    });

    test('of which more patterns speak than are tried out together', () => {
      const unless = (folder: string) =>
        ({
          ...tlsOnlyStatement,
          Sid: folder,
          Condition: { StringNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/*/${folder}/*` } },
        }) as const;
      const inBatch = { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/batch/*` } };
      const allow = { ...ofWorker, Principal: '*', Action: 's3:*', Condition: inBatch } as const;
      const ofThree = {
        identity: [list],
        resource: named('files', allow, unless('prod'), unless('eu')),
      };
      unsure({ policies: ofThree }, { conditions: ['aws:PrincipalArn'] });
      sure({ policies: ofThree, callerArn: `arn:aws:iam::${accountId}:role/batch/prod/worker` });
      const elsewhere = ['a', 'b', 'c'].map((name) => `arn:aws:iam::*:role/${name}`);
      const others = { ArnNotLike: { 'aws:PrincipalArn': elsewhere } };
      sure({ policies: { resource: named('files', { ...tlsOnlyStatement, Condition: others }) } });
    });

    test('so that it may be one of a service, which no organization limits', () => {
      const organization = { identity: [read], resource: 'none', serviceControl: [[list]] } as const;
      const callerArn = `arn:aws:sts::${accountId}:assumed-role/AWSServiceRoleForBackup/session`;
      unsure({ callerArn, policies: organization }, { openQuestions: ['role-path'] });
      sure({ policies: organization });
    });
  });

  test('how the session is called, where the role was given', () => {
    const callerArn = `arn:aws:iam::${accountId}:role/worker`;
    const ofSession = (name: string) => ofRole(`arn:aws:sts::${accountId}:assumed-role/${name}`);
    unsure(
      { callerArn, policies: { identity: [list], resource: ofSession('worker/nightly') } },
      { openQuestions: ['session-name'] },
    );
    sure({ callerArn, policies: { identity: [list], resource: ofSession('other/nightly') } });
  });

  test('whether NotPrincipal excepts a caller that it names in part', () => {
    const { Principal: _all, ...tls } = { ...tlsOnlyStatement, Condition: {} };
    const [account, role, session] = [accountId, `arn:aws:iam::${accountId}:role/worker`, denied.callerArn];
    const allBut = (...AWS: string[]) => ({
      identity: [read],
      resource: named('files', { ...tls, NotPrincipal: { AWS } }),
    });
    for (const part of [[role], [account], [account, session], [role, session]]) {
      unsure({ policies: allBut(...part) }, { openQuestions: expect.arrayContaining(['not-principal']) });
    }
    sure({ policies: allBut('arn:aws:iam::444455556666:root') });
    const { Principal: _role, ...allow } = { ...ofWorker, Action: 's3:*' };
    const allowsOthers = named('files', { ...allow, NotPrincipal: { AWS: account } });
    unsure({ policies: { identity: [list], resource: allowsOthers } }, { openQuestions: ['not-principal'] });
  });

  test('what a grant of a key wants to hear', () => {
    const ofKey = { action: 'kms:Decrypt', resource: keyArn };
    const conditions = ['kms:EncryptionContext:team'];
    for (const name of ['encryptionContextEquals', 'encryptionContextSubset']) {
      const teamed = constrained({ [name]: { team: 'a' } });
      unsure({ ...ofKey, ...teamed }, { conditions });
      sure({ ...ofKey, ...teamed, context: { 'kms:EncryptionContext:team': 'b' } });
      sure({ ...ofKey, ...teamed, context: { 'kms:EncryptionContext:team': [] } });
    }
    const more = { 'kms:EncryptionContext:stage': 'test' };
    unsure({ ...ofKey, ...constrained({ encryptionContextSubset: { team: 'a' } }), context: more }, { conditions });
    const equal = constrained({ encryptionContextEquals: { team: 'a' } });
    sure({ ...ofKey, ...equal, context: more });
    const withoutStage = { 'kms:EncryptionContext:stage': [] };
    unsure({ ...ofKey, ...equal, context: withoutStage }, { conditions });
    unsure({ ...ofKey, ...equal, context: { ...withoutStage, 'kms:EncryptionContext:team': 'a' } }, { conditions: [] });
  });

  test('but not what a grant to somebody else wants to hear, nor one of another operation', () => {
    const grants = [
      grantWanting('own', denied.callerArn, 'Decrypt'),
      grantWanting('other-operation', denied.callerArn, 'Encrypt'),
      grantWanting('other-grantee', 'arn:aws:iam::444455556666:role/other', 'Decrypt'),
    ];
    const policies = { ...constrained({}).policies, grants };
    unsure({ action: 'kms:Decrypt', resource: keyArn, policies }, { conditions: ['kms:EncryptionContext:own'] });
  });

  test('whether the bucket has a key of its own, which says another thing to KMS', () => {
    const ofBuckets = {
      ...ofWorker,
      Condition: { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::files' } },
    };
    const key = { keyArn, keyAccountId: accountId, policy: named('key', ofBuckets), grants: 'none' } as const;
    const policies = { identity: [read], resource: 'none' } as const;
    unsure({ policies, key }, { conditions: ['kms:EncryptionContext:aws:s3:arn'], mayBeKey: true });
    sure({ policies, key: { ...key, hasBucketKey: false } });
    unsure({ policies, key: { ...key, hasBucketKey: true } }, { conditions: [] });
  });

  test('what the key policy asks for of the request', () => {
    const inNetwork = { ...ofWorker, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } };
    const key = { keyArn, keyAccountId: accountId, policy: named('key', inNetwork), grants: 'none' } as const;
    const policies = { identity: [read], resource: 'none' } as const;
    unsure({ policies, key }, { conditions: ['aws:SourceIp'], mayBeKey: true });
    const denies = { ...inNetwork, Effect: 'Deny' } as const;
    unsure({ policies, key: { ...key, policy: named('key', ofWorker, denies) } }, { mayBeKey: true });
  });

  test('whose the resource is', () => {
    const { resourceAccountId: _known, ...guessed } = denied;
    const elsewhere = { StringNotEquals: { 'aws:ResourceAccount': '444455556666' } };
    const onlyThere = named('there', { ...readStatement, Effect: 'Deny', Condition: elsewhere });
    const policies = { identity: [read, onlyThere], resource: 'none' } as const;
    expect(whyDenied({ ...guessed, policies })).toMatchObject({
      certainty: 'elsewhere',
      conditions: ['aws:ResourceAccount'],
      openQuestions: ['resource-account'],
    });
    sure({ policies });
    // What is told holds in either case, but what would mend it doesn't.
    const neither = whyDenied({ ...guessed, policies: { identity: [list], resource: 'none' } });
    expect(neither).toMatchObject({ certainty: 'sure', openQuestions: ['resource-account'] });
    for (const [language, said] of [
      ['en', 'Whose the resource is'],
      ['ja', 'どのアカウントのリソースか'],
    ] as const)
      expect(describeDenial(neither, language).next.join('\n')).toContain(said);
    // An ARN that tells it is believed.
    const queue = {
      ...guessed,
      action: 'sqs:SendMessage',
      resource: `arn:aws:sqs:ap-northeast-1:${accountId}:arrivals`,
    };
    expect(whyDenied({ ...queue, policies: { identity: [list], resource: 'none' } })).toMatchObject({
      certainty: 'sure',
      openQuestions: [],
    });
  });

  test('and a policy that a condition keeps from being public is none that Block Public Access would stop', () => {
    const fromEndpoint = ofRole('*', { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } });
    const callerArn = 'arn:aws:iam::444455556666:user/jane';
    const bucket = { restrictPublicBuckets: true };
    unsure(
      { callerArn, bucket, policies: { identity: [read], resource: fromEndpoint } },
      { conditions: ['aws:SourceVpce'] },
    );
    sure({ callerArn, bucket, policies: { identity: [read], resource: ofRole('*') } });
  });

  test('each open question is told in both languages', () => {
    const questions = ['role-path', 'session-name', 'not-principal', 'canonical-id', 'resource-account'] as const;
    const denial = whyDenied(denied);
    if (denial.certainty !== 'elsewhere') throw new Error('it is known');
    for (const language of ['ja', 'en'] as const) {
      const plain = describeDenial(denial, language).next;
      const told = describeDenial({ ...denial, openQuestions: questions }, language);
      expect(told.next).toHaveLength(plain.length + questions.length);
      expect(told.cause).not.toBe(describeDenial(denial, language).cause);
    }
  });
});

test('an identity policy without it may be made up for by a bucket policy that nobody could read', () => {
  const denial = whyDenied({ ...denied, policies: { identity: [list] } });
  expect(denial).toMatchObject({ certainty: 'elsewhere' });
  expect(denial).toMatchObject({ unread: expect.arrayContaining(['resource-policy', 'permissions-boundary']) });
  expect(denial.certainty === 'elsewhere' && denial.unread[0]).toBe('resource-policy');
});

describe('what AWS says itself', () => {
  const user = `User: ${denied.callerArn} is not authorized to perform: s3:GetObject on resource: "${denied.resource}"`;
  test.each([
    ['with an explicit deny in a service control policy', 'service-control-policy', true],
    ['with an explicit deny in a resource-based policy', 'resource-policy', true],
    ['with an explicit deny in an identity-based policy', 'identity-policy', true],
    ['because no identity-based policy allows the s3:GetObject action', 'identity-policy', false],
    ['because no permissions boundary allows the s3:GetObject action', 'permissions-boundary', false],
    ['because no session policy allows the s3:GetObject action', 'session-policy', false],
    ['because no VPC endpoint policy allows the s3:GetObject action', 'endpoint-policy', false],
    ['because no resource control policy allows the s3:GetObject action', 'resource-control-policy', false],
  ])('%s', (reason, layer, isExplicit) => {
    const denial = whyDenied({ ...denied, message: `${user} ${reason}` });
    expect(denial).toMatchObject({
      certainty: 'told',
      told: { layer, isExplicit, principal: denied.callerArn, action: 's3:GetObject', resource: denied.resource },
    });
    for (const language of ['ja', 'en'] as const) expect(renderDenial(denial, language)).not.toContain('undefined');
  });

  test('goes before what could be read, which is shown where it agrees', () => {
    const policies = { identity: [list], resource: 'none' } as const;
    const other = whyDenied({
      ...denied,
      policies,
      message: `${user} with an explicit deny in a service control policy`,
    });
    expect(other).toMatchObject({ certainty: 'told', told: { layer: 'service-control-policy' } });
    expect(other).not.toHaveProperty('explanation');
    const same = whyDenied({ ...denied, policies, message: `${user} because no identity-based policy allows it` });
    expect(same).toMatchObject({ certainty: 'told', explanation: { decision: { layer: 'identity-policy' } } });
    expect(describeDenial(same, 'en').next.join('\n')).toContain('"Action":"s3:GetObject"');
  });

  test('in English', () => {
    const message = `${user} with an explicit deny in an identity-based policy`;
    expect(renderDenial(whyDenied({ ...denied, message }), 'en')).toContain('a Deny in an identity-based policy.');
  });

  test('"Access Denied" says nothing', () => {
    expect(whyDenied({ ...denied, message: 'Access Denied' })).toMatchObject({ certainty: 'elsewhere' });
  });
});

test('what lies elsewhere is told with where to look, and beyond policies where all were read', () => {
  const unread = whyDenied(denied);
  expect(unread).toMatchObject({ certainty: 'elsewhere', mayBeKey: true });
  expect(describeDenial(unread, 'ja').next[0]).toContain('アイデンティティベースのポリシー、バケットポリシー');
  const everything = {
    identity: [read],
    permissionsBoundary: 'none',
    session: 'none',
    serviceControl: 'none',
    resourceControl: 'none',
    resource: 'none',
    endpoint: 'none',
  } as const;
  const key = { keyArn, keyAccountId: accountId, policy: named('key', { ...ofWorker }) };
  const readAll = whyDenied({ ...denied, policies: everything, key });
  expect(readAll).toMatchObject({ certainty: 'elsewhere', unread: [], mayBeKey: false });
  expect(describeDenial(readAll, 'en').next).toEqual([expect.stringContaining('Block Public Access')]);
});

test('a caller without a name that is known', () => {
  expect(whyDenied({ ...denied, callerArn: 'somebody' })).toEqual({ certainty: 'unknown-caller' });
});

import { bucketPolicy, grantRole, identityPolicy, logsOnly, requireTls, toJson } from '@hikyaku/policies';
import type { PolicyTexts } from './attached-policy.ts';
import type { AskedRequest } from './asked-request.ts';

const accountId = '111122223333';
const roleArn = `arn:aws:iam::${accountId}:role/thumbnails`;
const bucket = 'files';

/** A Lambda function whose role may only write its log, and a bucket that lets it in: the case that puzzles most. */
export const samplePolicies: PolicyTexts = {
  identity: toJson(
    identityPolicy(
      ...logsOnly({ logGroupArn: `arn:aws:logs:ap-northeast-1:${accountId}:log-group:/aws/lambda/thumbnails` }),
    ),
  ),
  bucket: toJson(
    bucketPolicy(
      ...grantRole({ bucket, roleArn, readPrefixes: ['incoming/'], writePrefixes: ['thumbnails/'] }),
      ...requireTls({ bucket }),
    ),
  ),
  boundary: '',
  session: '',
  scp: '',
};

export const emptyPolicies: PolicyTexts = { identity: '', bucket: '', boundary: '', session: '', scp: '' };

export const sampleRequest: AskedRequest = {
  principals: roleArn,
  actions: 's3:GetObject\ns3:PutObject',
  resources: `arn:aws:s3:::${bucket}/incoming/photo.jpg\narn:aws:s3:::${bucket}/thumbnails/photo.jpg`,
  context: 'aws:SecureTransport=true\ns3:TlsVersion=1.3',
  accountId: '',
};

import type { AccessRequest } from '@hikyaku/policies';
import type { SignedRequest } from '../../src/rados-gateway/signed-request.ts';
import { type GatewayAccount, objects, tag } from './gateway-account.ts';

/** One request: as the gateway gets it, and as the evaluator is told of it. */
export interface Operation {
  name: string;
  action: string;
  sent: Omit<SignedRequest, 'path'> & { key?: string };
  context?: Readonly<Record<string, string>>;
}

const existingTag = { [`s3:ExistingObjectTag/${tag.key}`]: tag.value };

/** What may be asked again and again: nothing here takes away what another asks for. */
export function operationsOn({ versionId }: Pick<GatewayAccount, 'versionId'>): Operation[] {
  const read = { method: 'GET' };
  return [
    { name: 'read tagged', action: 's3:GetObject', sent: { ...read, key: objects.tagged }, context: existingTag },
    { name: 'read plain', action: 's3:GetObject', sent: { ...read, key: objects.plain } },
    {
      name: 'read version',
      action: 's3:GetObjectVersion',
      sent: { ...read, key: objects.tagged, query: { versionId } },
      context: { ...existingTag, 's3:VersionId': versionId },
    },
    { name: 'read tags', action: 's3:GetObjectTagging', sent: { ...read, key: objects.plain, query: { tagging: '' } } },
    { name: 'write', action: 's3:PutObject', sent: { method: 'PUT', key: 'incoming/new.csv', body: 'x' } },
    { name: 'write elsewhere', action: 's3:PutObject', sent: { method: 'PUT', key: 'exports/new.csv', body: 'x' } },
    { name: 'delete', action: 's3:DeleteObject', sent: { method: 'DELETE', key: 'incoming/never-there.csv' } },
    ...['incoming/', 'incoming/Jane', 'exports/'].map((prefix) => ({
      name: `list ${prefix}`,
      action: 's3:ListBucket',
      sent: { ...read, query: { 'list-type': '2', prefix, 'max-keys': '5' } },
      context: { 's3:prefix': prefix, 's3:max-keys': '5' },
    })),
    { name: 'list all', action: 's3:ListBucket', sent: { ...read, query: { 'list-type': '2' } } },
    {
      name: 'list folders',
      action: 's3:ListBucket',
      sent: { ...read, query: { 'list-type': '2', delimiter: '/', 'max-keys': '20' } },
      context: { 's3:delimiter': '/', 's3:max-keys': '20' },
    },
    { name: 'where is it', action: 's3:GetBucketLocation', sent: { ...read, query: { location: '' } } },
    {
      name: 'list uploads',
      action: 's3:ListBucketMultipartUploads',
      sent: { ...read, query: { uploads: '' } },
    },
  ];
}

/** The request as AWS would see it: over plain http, from this machine. */
export function requestOf(
  { action, sent, context }: Pick<Operation, 'action' | 'sent' | 'context'>,
  { bucket, accountId }: Pick<GatewayAccount, 'bucket' | 'accountId'>,
  principal: AccessRequest['principal'],
): AccessRequest {
  const resource = `arn:aws:s3:::${bucket}${sent.key === undefined ? '' : `/${sent.key}`}`;
  return {
    principal,
    action,
    resource,
    resourceAccountId: accountId,
    context: {
      'aws:SecureTransport': 'false',
      'aws:SourceIp': '127.0.0.1',
      'aws:CurrentTime': new Date().toISOString(),
      ...context,
    },
  };
}

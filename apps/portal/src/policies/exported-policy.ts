import {
  type Attachment,
  documentOf,
  type Policy,
  toCdk,
  toCloudFormation,
  toJson,
  toTerraform,
} from '@hikyaku/policies';
import type { AttachedName } from './attached-policy.ts';
import { bucketOf } from './workbench.ts';

const exportForms = ['json', 'cloudFormation', 'cdk', 'terraform'] as const;
export type ExportForm = (typeof exportForms)[number];

/** What a policy can be written as. One of a session is nobody's resource: it is handed over when the session is made. */
export function exportFormsOf(name: AttachedName): readonly ExportForm[] {
  return name === 'session' ? ['json'] : exportForms;
}

/** The policy as another tool reads it, attached to what it is for. */
export function exportedPolicy(form: ExportForm, name: AttachedName, policy: Policy): string {
  const document = documentOf(policy);
  const attachment = attachmentOf(name, policy);
  switch (form) {
    case 'json':
      return toJson(document);
    case 'cloudFormation':
      return JSON.stringify(toCloudFormation(document, { logicalId: logicalIds[name], attachment }), null, 2);
    case 'cdk':
      return toCdk(document, { name: `${name}Policy` });
    default:
      return toTerraform(document, { name, attachment });
  }
}

const logicalIds: Record<AttachedName, string> = {
  identity: 'IdentityPolicy',
  bucket: 'BucketPolicy',
  boundary: 'BoundaryPolicy',
  session: 'SessionPolicy',
  scp: 'ServiceControlPolicy',
};

/** A boundary is a managed policy like another. */
function attachmentOf(name: AttachedName, policy: Policy): Attachment {
  if (name === 'bucket') return { kind: 'bucket', bucket: bucketOf(policy) ?? 'bucket' };
  return name === 'scp' ? { kind: 'service-control', policyName: name } : { kind: 'identity' };
}

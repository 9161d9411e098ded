import type { PolicyLayer } from '../evaluate/layer.ts';
import type { Language } from './language.ts';

/** As AWS's own pages call it; a resource's policy by what the action is about. */
export function layerName(layer: PolicyLayer, action: string, language: Language): string {
  const service = action.toLowerCase().split(':')[0] ?? '';
  return layer === 'resource-policy'
    ? (resourcePolicyNames[language][service] ?? layerNames[language][layer])
    : layerNames[language][layer];
}

const layerNames: Record<Language, Record<PolicyLayer, string>> = {
  ja: {
    'service-control-policy': 'サービスコントロールポリシー（SCP）',
    'resource-control-policy': 'リソースコントロールポリシー（RCP）',
    'endpoint-policy': 'VPCエンドポイントポリシー',
    'resource-policy': 'リソースベースのポリシー',
    'identity-policy': 'アイデンティティベースのポリシー',
    'permissions-boundary': 'アクセス許可の境界',
    'session-policy': 'セッションポリシー',
  },
  en: {
    'service-control-policy': 'service control policy (SCP)',
    'resource-control-policy': 'resource control policy (RCP)',
    'endpoint-policy': 'VPC endpoint policy',
    'resource-policy': 'resource-based policy',
    'identity-policy': 'identity-based policy',
    'permissions-boundary': 'permissions boundary',
    'session-policy': 'session policy',
  },
};

const resourcePolicyNames: Record<Language, Record<string, string>> = {
  ja: { s3: 'バケットポリシー', kms: 'キーポリシー', sqs: 'キューポリシー', sts: '信頼ポリシー' },
  en: { s3: 'bucket policy', kms: 'key policy', sqs: 'queue policy', sts: 'trust policy' },
};

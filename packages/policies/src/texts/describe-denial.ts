import type { PolicyLayer } from '../evaluate/layer.ts';
import type { AccessDeniedMessage } from '../explain/access-denied-message.ts';
import type { Denial } from '../explain/why-denied.ts';
import { describeExplanation } from './describe-explanation.ts';
import type { Language } from './language.ts';
import { layerName } from './layer-name.ts';

/** A denial in words: what it was, and what to do next. Each part is whole sentences. */
export interface DenialText {
  cause: string;
  next: readonly string[];
}

export function describeDenial(denial: Denial, language: Language): DenialText {
  const texts = denialTexts[language];
  switch (denial.certainty) {
    case 'unknown-caller':
      return { cause: texts.unknownCaller, next: [] };
    case 'sure': {
      const { because, change } = describeExplanation(denial.explanation, language);
      const { action, resource } = denial.explanation.request;
      return {
        cause: `${texts.denied(action, resource)}${because}`,
        next: change ? [change.intro, ...change.steps, ...change.warnings] : [],
      };
    }
    case 'told': {
      const { told, request } = denial;
      const action = told.action ?? request.action;
      const layer = layerName(told.layer, action, language);
      const cause = told.isExplicit ? texts.toldExplicit(layer) : texts.toldImplicit(layer, action);
      return {
        cause: `${texts.denied(action, told.resource ?? request.resource)}${cause}`,
        next: [texts.remedy(told, layer, action)],
      };
    }
    default: {
      const { action, resource } = denial.request;
      const layers = denial.unread.map((layer: PolicyLayer) => layerName(layer, action, language));
      return {
        cause: `${texts.denied(action, resource)}${texts.elsewhere}`,
        next: [
          ...(layers.length > 0 ? [texts.lookAt(layers)] : []),
          ...(denial.mayBeKey ? [texts.mayBeKey] : []),
          ...(layers.length === 0 && !denial.mayBeKey ? [texts.notPolicies] : []),
        ],
      };
    }
  }
}

export function renderDenial(denial: Denial, language: Language): string {
  const { cause, next } = describeDenial(denial, language);
  return [cause, ...next].join('\n');
}

interface DenialTexts {
  unknownCaller: string;
  denied: (action: string, resource: string) => string;
  toldExplicit: (layer: string) => string;
  toldImplicit: (layer: string, action: string) => string;
  remedy: (told: AccessDeniedMessage, layer: string, action: string) => string;
  elsewhere: string;
  lookAt: (layers: readonly string[]) => string;
  mayBeKey: string;
  notPolicies: string;
}

const denialTexts: Record<Language, DenialTexts> = {
  ja: {
    unknownCaller:
      '呼び出し元の名前から、だれが要求したのか分かりません。aws sts get-caller-identityの表示を確かめてください。',
    denied: (action, resource) => `${resource}への${action}が拒否されました。`,
    toldExplicit: (layer) => `AWSによると、${layer}にあるDenyに一致しました。`,
    toldImplicit: (layer, action) => `AWSによると、${action}を許可する${layer}がありません。`,
    remedy: ({ isExplicit }, layer, action) =>
      isExplicit
        ? `${layer}の管理者に、このDenyの条件（ネットワーク、暗号化、TLSなど）を尋ねてください。Denyがある限り、ほかで許可しても通りません。`
        : `${layer}に${action}を許可するステートメントを加えるよう、管理者に依頼してください。`,
    elsewhere: '読み取れたポリシーは、この要求を許可しています。',
    lookAt: (layers) => `原因は、読み取れなかった次のどれかにあります（可能性の高い順）：${layers.join('、')}。`,
    mayBeKey:
      'オブジェクトがKMSのキーで暗号化されている場合は、キーポリシーとkms:Decrypt（書き込みではkms:GenerateDataKey）の許可も必要です。',
    notPolicies:
      'ポリシー以外の原因を確かめてください：パブリックアクセスのブロック、オブジェクトの所有者とACL、期限の切れた署名付きURLや認証情報。',
  },
  en: {
    unknownCaller: 'Who asked cannot be told from the name of the caller. See what aws sts get-caller-identity prints.',
    denied: (action, resource) => `${action} on ${resource} was denied. `,
    toldExplicit: (layer) => `AWS says that it matched a Deny in a ${layer}.`,
    toldImplicit: (layer, action) => `AWS says that no ${layer} allows ${action}.`,
    remedy: ({ isExplicit }, layer, action) =>
      isExplicit
        ? `Ask whoever keeps the ${layer} what this Deny wants: a network, encryption, TLS. While it stands, no Allow elsewhere helps.`
        : `Ask an administrator to add a statement that allows ${action} to the ${layer}.`,
    elsewhere: 'The policies that could be read allow this request.',
    lookAt: (layers) =>
      `The cause lies in one of those that could not be read, the likeliest first: ${layers.join(', ')}.`,
    mayBeKey:
      'If the object is encrypted with a key of KMS, the key policy and kms:Decrypt (to write, kms:GenerateDataKey) have to allow it too.',
    notPolicies:
      'Look beyond policies: Block Public Access, who owns the object and its ACL, a presigned URL or credentials that have run out.',
  },
};

import type { PolicyLayer } from '../evaluate/layer.ts';
import type { AccessDeniedMessage } from '../explain/access-denied-message.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { Denial, OpenQuestion } from '../explain/why-denied.ts';
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
      const { action, resource } = denial.explanation.request;
      const { cause, next } = shown(denial.explanation, language);
      const open = denial.openQuestions.map((question) => texts.open[question]);
      return { cause: `${texts.denied(action, resource)}${cause}`, next: [...next, ...open] };
    }
    case 'told': {
      const { told, request, explanation } = denial;
      const action = told.action ?? request.action;
      const layer = layerName(told.layer, action, language);
      const said = told.isExplicit ? texts.toldExplicit(layer) : texts.toldImplicit(layer, action);
      const found = explanation ? shown(explanation, language) : { cause: '', next: [] };
      return {
        cause: `${texts.denied(action, told.resource ?? request.resource)}${said}${found.cause}`.trim(),
        next: found.next.length > 0 ? found.next : [texts.remedy(told, layer, action)],
      };
    }
    default: {
      const { request, conditions, openQuestions, mayBeKey } = denial;
      const { action, resource } = request;
      const layers = denial.unread.map((layer: PolicyLayer) => layerName(layer, action, language));
      const isOpen = conditions.length > 0 || openQuestions.length > 0;
      return {
        cause: `${texts.denied(action, resource)}${isOpen ? texts.unsettled : texts.elsewhere}`,
        next: [
          ...(conditions.length > 0 ? [texts.conditions(conditions)] : []),
          ...openQuestions.map((question) => texts.open[question]),
          ...(layers.length > 0 ? [texts.lookAt(layers)] : []),
          ...(mayBeKey ? [texts.mayBeKey] : []),
          ...(layers.length === 0 && !mayBeKey ? [texts.notPolicies] : []),
        ],
      };
    }
  }
}

function shown(explanation: Explanation, language: Language): DenialText {
  const { because, change } = describeExplanation(explanation, language);
  return { cause: because, next: change ? [change.intro, ...change.steps, ...change.warnings] : [] };
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
  /** What could be read may deny it or not. */
  unsettled: string;
  conditions: (keys: readonly string[]) => string;
  open: Record<OpenQuestion, string>;
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
    unsettled: '読み取れたものだけでは、原因を確定できません。',
    conditions: (keys) => `ポリシーの条件が求める次の値を、要求が満たしていたか確かめてください：${keys.join('、')}。`,
    open: {
      'role-path':
        'ポリシーの結果はロールのパスによって変わりますが、セッションの名前からはパスが分かりません。aws iam get-roleでロールのARNを確かめてください。ポリシーの書くARNと違えば、それが原因です。',
      'session-name':
        'ポリシーはロールの特定のセッションを指していますが、要求したセッションの名前が分かりません。aws sts get-caller-identityで確かめてください。名前が違えば、それが原因です。',
      'not-principal':
        'NotPrincipalが呼び出し元の一部（セッション、ロール、アカウントのいずれか）だけを挙げています。その場合に除外されるかどうかをAWSは明記していません。三つとも挙げるか、aws:PrincipalArnの条件に書き換えてください。',
      'canonical-id':
        'ポリシーはアカウントを正規ユーザーIDで指しています。呼び出し元のアカウントのIDかどうかをaws s3api list-bucketsで確かめてください。',
      'resource-account':
        'どのアカウントのリソースかが分からないため、呼び出し元のアカウントのものとしました。別のアカウントのものなら、呼び出し元とリソースの両方のポリシーの許可が必要です。',
    },
    lookAt: (layers) => `読み取れなかった次のポリシーを、可能性の高い順に確かめてください：${layers.join('、')}。`,
    mayBeKey:
      'オブジェクトがKMSのキーで暗号化されている場合は、キーポリシーとkms:Decrypt（書き込みではkms:GenerateDataKey）の許可も必要です。',
    notPolicies:
      'ポリシー以外の原因を確かめてください：パブリックアクセスのブロック、オブジェクトの所有者とACL、期限の切れた署名付きURLや認証情報。',
  },
  en: {
    unknownCaller: 'Who asked cannot be told from the name of the caller. See what aws sts get-caller-identity prints.',
    denied: (action, resource) => `${action} on ${resource} was denied. `,
    toldExplicit: (layer) => `AWS says that it matched a Deny in ${withArticle(layer)}. `,
    toldImplicit: (layer, action) => `AWS says that no ${layer} allows ${action}. `,
    remedy: ({ isExplicit }, layer, action) =>
      isExplicit
        ? `Ask whoever keeps the ${layer} what this Deny wants: a network, encryption, TLS. While it stands, no Allow elsewhere helps.`
        : `Ask an administrator to add a statement that allows ${action} to the ${layer}.`,
    elsewhere: 'The policies that could be read allow this request.',
    unsettled: 'What could be read does not settle why.',
    conditions: (keys) => `See whether the request had what conditions of the policies want: ${keys.join(', ')}.`,
    open: {
      'role-path':
        'What the policies say depends on the path of the role, which the name of a session does not tell. Look up the ARN of the role (aws iam get-role): if the policies write another, that is the cause.',
      'session-name':
        'The policies name a session of the role, and how the session was called that asked is not known. See what aws sts get-caller-identity prints: if it is another, that is the cause.',
      'not-principal':
        'NotPrincipal names the caller in part: not session, role and account alike. AWS does not say whether that excepts it. Name all three, or write a condition on aws:PrincipalArn instead.',
      'canonical-id':
        "The policy names an account by its canonical user id. See whether it is that of the caller's account (aws s3api list-buckets).",
      'resource-account':
        "Whose the resource is was not known; it was taken to be the caller's account's. If it is another's, the caller's policies and those of the resource both have to allow it.",
    },
    lookAt: (layers) => `Look at those that could not be read, the likeliest first: ${layers.join(', ')}.`,
    mayBeKey:
      'If the object is encrypted with a key of KMS, the key policy and kms:Decrypt (to write, kms:GenerateDataKey) have to allow it too.',
    notPolicies:
      'Look beyond policies: Block Public Access, who owns the object and its ACL, a presigned URL or credentials that have run out.',
  },
};

function withArticle(name: string): string {
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

import type { AllowReason, ImplicitDenyReason } from '../evaluate/decision.ts';
import type { ChangeWarning } from '../explain/change.ts';
import type { Language } from './language.ts';

/** What is put into the sentences below; every name is already in the reader's language. */
export interface Words {
  layer: string;
  statement: string;
  grant: string;
}

interface ExplanationTexts {
  answers: Record<'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied', string>;
  allowReasons: Record<AllowReason, (words: Words) => string>;
  denyStatement: (words: Words) => string;
  implicitReasons: Record<ImplicitDenyReason, (words: Words) => string>;
  /** Why a statement did not match. */
  failures: {
    action: (element: string, requested: string) => string;
    resource: (element: string, requested: string) => string;
    principal: (element: string, requested: string) => string;
    noPrincipal: string;
    condition: (operator: string, key: string, wanted: string, found: string | undefined) => string;
  };
  matched: { allow: string; deny: string; parent: string; account: string };
  statementName: (policy: string, layer: string, statement: string) => string;
  unnamedStatement: (number: number) => string;
  changes: {
    intro: Record<'Allowed' | 'Denied', string>;
    addStatement: (layer: string, statement: string) => string;
    addValue: (statement: string, element: string, value: string) => string;
    removeStatement: (statement: string) => string;
    changeRequest: (key: string, value: string) => string;
  };
  warnings: Record<ChangeWarning, string>;
  headings: { statements: string; warnings: string };
}

export const explanationTexts: Record<Language, ExplanationTexts> = {
  ja: {
    answers: {
      Allowed: '許可されます。',
      ExplicitlyDenied: '明示的に拒否されます。',
      ImplicitlyDenied: '許可されません（暗黙的な拒否）。',
    },
    allowReasons: {
      'identity-allows': ({ statement }) => `${statement}が許可しています。`,
      'resource-allows': ({ statement }) =>
        `${statement}が、要求元を直接指定して許可しています。アクセス許可の境界やセッションポリシーに許可がなくても有効です。`,
      'resource-allows-parent': ({ statement }) =>
        `${statement}がロール（またはユーザー）に許可しており、アクセス許可の境界とセッションポリシーもこれを妨げていません。`,
      'both-accounts-allow': ({ statement }) =>
        `リソース側のアカウントのポリシーと、要求元のアカウントの${statement}の両方が許可しています。`,
      'root-user': () => '要求元はアカウントのルートユーザーで、拒否するポリシーがありません。',
      'grant-allows': ({ grant }) => `キーのグラント「${grant}」が許可しています。`,
      'object-owner': ({ statement }) => `オブジェクトは要求元のアカウントのもので、${statement}が許可しています。`,
    },
    denyStatement: ({ statement }) => `${statement}のDenyに一致しました。Denyは、ほかのどの許可よりも優先されます。`,
    implicitReasons: {
      'no-allow': ({ layer }) => `${layer}に、この要求を許可するステートメントがありません。`,
      'neither-allows': () =>
        'リソース側のポリシーにも、要求元のアイデンティティベースのポリシーにも、この要求を許可するステートメントがありません。同じアカウントでは、どちらか一方の許可が必要です。',
      'left-to-account': () =>
        'リソース側のポリシーはアカウントに任せていますが、要求元のアイデンティティベースのポリシーに許可がありません。',
      'both-accounts-needed': ({ layer }) =>
        `${layer}に、この要求を許可するステートメントがありません。別のアカウントのリソースには、両方のアカウントの許可が必要です。`,
      'resource-policy-required': ({ layer }) =>
        `${layer}が、要求元にもアカウントにも許可していません。許可されるまで、IAMポリシーの許可は効きません。`,
      'session-policy-required': () =>
        'フェデレーションユーザーのセッションにセッションポリシーがありません。ないときは何も許可されません。',
      'public-bucket-restricted': () =>
        'バケットポリシーがパブリックと判定され、RestrictPublicBucketsが有効なため、別のアカウントや匿名からのアクセスはできません。',
      'foreign-object': () =>
        'オブジェクトは、書き込んだ別のアカウントのものです。バケット所有者のポリシーでは共有できません。',
      'no-identity': () => '要求元にアカウントがなく、リソース側にもポリシーがありません。',
    },
    failures: {
      action: (element, requested) => `${element}が${requested}に一致しません`,
      resource: (element, requested) => `${element}が${requested}に一致しません`,
      principal: (element, requested) => `${element}が要求元（${requested}）に一致しません`,
      noPrincipal: 'Principalがないため、だれにも一致しません',
      condition: (operator, key, wanted, found) =>
        `条件${operator}の${key}が一致しません（ポリシー：${wanted}、要求：${found ?? 'なし'}）`,
    },
    matched: {
      allow: '一致しました（許可）',
      deny: '一致しました（拒否）',
      parent: '一致しました（ロールへの許可。境界とセッションポリシーの範囲内）',
      account: '一致しました（アカウントへの委任。要求元のアイデンティティベースのポリシーの許可も必要）',
    },
    statementName: (policy, layer, statement) => `${layer}「${policy}」の${statement}`,
    unnamedStatement: (number) => `${number}番目のステートメント`,
    changes: {
      intro: {
        Allowed: '許可されるようにする最小の変更：',
        Denied: '拒否されるようにする最小の変更：',
      },
      addStatement: (layer, statement) => `${layer}に次のステートメントを加える：${statement}`,
      addValue: (statement, element, value) => `${statement}の${element}に「${value}」を加える`,
      removeStatement: (statement) => `${statement}を取り除く`,
      changeRequest: (key, value) => `ポリシーは変えず、${key}が「${value}」になるように要求する`,
    },
    warnings: {
      'grants-everybody': 'だれにでも（匿名にも）公開することになります。',
      'removes-guard':
        'このDenyは、ほかの要求も防いでいます。取り除く前に、条件で対象を狭められないか確かめてください。',
      'organization-wide': '組織のポリシーなので、その下のすべてのアカウントに及びます。',
      'other-account': '別のアカウントにアクセスを与えることになります。',
    },
    headings: { statements: '各ステートメント：', warnings: '注意：' },
  },
  en: {
    answers: {
      Allowed: 'Allowed.',
      ExplicitlyDenied: 'Explicitly denied.',
      ImplicitlyDenied: 'Not allowed (implicit deny).',
    },
    allowReasons: {
      'identity-allows': ({ statement }) => `${statement} allows it.`,
      'resource-allows': ({ statement }) =>
        `${statement} allows it and names the principal itself, so neither a permissions boundary nor a session policy has to allow it too.`,
      'resource-allows-parent': ({ statement }) =>
        `${statement} allows the role (or user), and permissions boundary and session policy do not stand against it.`,
      'both-accounts-allow': ({ statement }) =>
        `Both sides allow it: the policy in the resource's account, and in the principal's account ${statement}.`,
      'root-user': () => 'The principal is the root user of the account, and no policy denies it.',
      'grant-allows': ({ grant }) => `The grant "${grant}" of the key allows it.`,
      'object-owner': ({ statement }) => `The object belongs to the principal's account, and ${statement} allows it.`,
    },
    denyStatement: ({ statement }) => `It matches the Deny of ${statement}. A Deny goes before every Allow.`,
    implicitReasons: {
      'no-allow': ({ layer }) => `No statement of the ${layer} allows this request.`,
      'neither-allows': () =>
        "Neither the resource's policy nor an identity-based policy of the principal allows this request; within an account one of them has to.",
      'left-to-account': () =>
        "The resource's policy leaves it to the account, but no identity-based policy of the principal allows it.",
      'both-accounts-needed': ({ layer }) =>
        `No statement of the ${layer} allows this request. To a resource of another account both accounts have to allow it.`,
      'resource-policy-required': ({ layer }) =>
        `The ${layer} allows neither the principal nor the account. Until it does, an Allow in an IAM policy has no effect.`,
      'session-policy-required': () =>
        'The session of the federated user has no session policy; without one nothing is allowed.',
      'public-bucket-restricted': () =>
        'The bucket policy counts as public and RestrictPublicBuckets is on, so other accounts and anonymous requests have no access.',
      'foreign-object': () =>
        "The object belongs to another account, which wrote it. The bucket owner's policies cannot share it.",
      'no-identity': () => 'The principal has no account, and the resource has no policy.',
    },
    failures: {
      action: (element, requested) => `${element} does not match ${requested}`,
      resource: (element, requested) => `${element} does not match ${requested}`,
      principal: (element, requested) => `${element} does not match the principal (${requested})`,
      noPrincipal: 'there is no Principal, so it matches nobody',
      condition: (operator, key, wanted, found) =>
        `condition ${operator} on ${key} is not met (policy: ${wanted}; request: ${found ?? 'absent'})`,
    },
    matched: {
      allow: 'matches (allows)',
      deny: 'matches (denies)',
      parent: 'matches (allows the role, within boundary and session policy)',
      account: "matches (hands over to the account: the principal's identity-based policy has to allow it too)",
    },
    statementName: (policy, layer, statement) => `${statement} of the ${layer} "${policy}"`,
    unnamedStatement: (number) => `statement ${number}`,
    changes: {
      intro: { Allowed: 'The smallest change that would allow it:', Denied: 'The smallest change that would deny it:' },
      addStatement: (layer, statement) => `Add this statement to the ${layer}: ${statement}`,
      addValue: (statement, element, value) => `Add "${value}" to the ${element} of ${statement}`,
      removeStatement: (statement) => `Remove ${statement}`,
      changeRequest: (key, value) => `Leave the policies alone; make the request so that ${key} is "${value}"`,
    },
    warnings: {
      'grants-everybody': 'This opens it to everybody, anonymous requests included.',
      'removes-guard': 'This Deny guards other requests too. See first whether a condition can spare this one alone.',
      'organization-wide': 'This is a policy of the organization: it holds for every account below it.',
      'other-account': 'This gives another account access.',
    },
    headings: { statements: 'Each statement:', warnings: 'Mind:' },
  },
};

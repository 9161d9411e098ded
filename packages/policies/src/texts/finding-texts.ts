import type { LintFindingId } from '../lint/lint-finding.ts';
import type { GrammarFindingId } from '../policy/finding.ts';
import type { Language } from './language.ts';

/** What is found, and what to do about it. Details that a finding doesn't have read as empty. */
export interface FindingText {
  problem: string;
  fix: string;
}
type Details = (name: string) => string;
type FindingTexts = Record<GrammarFindingId | LintFindingId, Record<Language, (detail: Details) => FindingText>>;

const text = (problem: string, fix: string): FindingText => ({ problem, fix });
const meant = (d: Details, before: string, after: string) => (d('meant') ? `${before}${d('meant')}${after}` : '');

export const findingTexts: FindingTexts = {
  'json-syntax': {
    ja: (d) =>
      text(
        d('near') ? `JSONとして読めません（「${d('near')}」の位置）。` : 'JSONが途中で終わっています。',
        'カンマ、引用符、かっこの対応を確かめてください。',
      ),
    en: (d) =>
      text(
        d('near') ? `This is not JSON, at "${d('near')}".` : 'The JSON ends too early.',
        'Look for a comma, quotation mark or bracket that is missing or too many.',
      ),
  },
  'too-large': {
    ja: () =>
      text(
        'ポリシーとして長すぎます。AWSのどのポリシーも、この長さにはなりません。',
        '別のファイルを貼り付けていないか確かめてください。',
      ),
    en: () => text('This is too long to be a policy of any kind.', 'See whether another file was pasted.'),
  },
  'too-deep': {
    ja: () => text('入れ子が深すぎます。', 'ポリシーの値は7段より深くなりません。かっこの対応を確かめてください。'),
    en: () =>
      text('This is nested too deeply.', 'No value of a policy stands deeper than seven levels; check the brackets.'),
  },
  'wrong-type': {
    ja: (d) => text(`ここに置けない種類の値です（${d('found')}）。`, `${d('expected')}にしてください。`),
    en: (d) =>
      text(`A value of this kind (${d('found')}) cannot stand here.`, `Write a value of the kind ${d('expected')}.`),
  },
  'duplicate-key': {
    ja: (d) => text(`「${d('element')}」が2度書かれています。`, '1つにまとめてください。'),
    en: (d) => text(`"${d('element')}" is written twice.`, 'Make one of them.'),
  },
  'unknown-element': {
    ja: (d) =>
      text(
        `「${d('element')}」という要素はありません。`,
        d('meant') ? `「${d('meant')}」と書いてください。大文字と小文字は区別されます。` : '取り除いてください。',
      ),
    en: (d) =>
      text(
        `There is no element "${d('element')}".`,
        d('meant') ? `Write "${d('meant')}"; its case matters.` : 'Remove it.',
      ),
  },
  'missing-element': {
    ja: (d) => text(`「${d('element')}」がありません。`, `「${d('element')}」を加えてください。`),
    en: (d) => text(`"${d('element')}" is missing.`, `Add "${d('element')}".`),
  },
  'conflicting-elements': {
    ja: (d) =>
      text(
        `「${d('element')}」と「${d('other')}」は一緒に書けません。`,
        'どちらか一方にするか、ステートメントを分けてください。',
      ),
    en: (d) =>
      text(`"${d('element')}" and "${d('other')}" cannot stand together.`, 'Keep one, or make two statements.'),
  },
  'empty-list': {
    ja: (d) => text(`「${d('element')}」が空です。`, '1つ以上の値を書いてください。'),
    en: (d) => text(`"${d('element')}" is empty.`, 'Write at least one value.'),
  },
  'invalid-version': {
    ja: (d) =>
      text(
        `「${d('value')}」というバージョンはありません。`,
        '「2012-10-17」と書いてください。日付ではなく、ポリシー言語の版です。',
      ),
    en: (d) =>
      text(
        `There is no version "${d('value')}".`,
        'Write "2012-10-17": it names the language, not the day you wrote the policy.',
      ),
  },
  'invalid-effect': {
    ja: (d) => text(`Effectは「${d('value')}」にできません。`, '「Allow」か「Deny」にしてください。'),
    en: (d) => text(`Effect cannot be "${d('value')}".`, 'Write "Allow" or "Deny".'),
  },
  'invalid-principal-type': {
    ja: (d) =>
      text(
        `「${d('value')}」という種類のプリンシパルはありません。`,
        'AWS、Service、Federated、CanonicalUserのどれかにしてください。',
      ),
    en: (d) =>
      text(`There is no kind of principal "${d('value')}".`, 'Write AWS, Service, Federated or CanonicalUser.'),
  },
  'unknown-operator': {
    ja: (d) =>
      text(
        `「${d('value')}」という条件演算子はありません。`,
        '綴りと大文字・小文字を確かめてください。Nullに「IfExists」は付けられません。',
      ),
    en: (d) =>
      text(`There is no condition operator "${d('value')}".`, 'Check its spelling and case; Null takes no "IfExists".'),
  },
  'invalid-condition-value': {
    ja: (d) =>
      text(
        `${d('operator')}は「${d('value')}」と比べられません。`,
        '数値、日時（ISO 8601）、IPアドレスの範囲（CIDR）、true・falseのうち、演算子に合う形で書いてください。',
      ),
    en: (d) =>
      text(
        `${d('operator')} cannot compare anything with "${d('value')}".`,
        'Write a number, a date and time (ISO 8601), a range of addresses (CIDR), or true or false, as the operator asks for.',
      ),
  },
  'old-version': {
    ja: () =>
      text(
        'ポリシー言語の古い版（2008-10-17）です。変数などが使えません。',
        '"Version": "2012-10-17" と書いてください。今の版はこれで、2008-10-17は古い版です。',
      ),
    en: () =>
      text(
        'This is the older version of the language (2008-10-17), without variables.',
        'Write "Version": "2012-10-17", the current one; 2008-10-17 is not the only version.',
      ),
  },
  'variable-in-old-version': {
    ja: (d) =>
      text(
        `「${d('value')}」の変数は、この版では文字どおりに扱われ、置き換わりません。`,
        '"Version": "2012-10-17" と書いてください。',
      ),
    en: (d) =>
      text(
        `In this version the variable in "${d('value')}" stands for itself and is not replaced.`,
        'Write "Version": "2012-10-17".',
      ),
  },
  'variable-without-effect': {
    ja: (d) =>
      text(
        `「${d('value')}」のこの位置では、変数は使えません。`,
        '変数は、ARNの5つ目のコロンより後と、文字列・ARNの条件の値で使えます。',
      ),
    en: (d) =>
      text(
        `A variable has no effect where it stands in "${d('value')}".`,
        'Variables work after the fifth colon of an ARN and in the values of string and ARN conditions.',
      ),
  },
  'principal-missing': {
    ja: () => text('だれについてのステートメントかが書かれていません。', 'Principalを加えてください。'),
    en: () => text('The statement does not say whom it is about.', 'Add a Principal.'),
  },
  'principal-not-allowed': {
    ja: (d) =>
      text(
        `この種類のポリシーに${d('element')}は書けません。付けた相手がプリンシパルになります。`,
        `${d('element')}を取り除いてください。`,
      ),
    en: (d) =>
      text(
        `A policy of this kind takes no ${d('element')}: whom it is attached to is the principal.`,
        `Remove ${d('element')}.`,
      ),
  },
  'principal-malformed': {
    ja: (d) =>
      text(
        `「${d('value')}」は、プリンシパルの形ではありません。`,
        'アカウントID、またはユーザー、ロール、ロールセッションのARNを書いてください。グループは指定できません。',
      ),
    en: (d) =>
      text(
        `"${d('value')}" has not the form of a principal.`,
        'Write an account id, or the ARN of a user, role or role session; groups cannot be named.',
      ),
  },
  'principal-with-wildcard': {
    ja: (d) =>
      text(
        `プリンシパルの一部に「*」や「?」は使えません（${d('value')}）。`,
        'Principalを"*"にして、ArnLikeのaws:PrincipalArnで絞ってください。',
      ),
    en: (d) =>
      text(
        `A wildcard cannot stand for part of a principal (${d('value')}).`,
        'Make the Principal "*" and narrow it by ArnLike on aws:PrincipalArn.',
      ),
  },
  'public-principal': {
    ja: () =>
      text(
        'だれにでも（匿名にも）許可しています。',
        'プリンシパルを名指しするか、aws:PrincipalOrgID、aws:SourceVpceなどの条件で絞ってください。',
      ),
    en: () =>
      text(
        'This allows everybody, anonymous requests included.',
        'Name the principals, or narrow it by a condition such as aws:PrincipalOrgID or aws:SourceVpce.',
      ),
  },
  'user-with-long-lived-keys': {
    ja: (d) =>
      text(
        `IAMユーザーに許可しています（${d('value')}）。ユーザーのアクセスキーは期限がなく、漏れると長く使われます。`,
        'ロールを作り、一時的な認証情報で使うようにしてください。',
      ),
    en: (d) =>
      text(
        `This allows an IAM user (${d('value')}), whose keys do not expire and serve for long if they leak.`,
        'Make a role and use its temporary credentials.',
      ),
  },
  'confused-deputy': {
    ja: (d) =>
      text(
        `サービス（${d('value')}）に、だれの代理かを問わず許可しています。他人のリソースからも使われます（混乱した代理）。`,
        'aws:SourceArnまたはaws:SourceAccountの条件を加えてください。',
      ),
    en: (d) =>
      text(
        `This lets the service ${d('value')} in on anybody's behalf: others could use it through their own resources (the confused deputy).`,
        'Add a condition on aws:SourceArn or aws:SourceAccount.',
      ),
  },
  'account-means-root': {
    ja: (d) =>
      text(
        `ゲートウェイエンドポイントでは、「${d('value')}」はアカウントのルートユーザーだけを指します。`,
        'Principalを"*"にして、aws:PrincipalArnかaws:PrincipalAccountの条件で絞ってください。',
      ),
    en: (d) =>
      text(
        `At a gateway endpoint "${d('value')}" means the root user of the account alone.`,
        'Make the Principal "*" and narrow it by aws:PrincipalArn or aws:PrincipalAccount.',
      ),
  },
  'not-principal-with-allow': {
    ja: () =>
      text(
        'NotPrincipalとAllowで、書いた相手以外の全員（匿名も）に許可しています。',
        'Principalで、許可する相手を書いてください。',
      ),
    en: () =>
      text(
        'NotPrincipal with Allow allows everybody but those it names, anonymous requests included.',
        'Write whom it allows, as Principal.',
      ),
  },
  'not-principal-without-account': {
    ja: (d) =>
      text(
        `「${d('value')}」は書かれていますが、そのアカウント（${d('account')}）がないため、拒否されることがあります。`,
        'アカウントも書くか、Principalを"*"にしてArnNotEqualsのaws:PrincipalArnを使ってください。',
      ),
    en: (d) =>
      text(
        `"${d('value')}" is named but not its account (${d('account')}), so it may be denied all the same.`,
        'Name the account too, or use Principal "*" with ArnNotEquals on aws:PrincipalArn.',
      ),
  },
  'resource-missing': {
    ja: () => text('何に対するステートメントかが書かれていません。', 'Resourceを加えてください。'),
    en: () => text('The statement does not say what it is about.', 'Add a Resource.'),
  },
  'resource-not-allowed': {
    ja: (d) =>
      text(
        `信頼ポリシーに${d('element')}は書けません。ロール自身が対象です。`,
        `${d('element')}を取り除いてください。`,
      ),
    en: (d) => text(`A trust policy takes no ${d('element')}: it is about its own role.`, `Remove ${d('element')}.`),
  },
  'malformed-arn': {
    ja: (d) =>
      text(
        `「${d('value')}」はARNの形ではありません。`,
        '「arn:aws:s3:::バケット名/*」のように、コロンで区切った6つの部分で書いてください。',
      ),
    en: (d) =>
      text(
        `"${d('value')}" has not the form of an ARN.`,
        'Write six parts between colons, such as arn:aws:s3:::bucket/*.',
      ),
  },
  'wrong-resource-for-action': {
    ja: (d) =>
      text(
        `${d('value')}は、このリソース（${d('resource')}）には働きません。`,
        `「${d('expected')}」の形のリソースを書いてください。`,
      ),
    en: (d) =>
      text(
        `${d('value')} does not work on this resource (${d('resource')}).`,
        `Write a resource of the form ${d('expected')}.`,
      ),
  },
  'action-needs-every-resource': {
    ja: (d) => text(`${d('value')}は、リソースを絞れません。`, 'Resourceが"*"の別のステートメントに移してください。'),
    en: (d) =>
      text(`${d('value')} cannot be limited to a resource.`, 'Move it to a statement of its own with Resource "*".'),
  },
  'every-resource': {
    ja: (d) =>
      text(
        `${d('value')}をすべてのリソースに許可しています。`,
        `「${d('expected')}」の形で、必要なものだけを書いてください。`,
      ),
    en: (d) =>
      text(`${d('value')} is allowed on every resource.`, `Write only those that are needed, as ${d('expected')}.`),
  },
  'not-resource-with-allow': {
    ja: () =>
      text(
        'NotResourceとAllowで、書いたもの以外のすべて（これから作るものも）に許可しています。',
        'Resourceで、許可するものを書いてください。',
      ),
    en: () =>
      text(
        'NotResource with Allow allows everything but what it names, also what is made later.',
        'Write what it allows, as Resource.',
      ),
  },
  'malformed-action': {
    ja: (d) =>
      text(
        `「${d('value')}」はアクションの形ではありません。`,
        '「s3:GetObject」のように、サービスとコロンを付けて書いてください。',
      ),
    en: (d) =>
      text(
        `"${d('value')}" has not the form of an action.`,
        'Write the service, a colon and the name, such as s3:GetObject.',
      ),
  },
  'unknown-action': {
    ja: (d) =>
      text(
        `「${d('value')}」というアクションはありません。${d('value').toLowerCase() === 's3:getobjectmetadata' ? 'メタデータはs3:GetObjectの許可で読めます。' : ''}`,
        meant(d, '「', '」のことではありませんか。') || '取り除くか、サービスのアクション一覧で確かめてください。',
      ),
    en: (d) =>
      text(
        `There is no action "${d('value')}".${d('value').toLowerCase() === 's3:getobjectmetadata' ? ' Metadata is read with s3:GetObject.' : ''}`,
        meant(d, 'Did you mean "', '"?') || "Remove it, or look it up in the service's list of actions.",
      ),
  },
  'action-of-other-service': {
    ja: (d) =>
      text(
        `${d('value')}は、このリソースのポリシーでは意味がありません。`,
        `${d('service')}: で始まるアクションだけを書いてください。`,
      ),
    en: (d) =>
      text(
        `${d('value')} means nothing in the policy of this resource.`,
        `Write actions that begin with ${d('service')}: only.`,
      ),
  },
  'every-action': {
    ja: () => text('すべてのサービスのすべてのアクションを許可しています。', '必要なアクションだけを書いてください。'),
    en: () => text('This allows every action of every service.', 'Write only the actions that are needed.'),
  },
  'every-action-of-service': {
    ja: (d) =>
      text(
        `${d('value')}は、削除や権限の変更を含むすべてのアクションを許可します。`,
        '必要なアクションだけを書いてください。',
      ),
    en: (d) =>
      text(
        `${d('value')} allows all there is, deleting and changing permissions included.`,
        'Write only the actions that are needed.',
      ),
  },
  'not-action-with-allow': {
    ja: () =>
      text(
        'NotActionとAllowで、書いたもの以外のすべてのアクション（ほかのサービスも）を許可しています。',
        'Actionで、許可するものを書いてください。',
      ),
    en: () =>
      text(
        'NotAction with Allow allows every action but those it names, of other services too.',
        'Write what it allows, as Action.',
      ),
  },
  'unknown-condition-key': {
    ja: (d) =>
      text(`「${d('key')}」という条件キーはありません。`, '綴りを確かめるか、サービスの条件キー一覧を見てください。'),
    en: (d) =>
      text(
        `There is no condition key "${d('key')}".`,
        "Check its spelling, or look it up in the service's list of condition keys.",
      ),
  },
  'key-never-present': {
    ja: (d) =>
      text(
        `${d('action')}の要求に「${d('key')}」が付くことはないため、この条件は常に同じ結果になります。`,
        'このキーを持つアクションと組み合わせ、ほかのアクションは別のステートメントにしてください。',
      ),
    en: (d) =>
      text(
        `Requests for ${d('action')} never have "${d('key')}", so the condition always comes out the same.`,
        'Use it with actions that have the key, and put the others into a statement of their own.',
      ),
  },
  'wrong-operator-for-key': {
    ja: (d) =>
      text(
        `${d('key')}（種類：${d('type')}）は、${d('operator')}では正しく比べられません。`,
        `${d('type')}に合う演算子を使ってください。`,
      ),
    en: (d) =>
      text(
        `${d('key')} (of type ${d('type')}) is not compared rightly by ${d('operator')}.`,
        `Use an operator for ${d('type')}.`,
      ),
  },
  'wildcard-without-like': {
    ja: (d) =>
      text(
        `${d('operator')}では、「${d('value')}」の*や?は文字そのものです。`,
        'ワイルドカードのつもりなら、StringLike・StringNotLikeにしてください。',
      ),
    en: (d) =>
      text(
        `To ${d('operator')} the * or ? in "${d('value')}" is only itself.`,
        'If it is meant as a wildcard, use StringLike or StringNotLike.',
      ),
  },
  'set-operator-missing': {
    ja: (d) =>
      text(
        `${d('key')}は複数の値を持ちます。このままでは結果が定まりません。`,
        'ForAnyValue: または ForAllValues: を付けてください。',
      ),
    en: (d) =>
      text(
        `${d('key')} has several values; what this compares is not defined.`,
        'Put ForAnyValue: or ForAllValues: before the operator.',
      ),
  },
  'set-operator-on-single-value': {
    ja: (d) =>
      text(
        `${d('key')}は1つの値しか持ちません。${d('operator')}は広すぎる許可につながります。`,
        'ForAllValues:・ForAnyValue: を取り除いてください。',
      ),
    en: (d) =>
      text(
        `${d('key')} has a single value; ${d('operator')} may allow too much.`,
        'Remove ForAllValues: or ForAnyValue:.',
      ),
  },
  'for-all-values-with-allow': {
    ja: (d) =>
      text(
        `ForAllValuesは、要求に${d('key')}がないときも一致し、許可してしまいます。`,
        `"Null": {"${d('key')}": "false"} の条件を加えてください。`,
      ),
    en: (d) =>
      text(
        `ForAllValues is also met, and allows, where a request has no ${d('key')}.`,
        `Add the condition "Null": {"${d('key')}": "false"}.`,
      ),
  },
  'private-source-ip': {
    ja: (d) =>
      text(
        `aws:SourceIpはパブリックIPアドレスです。プライベートの「${d('value')}」になることはなく、VPCエンドポイント経由ではキー自体がありません。`,
        'VPC内からの要求は、aws:SourceVpce、aws:SourceVpc、aws:VpcSourceIpで絞ってください。',
      ),
    en: (d) =>
      text(
        `aws:SourceIp is a public address: it is never within the private range "${d('value')}", and requests through a VPC endpoint have none.`,
        'Narrow requests from a VPC by aws:SourceVpce, aws:SourceVpc or aws:VpcSourceIp.',
      ),
  },
  'invalid-sid': {
    ja: (d) => text(`Sid「${d('value')}」に使えない文字があります。`, '英字（A–Z、a–z）と数字だけにしてください。'),
    en: (d) =>
      text(`The Sid "${d('value')}" has signs that are not allowed.`, 'Use the letters A–Z and a–z and digits only.'),
  },
  'duplicate-sid': {
    ja: (d) => text(`Sid「${d('value')}」が2度使われています。`, '別の名前にしてください。'),
    en: (d) => text(`The Sid "${d('value')}" is used twice.`, 'Give it another name.'),
  },
  'duplicate-statement': {
    ja: () => text('同じ内容のステートメントがほかにもあります。', '1つを取り除いてください。'),
    en: () => text('Another statement says the same.', 'Remove one of them.'),
  },
};

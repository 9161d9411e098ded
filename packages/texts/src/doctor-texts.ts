import type { DoctorCheck, DoctorReason, DoctorState, ErrorDetails, Locale } from '@hikyaku/types';
import type { ByLocale } from './by-locale.ts';
import { type DetailReader, phrase } from './detail-reader.ts';
import { because, type ReasonText } from './reason-text.ts';

/** What is looked at. */
export const doctorCheckTexts = {
  credentials: { ja: '認証情報', en: 'Credentials' },
  'instance-metadata': { ja: 'EC2 のインスタンス情報（IMDSv2）', en: 'EC2 instance metadata (IMDSv2)' },
  identity: { ja: '呼び出し元（STS）', en: 'Identity (STS)' },
  'name-resolution': { ja: 'S3 の名前解決（DNS）', en: 'Name of S3 (DNS)' },
  connection: { ja: 'S3 への接続と証明書', en: 'Connection to S3 and its certificate' },
  clock: { ja: '時計のずれ', en: 'Clock' },
  list: { ja: '一覧の取得', en: 'Listing' },
  write: { ja: '書き込み', en: 'Writing' },
  read: { ja: '読み取り', en: 'Reading' },
  encryption: { ja: '保管時の暗号化', en: 'Encryption at rest' },
  delete: { ja: '削除', en: 'Deleting' },
  queue: { ja: '到着通知のキュー（SQS）', en: 'Queue of arrivals (SQS)' },
} satisfies Record<DoctorCheck, ByLocale<string>>;

export const doctorStateTexts = {
  ok: { ja: '正常', en: 'ok' },
  warn: { ja: '注意', en: 'warning' },
  fail: { ja: '異常', en: 'failed' },
  skipped: { ja: '省略', en: 'skipped' },
} satisfies Record<DoctorState, ByLocale<string>>;

/** Why a check is not simply well, and what helps. Every detail is optional. */
export const doctorReasonTexts = {
  'credentials-ending': {
    ja: (d) =>
      because(
        `認証情報が${phrase([d.duration('seconds')], (left) => `あと${left}で`) || 'まもなく'}切れます。`,
        'ロールを引き受け直すか、サインインし直してから、長い処理を始めてください。署名付きURLも同時に使えなくなります。',
      ),
    en: (d) =>
      because(
        `The credentials end ${phrase([d.duration('seconds')], (left) => `in ${left}`) || 'soon'}.`,
        'Assume the role again or sign in again before anything long: signed URLs die with them too.',
      ),
  },
  'not-on-ec2': {
    ja: () => because('EC2 の上ではないか、インスタンス情報に届きません。', null),
    en: () => because('This is not an EC2 instance, or its metadata is out of reach.', null),
  },
  'switched-off': {
    ja: () => because('AWS_EC2_METADATA_DISABLED=true により、確認していません。', null),
    en: () => because('AWS_EC2_METADATA_DISABLED=true: not looked at.', null),
  },
  'metadata-without-token': {
    ja: () =>
      because(
        'インスタンス情報が、トークンなし（IMDSv1）でも読めます。SSRF の脆弱性があると、ロールの認証情報が盗まれます。',
        'インスタンスの設定で HttpTokens を required にしてください。',
      ),
    en: () =>
      because(
        'Instance metadata answers without a token too (IMDSv1): a hole in any program on it would give the role away.',
        'Set HttpTokens to required in the metadata options of the instance.',
      ),
  },
  'no-instance-role': {
    ja: () =>
      because(
        'このインスタンスには、ロールが割り当てられていません。',
        'インスタンスプロファイルを割り当てるか、ほかの認証情報を設定してください。',
      ),
    en: () =>
      because('The instance has no role.', 'Attach an instance profile, or configure credentials of another kind.'),
  },
  'not-supported': {
    ja: () => because('この保管場所は、この問い合わせに対応していません。', null),
    en: () => because('This store does not know the question.', null),
  },
  'name-not-resolved': {
    ja: (d) =>
      because(
        `保管場所の名前${phrase([d.words('host')], (host) => `『${host}』`)}の住所が見つかりません。`,
        'リージョンとエンドポイントの綴り、DNS サーバー、VPC の「DNS ホスト名」の設定を確かめてください。',
      ),
    en: (d) =>
      because(
        `No address was found for the store's name${phrase([d.words('host')], (host) => ` '${host}'`)}.`,
        'Check region and endpoint to the letter, the DNS server, and the DNS settings of the VPC.',
      ),
  },
  'through-proxy': {
    ja: (d) =>
      because(`プロキシ${phrase([d.words('proxy')], (proxy) => `『${proxy}』`)}を通るため、確認していません。`, null),
    en: (d) =>
      because(
        `Requests go through the proxy${phrase([d.words('proxy')], (proxy) => ` ${proxy}`)}: not looked at.`,
        null,
      ),
  },
  'no-tls': {
    ja: () =>
      because(
        '暗号化されていない接続（http）です。途中の機器から、内容も署名も見えます。',
        'https のエンドポイントを設定してください。',
      ),
    en: () =>
      because(
        'The connection is not encrypted (http): whoever is in between reads contents and signatures.',
        'Configure an endpoint with https.',
      ),
  },
  'certificate-ending': {
    ja: (d) =>
      because(
        `保管場所の証明書の期限が近づいています${phrase([d.words('validTo')], (end) => `（${end}）`)}。`,
        '保管場所または社内プロキシの管理者に、更新を依頼してください。',
      ),
    en: (d) =>
      because(
        `The certificate of the store ends soon${phrase([d.words('validTo')], (end) => ` (${end})`)}.`,
        'Ask whoever runs the store, or the proxy before it, to renew it.',
      ),
  },
  'clock-off': {
    ja: (d) =>
      because(
        `この機械の時計が${d.duration('seconds') ?? ''}ずれています。15分を超えると、すべての要求が拒否されます。`,
        '時刻同期（chrony、NTP、w32time）を有効にしてください。',
      ),
    en: (d) =>
      because(
        `This machine's clock is ${phrase([d.duration('seconds')], (off) => `${off} `)}off. Beyond 15 minutes every request is refused.`,
        'Switch time synchronization on (chrony, NTP, w32time).',
      ),
  },
  'probe-differs': {
    ja: () =>
      because(
        '書き込んだ内容と、読み取った内容が一致しません。途中の機器が内容を変えているおそれがあります。',
        'プロキシやセキュリティ製品を通さない経路で、もう一度確かめてください。',
      ),
    en: () =>
      because(
        'What was read is not what was written: something in between may change contents.',
        'Try again on a way without proxies and security products.',
      ),
  },
  'other-encryption': {
    ja: (d) =>
      because(
        `指定した KMS キーで暗号化されていません${phrase([d.words('encryption')], (kind) => `（${kind}）`)}。`,
        'バケットの既定の暗号化と、キーの ID を確かめてください。',
      ),
    en: (d) =>
      because(
        `The object is not encrypted with the key of KMS that was asked for${phrase([d.words('encryption')], (kind) => ` (${kind})`)}.`,
        "Check the bucket's default encryption and the id of the key.",
      ),
  },
  'probe-hidden': {
    ja: (d) =>
      because(
        `版を削除する権限がないため、確認用のオブジェクト${phrase([d.words('key')], (key) => `『${key}』`)}は隠しただけです。`,
        'ライフサイクル規則で古い版を消すか、s3:DeleteObjectVersion を持つ人に削除を依頼してください。',
      ),
    en: (d) =>
      because(
        `Without the right to delete versions the probe${phrase([d.words('key')], (key) => ` '${key}'`)} could only be hidden.`,
        'Let a lifecycle rule remove old versions, or ask somebody with s3:DeleteObjectVersion.',
      ),
  },
  'probe-left': {
    ja: (d) =>
      because(
        `確認用のオブジェクト${phrase([d.words('key')], (key) => `『${key}』`)}を削除できず、残っています。`,
        's3:DeleteObject の権限を確かめ、このオブジェクトを削除してください。',
      ),
    en: (d) =>
      because(
        `The probe${phrase([d.words('key')], (key) => ` '${key}'`)} could not be deleted and is still there.`,
        'Check the right to s3:DeleteObject, and delete it.',
      ),
  },
  'queue-refused': {
    ja: (d) =>
      because(
        `キューを確認できません${phrase([d.words('awsCode')], (code) => `（${code}）`)}。`,
        'キューの URL とリージョン、sqs:GetQueueAttributes の権限、キューのポリシーを確かめてください。',
      ),
    en: (d) =>
      because(
        `The queue could not be looked at${phrase([d.words('awsCode')], (code) => ` (${code})`)}.`,
        "Check the queue's URL and region, the right to sqs:GetQueueAttributes, and the queue's policy.",
      ),
  },
  'not-asked': {
    ja: () => because('指定されていないため、確認していません。', null),
    en: () => because('Not given, so not looked at.', null),
  },
  'stands-on-broken': {
    ja: () => because('前の確認が通らないため、確認できません。', null),
    en: () => because('Something it stands on failed.', null),
  },
} satisfies Record<DoctorReason, ByLocale<(details: DetailReader) => ReasonText>>;

/** What is worth knowing of a check that is well, in a few words. */
export function doctorFact(check: DoctorCheck, details: ErrorDetails, locale: Locale): string {
  const isJapanese = locale === 'ja';
  const word = (name: string) => String(details[name] ?? '');
  switch (check) {
    case 'credentials': {
      const isTemporary = details['kind'] === 'temporary';
      if (isJapanese) return isTemporary ? '一時的な認証情報' : '長期のキー';
      return isTemporary ? 'temporary' : 'a key that lasts';
    }
    case 'instance-metadata':
      return word('role');
    case 'identity':
      return word('arn');
    case 'name-resolution':
      if (details['reach'] === 'private') return `${word('host')} → ${word('address')} (PrivateLink)`;
      return `${word('host')} → ${word('address')}`;
    case 'connection':
      return [`${word('latency')} ms`, word('issuer')].filter(Boolean).join(', ');
    case 'clock':
      return isJapanese ? `${word('seconds')}秒` : `${word('seconds')} s`;
    case 'list':
      return `${word('bucket')}/${word('prefix')}`;
    case 'encryption':
      return word('encryption');
    case 'queue':
      return isJapanese
        ? `待機 ${word('waiting')}、処理中 ${word('inHand')}`
        : `${word('waiting')} waiting, ${word('inHand')} in hand`;
    default:
      return '';
  }
}

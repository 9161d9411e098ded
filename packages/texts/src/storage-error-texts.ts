import type { Locale, StorageErrorCode } from '@hikyaku/types';
import { type DetailReader, phrase } from './detail-reader.ts';
import type { ErrorTextMaker } from './error-text.ts';
import { say } from './say.ts';

const nothingChanged = { ja: 'ファイルは変わっていません。', en: 'No file was changed.' };
/** What came so far stays beside the file, and the next run goes on from there. */
const continuesLater = {
  ja: '受け取った分は残っています。もう一度実行すると、続きから始まります。',
  en: 'What has come is kept, and running it again goes on from there.',
};
const nothingStored = { ja: '保管場所には、何も作られていません。', en: 'Nothing of it was stored.' };
const nothingWrong = {
  ja: '誤った内容のファイルは、どこにも作られていません。',
  en: 'No file with wrong content was made.',
};
const tryLater = { ja: 'しばらく待ってから、もう一度実行してください。', en: 'Wait a few minutes and run it again.' };
const tellAdministrator = {
  ja: '続く場合は、次の番号を添えて管理者にお知らせください',
  en: 'If it keeps happening, tell your administrator, with these',
};

/** The words by which whoever runs the storage finds the request again. */
function reference(d: DetailReader, locale: Locale): string {
  const code = phrase([d.words('awsCode')], (awsCode) => (locale === 'ja' ? `エラー ${awsCode}` : `error ${awsCode}`));
  const status = phrase([d.words('status')], (status) => (locale === 'ja' ? `状態 ${status}` : `status ${status}`));
  const request = phrase([d.words('requestId')], (id) => (locale === 'ja' ? `要求 ${id}` : `request ${id}`));
  const known = [code, status, request].filter(Boolean);
  if (known.length === 0) return '';
  return locale === 'ja'
    ? `${tellAdministrator.ja}（${known.join('、')}）。`
    : ` ${tellAdministrator.en}: ${known.join(', ')}.`;
}

/** What a name is said by, where it is known. */
function named(d: DetailReader, detail: 'key' | 'bucket' | 'path', locale: Locale): string {
  return phrase([d.words(detail)], (name) => (locale === 'ja' ? `『${name}』` : ` '${name}'`));
}

/** Why something was not read from S3 or written to it. Every detail is optional; `d.…('name')` shows which a text can tell. */
export const storageErrorTexts = {
  'no-such-key': {
    ja: (d) =>
      say(
        `保管場所に、このオブジェクト${named(d, 'key', 'ja')}がありません。`,
        nothingChanged.ja,
        '名前の大文字と小文字、前後の空白まで確かめてください。',
      ),
    en: (d) =>
      say(
        `There is no such object${named(d, 'key', 'en')}.`,
        nothingChanged.en,
        'Check its key to the letter, capitals and spaces too.',
      ),
  },
  'no-such-version': {
    ja: () =>
      say(
        'オブジェクトのこの版は、もう保管場所にありません。',
        nothingChanged.ja,
        '版の一覧を確かめるか、最新の版を指定してください。',
      ),
    en: () =>
      say(
        'This version of the object is not there any more.',
        nothingChanged.en,
        'List its versions, or ask for the newest one.',
      ),
  },
  'no-such-bucket': {
    ja: (d) =>
      say(
        `バケット${named(d, 'bucket', 'ja')}がありません。`,
        nothingChanged.ja,
        'バケットの名前と、接続先、リージョンを確かめてください。',
      ),
    en: (d) =>
      say(
        `There is no such bucket${named(d, 'bucket', 'en')}.`,
        nothingChanged.en,
        'Check its name, the endpoint and the region.',
      ),
  },
  'no-such-upload': {
    ja: () =>
      say(
        '分割アップロードが見つかりません。すでに完了したか、取り消されています。',
        'まだ無い場合、ファイルは届いていません。',
        'オブジェクトの有無を確かめ、無ければもう一度送ってください。',
      ),
    en: () =>
      say(
        'There is no such multipart upload: it was completed or given up.',
        'Unless the object is there, the file did not arrive.',
        'Look whether the object is there, and send it again if it is not.',
      ),
  },
  'access-denied': {
    ja: (d) =>
      say(
        '保管場所が、この操作を許可していません。',
        nothingChanged.ja,
        `使っているロールの権限とバケットのポリシーを確かめてください。一覧の権限が無い場合は、存在しないオブジェクトにもこの応答が返ります。${reference(d, 'ja')}`,
      ),
    en: (d) =>
      say(
        'S3 does not allow this.',
        nothingChanged.en,
        `Check the policies of your role and of the bucket. Without the right to list, an object that is not there gets this answer too.${reference(d, 'en')}`,
      ),
  },
  'kms-access-denied': {
    ja: (d) =>
      say(
        '暗号化の鍵を使う権限がありません。',
        nothingChanged.ja,
        `鍵のポリシーと、使っているロールの権限を確かめてください。${reference(d, 'ja')}`,
      ),
    en: (d) =>
      say(
        'Your role may not use the key that the object is encrypted with.',
        nothingChanged.en,
        `Check the policy of the key and that of your role.${reference(d, 'en')}`,
      ),
  },
  'kms-key-unusable': {
    ja: (d) =>
      say(
        '暗号化の鍵が無効か、削除されています。',
        nothingChanged.ja,
        `鍵を有効に戻すよう、管理者に依頼してください。${reference(d, 'ja')}`,
      ),
    en: (d) =>
      say(
        'The key that the object is encrypted with is disabled or gone.',
        nothingChanged.en,
        `Ask your administrator to enable it.${reference(d, 'en')}`,
      ),
  },
  'invalid-bucket-name': {
    ja: (d) =>
      say(
        `バケットの名前${named(d, 'bucket', 'ja')}が正しくありません。`,
        nothingChanged.ja,
        '3文字から63文字の、小文字と数字とハイフンで指定してください。',
      ),
    en: (d) =>
      say(
        `This is no name of a bucket${phrase([d.words('bucket')], (bucket) => `: '${bucket}'`)}.`,
        nothingChanged.en,
        'A name has 3 to 63 lower-case letters, digits and hyphens.',
      ),
  },
  'invalid-object-name': {
    ja: (d) =>
      say(
        `オブジェクトの名前${named(d, 'key', 'ja')}が正しくありません。`,
        nothingChanged.ja,
        '空でない、1,024バイトまでの名前を指定してください。',
      ),
    en: (d) =>
      say(
        `This is no key of an object${phrase([d.words('key')], (key) => `: '${key}'`)}.`,
        nothingChanged.en,
        'A key is not empty and has at most 1,024 bytes.',
      ),
  },
  'invalid-range': {
    ja: () =>
      say('オブジェクトに無い範囲が指定されました。', nothingChanged.ja, 'オブジェクトの大きさを確かめてください。'),
    en: () => say('The object has no such range of bytes.', nothingChanged.en, 'Check the size of the object.'),
  },
  'precondition-failed': {
    ja: () =>
      say(
        'オブジェクトが、指定された条件に合いません。',
        nothingChanged.ja,
        'ほかで書き換えられていないか確かめ、条件を改めてください。',
      ),
    en: () =>
      say(
        'The object does not meet the condition that was asked for.',
        nothingChanged.en,
        'See whether somebody else has written it, and change the condition.',
      ),
  },
  conflict: {
    ja: () => say('同じオブジェクトに、ほかの操作が行われています。', nothingChanged.ja, tryLater.ja),
    en: () => say('Somebody else is changing the same object.', nothingChanged.en, tryLater.en),
  },
  'object-archived': {
    ja: () =>
      say(
        'オブジェクトはアーカイブに移されていて、すぐには読めません。',
        nothingChanged.ja,
        '復元を依頼し、終わってからもう一度実行してください。',
      ),
    en: () =>
      say(
        'The object is archived and can not be read at once.',
        nothingChanged.en,
        'Have it restored, and run this again after that.',
      ),
  },
  'object-changed': {
    ja: () =>
      say(
        '受け取っている間に、オブジェクトが書き換えられたか削除されました。',
        '古い内容と新しい内容が混ざったファイルは作られていません。',
        'もう一度実行すると、新しい内容を受け取ります。',
      ),
    en: () =>
      say(
        'The object was overwritten or deleted while it was being read.',
        'No file was made of old and new content.',
        'Run it again to get what is there now.',
      ),
  },
  'no-credentials': {
    ja: () =>
      say(
        '保管場所に接続するための認証情報が見つかりません。',
        nothingChanged.ja,
        'インスタンスのロール、設定ファイルのプロファイル、環境変数のいずれかを用意してください。',
      ),
    en: () =>
      say(
        'There are no credentials for S3.',
        nothingChanged.en,
        'Give the machine a role, or set a profile or the environment variables.',
      ),
  },
  'partial-credentials': {
    ja: (d) =>
      say(
        `保管場所の認証情報が一部しかありません${phrase([d.words('missing')], (missing) => `（不足: ${missing}）`)}。`,
        nothingChanged.ja,
        'アクセスキーと秘密キーの両方を設定してください。',
      ),
    en: (d) =>
      say(
        `Only a part of the credentials for S3 is there${phrase([d.words('missing')], (missing) => ` (missing: ${missing})`)}.`,
        nothingChanged.en,
        'Set both the access key and the secret key.',
      ),
  },
  'invalid-credentials': {
    ja: (d) =>
      say(
        '保管場所が、この認証情報を知らないか、署名を認めませんでした。',
        nothingChanged.ja,
        `アクセスキーと秘密キーの組み合わせ、接続先を確かめてください。${reference(d, 'ja')}`,
      ),
    en: (d) =>
      say(
        'S3 does not know these credentials, or the signature is wrong.',
        nothingChanged.en,
        `Check that access key, secret key and endpoint belong together.${reference(d, 'en')}`,
      ),
  },
  'expired-credentials': {
    ja: () =>
      say(
        '保管場所の認証情報の有効期限が切れています。',
        continuesLater.ja,
        '認証情報を取り直してから、もう一度実行してください。',
      ),
    en: () => say('The credentials for S3 have expired.', continuesLater.en, 'Get new ones and run it again.'),
  },
  'clock-skew': {
    ja: () =>
      say(
        'このコンピューターの時計が、保管場所の時計と大きくずれています。',
        nothingChanged.ja,
        '時計を合わせてから、もう一度実行してください。',
      ),
    en: () =>
      say(
        'The clock of this machine is too far from that of S3.',
        nothingChanged.en,
        'Set the clock and run it again.',
      ),
  },
  'wrong-region': {
    ja: (d) =>
      say(
        `バケットは別のリージョンにあります${phrase([d.words('region')], (region) => `（${region}）`)}。`,
        nothingChanged.ja,
        'リージョンまたは接続先の設定を改めてください。',
      ),
    en: (d) =>
      say(
        `The bucket is in another region${phrase([d.words('region')], (region) => ` (${region})`)}.`,
        nothingChanged.en,
        'Change the region or the endpoint in your settings.',
      ),
  },
  throttled: {
    ja: () =>
      say('保管場所への要求が多すぎるため、制限されています。', continuesLater.ja, '同時に行う数を減らしてください。'),
    en: () => say('S3 limits how much may be asked of it.', continuesLater.en, 'Do less at the same time.'),
  },
  'slow-down': {
    ja: () =>
      say(
        '保管場所から、速度を落とすよう求められています。',
        continuesLater.ja,
        `同時に行う数を減らすか、${tryLater.ja}`,
      ),
    en: () => say('S3 asks for fewer requests.', continuesLater.en, `Do less at the same time. ${tryLater.en}`),
  },
  timeout: {
    ja: () =>
      say(
        '保管場所が、時間内に応答しませんでした。',
        continuesLater.ja,
        `通信の状態を確かめてください。${tryLater.ja}`,
      ),
    en: () => say('S3 did not answer in time.', continuesLater.en, `Check the connection. ${tryLater.en}`),
  },
  unavailable: {
    ja: (d) => say('保管場所が、一時的に使えません。', continuesLater.ja, `${tryLater.ja}${reference(d, 'ja')}`),
    en: (d) => say('S3 is not available for the moment.', continuesLater.en, `${tryLater.en}${reference(d, 'en')}`),
  },
  internal: {
    ja: (d) => say('保管場所の内部で、問題が起きました。', continuesLater.ja, `${tryLater.ja}${reference(d, 'ja')}`),
    en: (d) => say('Something went wrong inside S3.', continuesLater.en, `${tryLater.en}${reference(d, 'en')}`),
  },
  network: {
    ja: () =>
      say(
        '保管場所との通信が途切れたか、つながりませんでした。',
        continuesLater.ja,
        '接続先の名前、ネットワーク、プロキシの設定を確かめて、もう一度実行してください。',
      ),
    en: () =>
      say(
        'The connection to S3 was lost, or there was none.',
        continuesLater.en,
        'Check the endpoint, the network and the proxy, and run it again.',
      ),
  },
  'untrusted-certificate': {
    ja: () =>
      say(
        '接続先の証明書を信頼できません。',
        nothingChanged.ja,
        '接続先の名前を確かめてください。社内の認証局を使っている場合は、その証明書を登録してください。',
      ),
    en: () =>
      say(
        'The certificate of the endpoint is not trusted.',
        nothingChanged.en,
        'Check its name. If your company has a certificate authority of its own, register its certificate.',
      ),
  },
  'unexpected-answer': {
    ja: () =>
      say(
        '保管場所が、求めた範囲と違う内容を返しました。',
        nothingWrong.ja,
        '間にあるプロキシや、接続先が範囲の指定に対応しているかを確かめてください。',
      ),
    en: () =>
      say(
        'The answer is not the range of bytes that was asked for.',
        nothingWrong.en,
        'Check any proxy in between, and that the endpoint knows ranges.',
      ),
  },
  'checksum-mismatch': {
    ja: () =>
      say(
        '受け取った内容が、オブジェクトのチェックサムと一致しません。',
        nothingWrong.ja,
        'もう一度実行してください。続く場合は、保管されている内容が壊れています。',
      ),
    en: () =>
      say(
        'What came does not fit the checksum of the object.',
        nothingWrong.en,
        'Run it again. If it keeps happening, what is stored is damaged.',
      ),
  },
  'not-verifiable': {
    ja: () =>
      say(
        '内容が正しいかを確かめる手がかりが、オブジェクトにありません。',
        'ファイルは作られていません。',
        'ファイルの正しいチェックサムを指定するか、確かめずに受け取ることを明示してください。',
      ),
    en: () =>
      say(
        'The object carries nothing by which its content could be verified.',
        'No file was made.',
        'Say what its checksum has to be, or say that it may go unverified.',
      ),
  },
  'file-too-large': {
    ja: (d) =>
      say(
        `オブジェクトが大きすぎて、一度には読み込めません${phrase([d.bytes('limitBytes')], (limit) => `（上限 ${limit}）`)}。`,
        nothingChanged.ja,
        'ファイルに保存するか、上限を大きくしてください。',
      ),
    en: (d) =>
      say(
        `The object is too large to be held in memory${phrase([d.bytes('limitBytes')], (limit) => ` (the limit is ${limit})`)}.`,
        nothingChanged.en,
        'Download it to a file, or raise the limit.',
      ),
  },
  'unsafe-name': {
    ja: (d) =>
      say(
        `この名前${named(d, 'key', 'ja')}のファイルは、保存先のフォルダーの中に作れません。`,
        nothingChanged.ja,
        '保存する名前を、自分で指定してください。',
      ),
    en: (d) =>
      say(
        `No file of this name${named(d, 'key', 'en')} can be made inside the folder.`,
        nothingChanged.en,
        'Choose a name for it yourself.',
      ),
  },
  'disk-full': {
    ja: () =>
      say('保存先のディスクに空きがありません。', continuesLater.ja, '空きを作ってから、もう一度実行してください。'),
    en: () => say('The disk is full.', continuesLater.en, 'Make room and run it again.'),
  },
  'target-unusable': {
    ja: (d) =>
      say(
        `保存先${named(d, 'path', 'ja')}に書き込めません。`,
        nothingChanged.ja,
        'フォルダーの有無と書き込みの権限を確かめてください。',
      ),
    en: (d) =>
      say(
        `The file${named(d, 'path', 'en')} can not be written.`,
        nothingChanged.en,
        'Check that its folder is there and may be written to.',
      ),
  },
  'source-unreadable': {
    ja: (d) =>
      say(
        `送るファイル${named(d, 'path', 'ja')}を読み取れません。`,
        nothingStored.ja,
        'ファイルの場所と名前、読み取りの権限を確かめてください。',
      ),
    en: (d) =>
      say(
        `The file${named(d, 'path', 'en')} can not be read.`,
        nothingStored.en,
        'Check that it is there, and that you may read it.',
      ),
  },
  'too-many-parts': {
    ja: () =>
      say(
        'ファイルが大きすぎて、今の部分の大きさでは1万個に分けても送りきれません。',
        nothingStored.ja,
        '部分を大きくするか、全体の大きさを先に指定して、もう一度送ってください。',
      ),
    en: () =>
      say(
        'The file needs more than 10,000 parts of this size.',
        nothingStored.en,
        'Send larger parts, or say beforehand how large it is, and send it again.',
      ),
  },
  'not-as-sent': {
    ja: () =>
      say(
        '送り終えて保管場所を確かめたところ、送った内容と一致しませんでした。',
        'ファイルが正しく届いたことは、確かめられていません。',
        'ほかで書き換えられていないか確かめ、もう一度送ってください。',
      ),
    en: () =>
      say(
        'What lies in storage is not what was sent.',
        'It is not sure that the file arrived as it is.',
        'See whether somebody else has written it, and send it again.',
      ),
  },
  'storage-refused': {
    ja: (d) =>
      say(
        '保管場所が要求を受け付けませんでした。',
        nothingChanged.ja,
        `要求の内容を確かめてください。${reference(d, 'ja')}`,
      ),
    en: (d) => say('S3 refused the request.', nothingChanged.en, `Check what was asked.${reference(d, 'en')}`),
  },
  'storage-unavailable': {
    ja: (d) => say('保管場所が応答していません。', continuesLater.ja, `${tryLater.ja}${reference(d, 'ja')}`),
    en: (d) => say('S3 is not answering.', continuesLater.en, `${tryLater.en}${reference(d, 'en')}`),
  },
} satisfies Record<StorageErrorCode, ErrorTextMaker>;

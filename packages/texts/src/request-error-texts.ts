import type { requestErrorCode } from '@hikyaku/types';
import { phrase } from './detail-reader.ts';
import type { ErrorTextMaker } from './error-text.ts';
import { say } from './say.ts';

export type RequestErrorCode = (typeof requestErrorCode.options)[number];

const notSent = { ja: 'ファイルは送信されていません。', en: 'The file was not sent.' };
const maybeSent = {
  ja: '送信中のファイルがあった場合、届いていない可能性があります。',
  en: 'If a file was being sent, it may not have arrived.',
};

/** Why a request was not done. Every detail is optional; `d.…('name')` shows which ones a text can tell. */
export const requestErrorTexts = {
  unauthenticated: {
    ja: () => say('ログインの有効期限が切れています。', null, 'もう一度ログインしてください。'),
    en: () => say('You are signed out.', null, 'Sign in again.'),
  },
  'wrong-credentials': {
    ja: () =>
      say(
        'メールアドレスとパスワードの組み合わせを確認できませんでした。',
        null,
        '入力内容をご確認のうえ、もう一度お試しください。',
      ),
    en: () => say('This e-mail address and password do not match.', null, 'Check both and try again.'),
  },
  forbidden: {
    ja: () =>
      say('この操作を行う権限がありません。', null, '必要な場合は、組織の管理者に権限の追加を依頼してください。'),
    en: () => say('Your role does not allow this.', null, "If you need it, ask your organization's administrator."),
  },
  'not-found': {
    ja: () => say('お探しのものが見つかりませんでした。', null, '一覧に戻り、もう一度選んでください。'),
    en: () => say('This could not be found.', null, 'Go back to the list and choose again.'),
  },
  'invalid-input': {
    ja: (d) =>
      say(
        `入力内容${phrase([d.words('field')], (field) => `（${field}）`)}に不備があります。`,
        null,
        '入力内容を直して、もう一度お試しください。',
      ),
    en: (d) =>
      say(
        `Something in the form is not valid${phrase([d.words('field')], (field) => ` (${field})`)}.`,
        null,
        'Correct it and try again.',
      ),
  },
  'dataset-not-found': {
    ja: (d) =>
      say(
        `データセット${phrase([d.words('dataset')], (dataset) => `『${dataset}』`)}が見つかりませんでした。`,
        notSent.ja,
        '送り先のデータセットを選び直してください。',
      ),
    en: (d) =>
      say(
        `The dataset${phrase([d.words('dataset')], (dataset) => ` '${dataset}'`)} does not exist.`,
        notSent.en,
        'Choose another dataset.',
      ),
  },
  'empty-file': {
    ja: () => say('ファイルが空です。', notSent.ja, 'ファイルの中身をご確認のうえ、選び直してください。'),
    en: () => say('The file is empty.', notSent.en, 'Check what is in it and choose it again.'),
  },
  'file-too-large': {
    ja: (d) =>
      say(
        `ファイルが大きすぎます${phrase([d.bytes('sizeBytes'), d.bytes('limitBytes')], (size, limit) => `（${size}、上限 ${limit}）`)}。`,
        notSent.ja,
        `${phrase([d.bytes('limitBytes')], (limit) => `${limit}以下になるように`)}ファイルを分けて送ってください。`,
      ),
    en: (d) =>
      say(
        `The file is too large${phrase([d.bytes('sizeBytes'), d.bytes('limitBytes')], (size, limit) => ` (${size}; the limit is ${limit})`)}.`,
        notSent.en,
        `Split it into files${phrase([d.bytes('limitBytes')], (limit) => ` of up to ${limit}`)} and send those.`,
      ),
  },
  'unsupported-file-type': {
    ja: (d) =>
      say(
        `この種類のファイル${phrase([d.words('fileName')], (name) => `（${name}）`)}は受け付けていません。`,
        notSent.ja,
        'CSVファイルか、それを gzip で圧縮、または age で暗号化したファイルを選び直してください。',
      ),
    en: (d) =>
      say(
        `This type of file${phrase([d.words('fileName')], (name) => ` (${name})`)} is not accepted.`,
        notSent.en,
        'Choose a CSV file: .csv, or compressed and encrypted as .csv.gz, .csv.age or .csv.gz.age.',
      ),
  },
  'upload-not-open': {
    ja: () =>
      say(
        'この送信の受付はすでに終わっています。',
        '送信済みでない場合、ファイルは届いていません。',
        '一覧で状態を確かめ、届いていなければもう一度送ってください。',
      ),
    en: () =>
      say(
        'This upload is already closed.',
        'Unless it was sent before, the file did not arrive.',
        'Check its state in the list and send it again if it is missing.',
      ),
  },
  'object-missing': {
    ja: () =>
      say('ファイルが保管場所に見つかりませんでした。', 'ファイルは届いていません。', 'もう一度送ってください。'),
    en: () => say('The file is not in storage.', 'It did not arrive.', 'Send it again.'),
  },
  'size-mismatch': {
    ja: (d) =>
      say(
        `届いた内容が、選んだファイルの大きさと一致しません${phrase([d.count('expected'), d.count('found')], (expected, found) => `（送信前 ${expected} バイト、到着 ${found} バイト）`)}。`,
        'このファイルは受け付けられていません。',
        'ほかのソフトでファイルを開いていないことを確かめて、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `What arrived is not the size of the file you chose${phrase([d.count('expected'), d.count('found')], (expected, found) => ` (${expected} bytes chosen, ${found} bytes arrived)`)}.`,
        'The file was not accepted.',
        'Close it in other programs and send it again.',
      ),
  },
  'checksum-mismatch': {
    ja: () =>
      say(
        'ファイルの内容が、送信の途中で変わりました。',
        'このファイルは受け付けられていません。',
        'ほかのソフトでファイルを開いていないことを確かめて、もう一度送ってください。',
      ),
    en: () =>
      say(
        'What the file holds changed while it was sent.',
        'The file was not accepted.',
        'Close it in other programs and send it again.',
      ),
  },
  'invitation-not-open': {
    ja: () =>
      say(
        'この招待は使用済みか、有効期限が切れています。',
        null,
        '招待した方に、もう一度招待するよう依頼してください。',
      ),
    en: () => say('This invitation was used or has expired.', null, 'Ask the person who invited you for a new one.'),
  },
  'password-too-short': {
    ja: (d) =>
      say(
        'パスワードが短すぎます。',
        null,
        `${phrase([d.count('minimum')], (length) => `${length}文字以上の`) || 'より長い'}パスワードを入力してください。`,
      ),
    en: (d) =>
      say(
        'The password is too short.',
        null,
        `Choose ${phrase([d.count('minimum')], (length) => `one of at least ${length} characters`) || 'a longer one'}.`,
      ),
  },
  'email-taken': {
    ja: (d) =>
      say(
        `このメールアドレス${phrase([d.words('email')], (email) => `（${email}）`)}はすでに登録されています。`,
        null,
        'ログインするか、別のメールアドレスを入力してください。',
      ),
    en: (d) =>
      say(
        `This e-mail address${phrase([d.words('email')], (email) => ` (${email})`)} is already registered.`,
        null,
        'Sign in, or enter another address.',
      ),
  },
  'rate-limited': {
    ja: (d) =>
      say(
        '短い時間に操作が続いたため、一時的に受け付けを控えています。',
        null,
        `${d.duration('retryAfterSeconds') ?? 'しばらく'}待ってから、もう一度お試しください。`,
      ),
    en: (d) =>
      say(
        'There were too many requests in a short time.',
        null,
        `Wait ${d.duration('retryAfterSeconds') ?? 'a moment'} and try again.`,
      ),
  },
  network: {
    ja: () => say('通信が途切れました。', maybeSent.ja, '接続を確かめて、もう一度お試しください。'),
    en: () => say('The connection was lost.', maybeSent.en, 'Check your connection and try again.'),
  },
  'storage-refused': {
    ja: () =>
      say(
        '保管場所がファイルを受け付けませんでした。',
        'ファイルは届いていません。',
        'もう一度送ってください。続く場合は、管理者にお知らせください。',
      ),
    en: () =>
      say(
        'Storage did not accept the file.',
        'It did not arrive.',
        'Send it again. If it keeps happening, tell your administrator.',
      ),
  },
  'storage-unavailable': {
    ja: () => say('保管場所が一時的に応答していません。', maybeSent.ja, 'しばらく待ってから、もう一度お試しください。'),
    en: () => say('Storage is not answering for the moment.', maybeSent.en, 'Wait a few minutes and try again.'),
  },
  'database-unavailable': {
    ja: () =>
      say(
        'データベースが一時的に応答していません。',
        '届いたファイルは失われていません。',
        'しばらく待ってから、もう一度お試しください。',
      ),
    en: () =>
      say(
        'The database is not answering for the moment.',
        'Files that arrived are safe.',
        'Wait a few minutes and try again.',
      ),
  },
  internal: {
    ja: () =>
      say(
        'こちらの問題で、処理を終えられませんでした。',
        '届いたファイルは失われていません。',
        'もう一度お試しください。続く場合は、管理者にお知らせください。',
      ),
    en: () =>
      say(
        'Something went wrong on our side.',
        'Files that arrived are safe.',
        'Try again. If it keeps happening, tell your administrator.',
      ),
  },
} satisfies Record<RequestErrorCode, ErrorTextMaker>;

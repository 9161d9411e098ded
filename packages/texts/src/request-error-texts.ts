import type { requestErrorCode } from '@hikyaku/types';
import { phrase } from './detail-reader.ts';
import type { ErrorTextMaker } from './error-text.ts';
import { say } from './say.ts';

export type RequestErrorCode = (typeof requestErrorCode.options)[number];

const notSent = { ja: 'ファイルは送信されていません。', en: 'The file was not sent.' };
const notArrived = { ja: 'ファイルは届いていません。', en: 'The file did not arrive.' };
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
  'table-change-refused': {
    ja: (d) =>
      say(
        `表${phrase([d.words('table')], (table) => `『${table}』`)}は、データセットの定義に合わせて変更できませんでした${phrase([d.words('change'), d.words('column')], (change, column) => `（${change}：${column}）`)}。`,
        '表は変更されていません。',
        '変更の内容を確認し、失われるものがあってもよい場合に限り、承認してください。',
      ),
    en: (d) =>
      say(
        `The table${phrase([d.words('table')], (table) => ` '${table}'`)} could not be changed to what the dataset wants${phrase([d.words('change'), d.words('column')], (change, column) => ` (${change}: ${column})`)}.`,
        'Nothing was changed.',
        'Look at what would change, and accept it only if what gets lost may be lost.',
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
        phrase([d.words('endings')], (endings) => `名前が ${endings} のどれかで終わるファイルを選び直してください。`) ||
          'データセットに合った形式のファイルを選び直してください。',
      ),
    en: (d) =>
      say(
        `This type of file${phrase([d.words('fileName')], (name) => ` (${name})`)} is not accepted.`,
        notSent.en,
        phrase([d.words('endings')], (endings) => `Choose a file whose name ends with one of these: ${endings}.`) ||
          'Choose a file of the format that the dataset takes.',
      ),
  },
  'encryption-required': {
    ja: (d) =>
      say(
        `送り先のデータセットは、暗号化したファイルだけを受け付けています${phrase([d.words('fileName')], (name) => `（${name}）`)}。`,
        notSent.ja,
        '画面から送るときは、ページを読み込み直すと自動で暗号化されます。ほかの方法では、組織の公開鍵で暗号化してから送ってください。',
      ),
    en: (d) =>
      say(
        `The dataset takes encrypted files alone${phrase([d.words('fileName')], (name) => ` (${name} is not)`)}.`,
        notSent.en,
        "In the browser, reload the page: it then encrypts by itself. Elsewhere, encrypt the file for your organization's key and send that.",
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
  'not-redrivable': {
    ja: () =>
      say(
        'このファイルは再実行できません。',
        'ファイルの状態は変わっていません。',
        '画面を開き直して今の状態を確かめ、必要な場合はファイルをもう一度送ってください。',
      ),
    en: () =>
      say(
        'This file can not be run again.',
        'Nothing was changed.',
        'Open the page again to see where it stands. If the data is still needed, send the file again.',
      ),
  },
  'object-missing': {
    ja: () =>
      say('ファイルが保管場所に見つかりませんでした。', 'ファイルは届いていません。', 'もう一度送ってください。'),
    en: () => say('The file is not in storage.', 'It did not arrive.', 'Send it again.'),
  },
  'file-changed': {
    ja: () =>
      say(
        '選んだあとで、ファイルが上書き・移動されたか、開けなくなりました。',
        'このファイルは送られていません。',
        'ファイルを選び直して、もう一度送ってください。',
      ),
    en: () =>
      say(
        'The file was saved over or moved after you chose it, or can no longer be opened.',
        'It was not sent.',
        'Choose the file once more and send it again.',
      ),
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
  'key-registered': {
    ja: () =>
      say(
        'この公開鍵はすでに登録されています。',
        '何も変更されていません。',
        '「使用を終えた鍵」にある場合は、そこから使用を再開してください。',
      ),
    en: () =>
      say(
        'This public key is registered already.',
        'Nothing was changed.',
        'If it is among the retired keys, put it back in use there.',
      ),
  },
  'not-a-public-key': {
    ja: () =>
      say(
        'ageの公開鍵として読み取れませんでした。',
        '何も登録されていません。',
        '「age1」で始まる公開鍵を、最初から最後まで貼り付けてください。秘密鍵はどこにも入力しないでください。',
      ),
    en: () =>
      say(
        'This is not a public key of age.',
        'Nothing was registered.',
        'Paste the whole public key, which begins with age1. Never enter a private key anywhere.',
      ),
  },
  'too-many-keys': {
    ja: (d) =>
      say(
        `使用中の鍵が上限${phrase([d.count('limit')], (limit) => `（${limit}）`)}に達しています。`,
        '鍵の登録や再開は行われていません。',
        '使わなくなった鍵の使用を終えてから、もう一度お試しください。',
      ),
    en: (d) =>
      say(
        `There are as many keys in use as there may be${phrase([d.count('limit')], (limit) => ` (${limit})`)}.`,
        'No key was added or put back in use.',
        'Retire one that is no longer needed, then try again.',
      ),
  },
  'endpoint-not-found': {
    ja: () =>
      say('このアドレスには何もありません。', null, 'アドレスを確かめてください。開発者向けのページに一覧があります。'),
    en: () => say('There is nothing at this address.', null, "Check it against the list on the developers' page."),
  },
  'upload-not-found': {
    ja: () =>
      say(
        'この番号の送信は見つかりませんでした。',
        null,
        '番号と、使っているAPIトークンの組織・データセットをご確認ください。',
      ),
    en: () =>
      say(
        'There is no upload of this id.',
        null,
        'Check the id, and that your API token is for the same organization and dataset.',
      ),
  },
  'no-refused-lines': {
    ja: () =>
      say(
        'このファイルに不備のある行はありません。',
        '取り込みが終わっていれば、すべての行が取り込まれています。',
        '取り込みの状況は、ファイルの状態でご確認ください。',
      ),
    en: () =>
      say(
        'This file has no refused lines.',
        'If it has been taken in, all of its lines are.',
        "See the file's state for how far it is.",
      ),
  },
  'no-receipt-yet': {
    ja: () =>
      say(
        'このファイルの受領証は、まだ発行できません。',
        '結果がまだ定まっていません。',
        '取り込みが終わるか、差し戻されてから、もう一度お試しください。',
      ),
    en: () =>
      say(
        'There is no receipt for this file yet.',
        'What becomes of it is not settled.',
        'Try again once it has been taken in or refused.',
      ),
  },
  'no-receipt': {
    ja: () =>
      say(
        'このファイルの受領証はありません。',
        '送信が完了せずに終わったため、ファイルは届いていません。',
        '必要な場合は、もう一度送ってください。',
      ),
    en: () =>
      say(
        'There is no receipt for this file.',
        'Its upload ended before all of it was sent: the file did not arrive.',
        'Send it again if it is needed.',
      ),
  },
  'invalid-request': {
    ja: (d) =>
      say(
        `要求の内容に誤りがあります${phrase([d.words('field')], (field) => `（${field}）`)}。`,
        notSent.ja,
        '示された項目を直して、もう一度お試しください。',
      ),
    en: (d) =>
      say(
        `Something in the request is not valid${phrase([d.words('field')], (field) => ` (${field})`)}.`,
        notSent.en,
        'Correct what is pointed out and try again.',
      ),
  },
  'invalid-token': {
    ja: () =>
      say(
        'APIトークンを確認できませんでした。',
        notSent.ja,
        'トークンが正しく渡されているか、期限切れや取り消しになっていないかを、ポータルの「APIトークン」でご確認ください。',
      ),
    en: () =>
      say(
        'The API token was missing or is not valid.',
        notSent.en,
        'Check that it is passed on whole, and in the portal under API tokens that it has neither expired nor been revoked.',
      ),
  },
  'missing-scope': {
    ja: (d) =>
      say(
        `このAPIトークンには、必要な権限${phrase([d.words('scope')], (scope) => `『${scope}』`)}がありません。`,
        notSent.ja,
        '組織の管理者に、必要な権限を持つトークンの発行を依頼してください。',
      ),
    en: (d) =>
      say(
        `This API token lacks the scope it needs${phrase([d.words('scope')], (scope) => `: ${scope}`)}.`,
        notSent.en,
        'Ask an administrator of your organization for a token that has it.',
      ),
  },
  'idempotency-key-reused': {
    ja: () =>
      say(
        'この冪等キーは、別の内容の送信ですでに使われています。',
        '今回のファイルは送信されていません。先に送ったファイルはそのままです。',
        '同じファイルの再送なら前回と同じ内容で、別のファイルなら別のキーで送ってください。',
      ),
    en: () =>
      say(
        'This idempotency key was used before, for a different request.',
        'This file was not sent; the earlier one is as it was.',
        'To repeat that request, send it unchanged; for another file, use another key.',
      ),
  },
  'invalid-json': {
    ja: () => say('要求の本文を読み取れませんでした。', notSent.ja, '正しい書式に直して、もう一度お試しください。'),
    en: () => say('The body of the request is not valid JSON.', notSent.en, 'Correct it and try again.'),
  },
  'request-too-large': {
    ja: (d) =>
      say(
        `要求が大きすぎます${phrase([d.bytes('limitBytes')], (limit) => `（上限 ${limit}）`)}。`,
        notSent.ja,
        'ファイルの中身は、ここではなく、返された保管場所のアドレスに送ってください。',
      ),
    en: (d) =>
      say(
        `The request is too large${phrase([d.bytes('limitBytes')], (limit) => ` (the limit is ${limit})`)}.`,
        notSent.en,
        "Send the file's bytes not here but to the storage address you are given.",
      ),
  },
  'method-not-allowed': {
    ja: (d) =>
      say(
        `このアドレスでは、その方法${phrase([d.words('method')], (method) => `（${method}）`)}は使えません。`,
        null,
        '使える方法は、開発者向けのページに一覧があります。',
      ),
    en: (d) =>
      say(
        `This address does not take that method${phrase([d.words('method')], (method) => ` (${method})`)}.`,
        null,
        "The developers' page lists what it takes.",
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
  'body-limit': {
    ja: () =>
      say(
        '途中のプロキシなどの機器が、大きなデータの送信を拒否しました。',
        notArrived.ja,
        '社内の情報システム担当に、保管場所への送信の大きさの上限を外すよう依頼してください。',
      ),
    en: () =>
      say(
        'Something on the way, such as a proxy, refused to pass on that much data.',
        notArrived.en,
        'Ask your IT department to lift its limit on the size of requests to storage.',
      ),
  },
  'unexpected-answer': {
    ja: () =>
      say(
        '保管場所ではなく、途中のプロキシやネットワークの認証画面などが応答しました。',
        notArrived.ja,
        'ネットワークの認証画面が出ていないか確かめ、もう一度送ってください。続く場合は、社内の情報システム担当にご相談ください。',
      ),
    en: () =>
      say(
        'Something on the way answered instead of storage: a proxy, or the sign-in page of a network.',
        notArrived.en,
        'Sign in to the network if it asks you to, and send the file again. If it keeps happening, ask your IT department.',
      ),
  },
  'clock-skew': {
    ja: () =>
      say(
        'サーバーと保管場所の時計がずれているため、送信が認められませんでした。',
        notArrived.ja,
        'お使いの端末の問題ではありません。サーバーの時刻を合わせるよう、管理者に依頼してください。',
      ),
    en: () =>
      say(
        'The clocks of our server and of storage differ, so the file was turned away.',
        'It did not arrive.',
        'Your device is not the cause. Ask your administrator to set the clock of the server.',
      ),
  },
  'storage-key-denied': {
    ja: () =>
      say(
        '保管場所の暗号化に使う鍵が、許可されていないか無効になっています。',
        notArrived.ja,
        '送り直しても変わりません。サーバーがこの鍵を使えるようにするよう、管理者に依頼してください。',
      ),
    en: () =>
      say(
        'The key that storage encrypts with is disabled, or our server may not use it.',
        notArrived.en,
        'Sending again does not help. Ask your administrator to let the server use that key.',
      ),
  },
  'storage-full': {
    ja: () =>
      say(
        '保管場所の容量の上限に達しています。',
        notArrived.ja,
        '管理者に容量の追加を依頼し、そのあとでもう一度送ってください。',
      ),
    en: () =>
      say(
        'Storage is full, or its quota is used up.',
        notArrived.en,
        'Ask your administrator for more room, and send the file again after that.',
      ),
  },
  'storage-refused': {
    ja: (d) =>
      say(
        '保管場所がファイルを受け付けませんでした。',
        notArrived.ja,
        `もう一度送ってください。続く場合は、管理者にお知らせください${phrase([d.words('storageCode')], (code) => `（${code}）`)}。`,
      ),
    en: (d) =>
      say(
        'Storage did not accept the file.',
        'It did not arrive.',
        `Send it again. If it keeps happening, tell your administrator${phrase([d.words('storageCode')], (code) => ` (${code})`)}.`,
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

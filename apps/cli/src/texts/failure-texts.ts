import type { Locale } from '@hikyaku/types';
import type { CommandFailureCode } from '../command-failure.ts';

/** Reads a detail as words; empty where there is none. */
type Read = (name: string) => string;
type FailureText = (read: Read) => string[];

/** What happened, what it means for the file where there is one, and what to do: a sentence a line. */
export const failureTexts = {
  'not-an-address': {
    ja: (d) => [
      `『${d('input')}』は保管場所のアドレスではありません。`,
      's3://バケット名/キー の形で指定してください。',
    ],
    en: (d) => [`'${d('input')}' is not an address of storage.`, 'Write it as s3://bucket/key.'],
  },
  'not-an-object': {
    ja: (d) => [
      `『${d('input')}』にはキーがありません。`,
      's3://バケット名/キー の形で、ひとつのオブジェクトを指定してください。',
    ],
    en: (d) => [`'${d('input')}' names no object.`, 'Write one as s3://bucket/key.'],
  },
  'not-a-number': {
    ja: (d) => [`『${d('input')}』は ${d('least')} 以上の整数ではありません。`],
    en: (d) => [`'${d('input')}' is not a whole number from ${d('least')} on.`],
  },
  'not-a-duration': {
    ja: (d) => [`『${d('input')}』は時間の長さではありません。`, '90（秒）、15m、1h、7d のように指定してください。'],
    en: (d) => [`'${d('input')}' is not a length of time.`, 'Write it as 90 (seconds), 15m, 1h or 7d.'],
  },
  'not-a-day': {
    ja: (d) => [
      `『${d('input')}』は日付、または日付の範囲ではありません。`,
      '2026-11-22 のように、古い日付から順に指定してください。',
    ],
    en: (d) => [
      `'${d('input')}' is not a day, or not a span of days.`,
      'Write days as 2026-11-22, the earlier one first.',
    ],
  },
  'not-dated': {
    ja: (d) => [
      `${d('address')} には {yyyy}、{MM}、{dd} のすべてが必要です。`,
      'それぞれの日の年、月、日に置き換えられます。例：s3://bucket/sales/{yyyy}/{MM}/{dd}/',
    ],
    en: (d) => [
      `${d('address')} has to hold {yyyy}, {MM} and {dd}.`,
      "Each day's year, month and day take their place, as in s3://bucket/sales/{yyyy}/{MM}/{dd}/.",
    ],
  },
  'not-a-url': {
    ja: (d) => [`『${d('input')}』は URL ではありません。`, 'https://hikyaku.example.co.jp のように指定してください。'],
    en: (d) => [`'${d('input')}' is not a URL.`, 'Write it as https://hikyaku.example.com.'],
  },
  'not-a-recipient': {
    ja: (d) => [
      `『${d('input')}』は暗号化の宛先ではありません。`,
      'ファイルは送信されていません。',
      'age の公開鍵（age1…）か、--openpgp とともに OpenPGP の公開鍵のファイルを指定してください。',
    ],
    en: (d) => [
      `'${d('input')}' is no recipient to encrypt for.`,
      'Nothing was sent.',
      'Give a public key of age (age1…), or with --openpgp the file of an OpenPGP public key.',
    ],
  },
  'not-a-choice': {
    ja: (d) => [`『${d('input')}』は選べません。`, `次のどれかを指定してください：${d('choices')}`],
    en: (d) => [`'${d('input')}' is none of the choices.`, `Choose one of: ${d('choices')}`],
  },
  'policy-objection': {
    ja: () => ['確認の必要な点があります。上の結果をご覧ください。'],
    en: () => ['There is something to look at: see above.'],
  },
  'policy-unusable': {
    ja: () => ['読み取れなかったものがあります。上の結果の箇所を直してください。'],
    en: () => ['Something could not be read. Mend it where the lines above say.'],
  },
  'not-a-digest': {
    ja: (d) => [`『${d('input')}』は SHA-256（16進数64桁）ではありません。`],
    en: (d) => [`'${d('input')}' is no SHA-256: 64 hexadecimal digits.`],
  },
  'not-a-shell': {
    ja: (d) => [`『${d('input')}』の補完はありません。`, 'bash、zsh、fish のどれかを指定してください。'],
    en: (d) => [`There is no completion for '${d('input')}'.`, 'Name bash, zsh or fish.'],
  },
  'flags-exclude': {
    ja: (d) => [`${d('one')} と ${d('other')} は同時に指定できません。`],
    en: (d) => [`${d('one')} and ${d('other')} exclude each other.`],
  },
  'flag-needs': {
    ja: (d) => [`${d('one')} には ${d('other')} も必要です。`],
    en: (d) => [`${d('one')} needs ${d('other')} too.`],
  },
  'no-destination': {
    ja: () => [
      '送り先がありません。',
      '--to でデータセットを指定するか、最後に s3://バケット名/キー を指定してください。',
    ],
    en: () => ['There is no destination.', 'Name a dataset with --to, or end with s3://bucket/key.'],
  },
  'no-bucket': {
    ja: () => ['確かめるバケットを、s3://バケット名 の形で指定してください。'],
    en: () => ['Name the bucket to look at, as s3://bucket.'],
  },
  'no-files': {
    ja: () => ['ファイルが指定されていません。', 'ファイルの名前か、標準入力を表す「-」を指定してください。'],
    en: () => ['No file was named.', "Name files, or '-' for standard input."],
  },
  'stdin-alone': {
    ja: () => ['標準入力（-）は、ほかのファイルと一緒には送れません。'],
    en: () => ["Standard input ('-') goes alone, without other files."],
  },
  'one-file-only': {
    ja: (d) => [`${d('one')} は、ファイルがひとつのときだけ使えます。`],
    en: (d) => [`${d('one')} is for one file alone.`],
  },
  'not-a-file': {
    ja: (d) => [`『${d('path')}』はフォルダーです。`, 'ファイルを指定してください。'],
    en: (d) => [`'${d('path')}' is a folder.`, 'Name a file.'],
  },
  'keys-once': {
    ja: () => [
      '標準入力のキー（--keys-from -）は、アドレスがひとつのときだけ使えます。',
      'キーをファイルに保存して、--keys-from でそのファイルを指定してください。',
    ],
    en: () => [
      "Keys from standard input ('--keys-from -') are for one address alone: they can be read but once.",
      'Save them to a file, and name that with --keys-from.',
    ],
  },
  'is-folder': {
    ja: (d) => [`『${d('path')}』はフォルダーです。`, '中のファイルをすべて送るには、-r を付けてください。'],
    en: (d) => [`'${d('path')}' is a folder.`, 'Add -r for all files in it.'],
  },
  'copy-within-storage': {
    ja: () => ['コピー元とコピー先の、ちょうど一方だけを s3:// のアドレスにしてください。'],
    en: () => ['Exactly one side has to be an s3:// address: files go up, or objects come down.'],
  },
  'insecure-url': {
    ja: (d) => [
      `${d('url')} は暗号化されていない接続（http）です。APIトークンが盗まれるおそれがあるため、送りませんでした。`,
      'https の URL を指定してください。閉じたネットワークでやむを得ない場合は、HIKYAKU_ALLOW_HTTP=1 を設定してください。',
    ],
    en: (d) => [
      `${d('url')} is not encrypted (http). The API token was not sent: it could be stolen on the way.`,
      'Use a URL with https. In a closed network where there is none, set HIKYAKU_ALLOW_HTTP=1.',
    ],
  },
  'same-key': {
    ja: (d) => [
      `『${d('one')}』と『${d('other')}』は、どちらも ${d('target')} になります。`,
      '一方が他方を上書きしてしまうため、何も送信していません。',
      '送り先を分けて、別々に実行してください。',
    ],
    en: (d) => [
      `'${d('one')}' and '${d('other')}' would both become ${d('target')}.`,
      'Nothing was sent: one would be written over the other.',
      'Send them one by one, to different places.',
    ],
  },
  'same-file': {
    ja: (d) => [
      `${d('one')} と ${d('other')} は、どちらも『${d('target')}』になります。`,
      `先に受け取った方を上書きしないよう、${d('other')} は受け取っていません。`,
      '別のフォルダーに受け取ってください。',
    ],
    en: (d) => [
      `${d('one')} and ${d('other')} would both become '${d('target')}'.`,
      `${d('other')} was not fetched: the first one would be written over.`,
      'Bring it into another folder.',
    ],
  },
  'nothing-below': {
    ja: (d) => [
      `${d('address')} の下には何もありません。`,
      'アドレスを確かめてください。フォルダーのように扱うには、最後に / を付けてください。',
    ],
    en: (d) => [`There is nothing below ${d('address')}.`, 'Check the address. What is meant as a folder ends with /.'],
  },
  'file-missing': {
    ja: (d) => [`ファイル『${d('path')}』が見つからないか、読めません。`, '名前と権限を確かめてください。'],
    en: (d) => [`The file '${d('path')}' is not there, or can not be read.`, 'Check its name and its rights.'],
  },
  'no-region': {
    ja: () => ['AWS のリージョンが分かりません。', '--region か、環境変数 AWS_REGION で指定してください。'],
    en: () => ['The AWS region is not known.', 'Give it with --region or in AWS_REGION.'],
  },
  'no-url': {
    ja: () => [
      'Hikyaku のアドレスが設定されていません。',
      'hikyaku login を実行するか、環境変数 HIKYAKU_URL を設定してください。',
    ],
    en: () => ['The address of Hikyaku is not known.', 'Run hikyaku login, or set HIKYAKU_URL.'],
  },
  'no-token': {
    ja: (d) => [
      `${d('url')} のAPIトークンがありません。`,
      'ポータルの「APIトークン」で発行し、hikyaku login を実行するか、環境変数 HIKYAKU_TOKEN を設定してください。',
    ],
    en: (d) => [
      `There is no API token for ${d('url')}.`,
      'Make one in the portal under API tokens; then run hikyaku login, or set HIKYAKU_TOKEN.',
    ],
  },
  'not-a-token': {
    ja: (d) => [
      `${d('url')} のAPIトークンに、トークンには使われない文字（空白、改行、全角文字など）があります。送りませんでした。`,
      'ポータルで発行されたものを、そのまま貼り付けてください。',
    ],
    en: (d) => [
      `The API token for ${d('url')} holds what no token does: blanks, line breaks or letters beyond ASCII. It was not sent.`,
      'Paste it as the portal showed it.',
    ],
  },
  'token-file-open': {
    ja: (d) => [
      `トークンのファイル ${d('path')} を、ほかの人も読めます。使いませんでした。`,
      `chmod 600 ${d('path')} を実行するか、hikyaku login をやり直してください。`,
    ],
    en: (d) => [
      `Others can read the token's file ${d('path')}. It was not used.`,
      `Run chmod 600 ${d('path')}, or hikyaku login again.`,
    ],
  },
  'token-file-damaged': {
    ja: (d) => [`トークンのファイル ${d('path')} が読み取れません。`, 'hikyaku login をやり直してください。'],
    en: (d) => [`The token's file ${d('path')} is not what login writes.`, 'Run hikyaku login again.'],
  },
  'no-dataset': {
    ja: (d) => [
      `データセット『${d('dataset')}』がないか、このAPIトークンでは送れません。`,
      'ファイルは送信されていません。',
      `送れるデータセット：${d('known')}`,
    ],
    en: (d) => [
      `There is no dataset '${d('dataset')}', or this API token may not send to it.`,
      'Nothing was sent.',
      `Datasets to send to: ${d('known')}`,
    ],
  },
  'no-recipients': {
    ja: (d) => [
      `組織に、${d('kind')} の有効な公開鍵がありません。`,
      'ファイルは送信されていません。',
      '管理者に鍵の作成を依頼するか、--recipient で宛先を指定してください。',
    ],
    en: (d) => [
      `The organization has no active public key of ${d('kind')}.`,
      'Nothing was sent.',
      'Ask an administrator to make one, or name recipients with --recipient.',
    ],
  },
  'encryption-required': {
    ja: (d) => [
      `データセット『${d('dataset')}』は、暗号化されたファイルだけを受け付けます。`,
      `『${d('path')}』は送信されていません。`,
      '--encrypt を付けて、もう一度実行してください。',
    ],
    en: (d) => [
      `The dataset '${d('dataset')}' takes encrypted files only.`,
      `'${d('path')}' was not sent.`,
      'Run it again with --encrypt.',
    ],
  },
  'file-changed': {
    ja: (d) => [
      `『${d('path')}』の内容が、送信の途中で変わりました。`,
      '送信は取り消されました。取り込まれることはありません。',
      'ファイルの作成が終わってから、もう一度実行してください。',
    ],
    en: (d) => [
      `'${d('path')}' changed while it was sent.`,
      'The upload was cancelled; nothing of it is taken in.',
      'Run it again when whatever writes the file has finished.',
    ],
  },
  'file-changed-sent': {
    ja: (d) => [
      `『${d('path')}』の内容が、送信の途中で変わりました。`,
      `${d('address')} には、途中の内容が混ざっているおそれがあります。`,
      'ファイルの作成が終わってから、もう一度実行してください。',
    ],
    en: (d) => [
      `'${d('path')}' changed while it was sent.`,
      `What lies at ${d('address')} may be a mixture.`,
      'Run it again when whatever writes the file has finished.',
    ],
  },
  'some-failed': {
    ja: (d) => [`${d('total')}件中${d('failed')}件が失敗しました。`],
    en: (d) => [`${d('failed')} of ${d('total')} failed.`],
  },
  'not-taken-in': {
    ja: (d) => [`『${d('fileName')}』は取り込まれませんでした（${d('state')}）。`, d('cause')],
    en: (d) => [`'${d('fileName')}' was not taken in (${d('state')}).`, d('cause')],
  },
  'lines-refused': {
    ja: (d) => [
      `『${d('fileName')}』の${d('rejected')}行は、不備のため取り込まれませんでした。ほかの行は取り込まれています。`,
      `hikyaku rejects ${d('uploadId')} -o refused.csv で受け取り、直した行だけを送り直せます。`,
    ],
    en: (d) => [
      `Lines of '${d('fileName')}' were refused: ${d('rejected')}. All others are taken in.`,
      `Get them with hikyaku rejects ${d('uploadId')} -o refused.csv, correct them, and send those alone.`,
    ],
  },
  'not-yet': {
    ja: (d) => [
      `『${d('fileName')}』は安全に保管されていますが、取り込みがまだ終わっていません（${d('state')}）。`,
      `hikyaku status ${d('uploadId')} --wait で、続きを待てます。送り直す必要はありません。`,
    ],
    en: (d) => [
      `'${d('fileName')}' is safe, and not taken in yet (${d('state')}).`,
      `Go on waiting with hikyaku status ${d('uploadId')} --wait. There is no need to send it again.`,
    ],
  },
  'upload-ended': {
    ja: (d) => [
      `『${d('fileName')}』の送信は終わっています（${d('state')}）。`,
      'ファイルは届いていません。必要な場合は、もう一度送ってください。',
    ],
    en: (d) => [
      `The upload of '${d('fileName')}' has ended (${d('state')}).`,
      'The file did not arrive. Send it again if it is needed.',
    ],
  },
  'doctor-found': {
    ja: (d) => [`${d('failed')}件の異常があります。`],
    en: (d) => [`What failed: ${d('failed')}.`],
  },
  'server-said': {
    ja: (d) => [`サーバーが要求を受け付けませんでした（${d('status')}）。`, d('text')],
    en: (d) => [`The server did not take the request (${d('status')}).`, d('text')],
  },
  'not-our-server': {
    ja: (d) => [
      `${d('url')} から、Hikyaku のものではない答えが返りました（${d('status')}）。`,
      'URL を確かめてください。途中のプロキシが答えていることもあります。',
    ],
    en: (d) => [
      `What answers at ${d('url')} is not Hikyaku (${d('status')}).`,
      'Check the URL. It may also be a proxy on the way that answers.',
    ],
  },
  redirected: {
    ja: (d) => [
      `${d('url')} は ${d('location')} へ転送しています（${d('status')}）。APIトークンは転送先へ送っていません。`,
      '転送先が Hikyaku であれば、その URL を指定してください。途中のプロキシが答えていることもあります。',
    ],
    en: (d) => [
      `${d('url')} sends us on to ${d('location')} (${d('status')}). The API token was not sent there.`,
      'If that is Hikyaku, use its URL. It may also be a proxy on the way that answers.',
    ],
  },
  'untrusted-server': {
    ja: (d) => [
      `${d('url')} の証明書を確認できません（${d('cause')}）。何も送っていません。`,
      '社内の認証局を使っている場合は、その証明書のファイルを環境変数 NODE_EXTRA_CA_CERTS で指定してください。',
    ],
    en: (d) => [
      `The certificate of ${d('url')} is not trusted (${d('cause')}). Nothing was sent.`,
      'Where it is from an authority of your own, name its file in NODE_EXTRA_CA_CERTS.',
    ],
  },
  'not-a-receipt': {
    ja: (d) => [
      `『${d('path')}』は受領証ではないか、途中で切れています。`,
      'ポータルの「受領証」か hikyaku receipt で、もう一度受け取ってください。',
    ],
    en: (d) => [
      `'${d('path')}' is no receipt, or not all of one.`,
      'Get it again: from the page of the file, or with hikyaku receipt.',
    ],
  },
  'receipt-changed': {
    ja: (d) => [
      `『${d('path')}』は、発行された後に変更されています。書かれている内容は信用できません。`,
      '発行されたままの受領証を、もう一度受け取ってください。',
    ],
    en: (d) => [
      `'${d('path')}' was changed after it was issued: do not rely on what it says.`,
      'Get it again as it was issued.',
    ],
  },
  'receipt-unknown-key': {
    ja: (d) => [
      `受領証に署名した鍵が、信頼する鍵（${d('trusted')}）の中にありません。`,
      `受領証には発行者が ${d('issuer')} と書かれていますが、確かめられません。`,
      '別の Hikyaku のものなら、その URL を --keys で指定してください。鍵が新しくなっていれば、もう一度 hikyaku login を実行してください。',
    ],
    en: (d) => [
      `The key that signed the receipt is none of the trusted ones (${d('trusted')}).`,
      `It says to be from ${d('issuer')}, which nothing proves.`,
      'If it is from another Hikyaku, name its URL with --keys. If the keys are newer than those you have, run hikyaku login again.',
    ],
  },
  'receipt-without-digest': {
    ja: () => [
      '受領証は本物ですが、ファイルの SHA-256 が書かれていないため、ファイルとは比べられません。',
      'ファイルが最後まで読まれずに結果が定まったものです。',
    ],
    en: () => [
      'The receipt is genuine, but names no SHA-256 to compare the file with.',
      'Its outcome was settled without reading the file to its end.',
    ],
  },
  'receipt-file-differs': {
    ja: (d) => [
      `受領証は本物ですが、『${d('path')}』はその受領証のファイルではありません。`,
      '圧縮や暗号化をして送った場合は、送られたままのファイルと比べてください。',
    ],
    en: (d) => [
      `The receipt is genuine, but '${d('path')}' is not its file.`,
      'Where it was compressed or encrypted on its way, compare what was sent.',
    ],
  },
  'no-receipt-keys': {
    ja: () => [
      '信頼する鍵がありません。',
      '--keys で Hikyaku の URL か鍵のファイルを指定するか、hikyaku login を実行してください。',
    ],
    en: () => [
      'There are no keys to trust.',
      'Name the URL of Hikyaku or a file of keys with --keys, or run hikyaku login.',
    ],
  },
  'receipt-keys-open': {
    ja: (d) => [
      `信頼する鍵（${d('path')}）は、ほかの人が書き換えられる状態でした。`,
      '受領証の確認には使っていません。',
      `${d('place')} の所有者をご自身にし、ほかの人が書き込めないようにして（chmod go-w ${d('place')}）、もう一度 hikyaku login を実行してください。鍵を保存し直します。`,
    ],
    en: (d) => [
      `Others may have written the trusted keys, ${d('path')}.`,
      'They were not used, and no receipt was checked with them.',
      `See that ${d('place')} is yours, and yours alone to write to (chmod go-w ${d('place')}); then run hikyaku login again, which keeps the keys anew.`,
    ],
  },
  'keys-unusable': {
    ja: (d) => [`${d('from')} には、受領証の鍵がありません。`, 'URL かファイルを確かめてください。'],
    en: (d) => [`There are no keys of receipts at ${d('from')}.`, 'Check the URL or the file.'],
  },
  'old-node': {
    ja: (d) => [`この Node.js（${d('version')}）では、プロキシを通せません。`, 'Node.js 24.5 以降で実行してください。'],
    en: (d) => [`This Node.js (${d('version')}) can not go through a proxy.`, 'Run it with Node.js 24.5 or newer.'],
  },
} satisfies Record<CommandFailureCode, Record<Locale, FailureText>>;

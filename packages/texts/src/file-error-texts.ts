import type { FileErrorCode, Locale } from '@hikyaku/types';
import { type DetailReader, phrase } from './detail-reader.ts';
import type { ErrorTextMaker } from './error-text.ts';
import { say } from './say.ts';

const keptNotTakenIn = {
  ja: 'ファイルは保管され、取り込みは行われていません。',
  en: 'The file is kept and was not taken in.',
};
const retriedByItself = {
  ja: 'ファイルは保管されています。取り込みは自動でやり直されます。',
  en: 'The file is kept, and taking it in starts again by itself.',
};
const nothingToDo = {
  ja: '対応は必要ありません。しばらくお待ちください。',
  en: 'There is nothing to do. Please wait.',
};

const encryptionKinds: Record<string, Record<Locale, string>> = {
  passphrase: { ja: 'パスフレーズによる暗号化', en: 'with a passphrase' },
  'work-factor': { ja: '計算量の大きすぎるパスフレーズによる暗号化', en: 'with a passphrase that takes too much work' },
  'no-integrity': { ja: '改ざんを検出できない古い形式の PGP', en: 'PGP of an old form that does not show changes' },
};

function encryptionKind(d: DetailReader, locale: Locale): string | undefined {
  return encryptionKinds[d.words('kind') ?? '']?.[locale];
}

const unencryptedReasons: Record<string, Record<Locale, string>> = {
  name: { ja: 'ファイル名は暗号化済みを示していますが、', en: 'The file name says that it is encrypted. ' },
  dataset: {
    ja: 'このデータセットは暗号化されたファイルだけを受け付けますが、',
    en: 'This dataset takes encrypted files only. ',
  },
};

function unencrypted(d: DetailReader, locale: Locale): string {
  return unencryptedReasons[d.words('expectedBy') ?? '']?.[locale] ?? '';
}

const changedSinceSigned = {
  ja: '署名がファイルの内容と一致しません。署名のあとに書き換えられた可能性があります。',
  en: 'The signature does not fit the file. It may have been changed since it was signed.',
};
const signatureProblems: Record<string, Record<Locale, string>> = {
  malformed: {
    ja: 'ファイルの横にある署名ファイルを、署名として読み取れません。',
    en: 'What lies beside the file is no signature that could be read.',
  },
  comment: {
    ja: '署名に添えられた注記が、署名のあとに書き換えられています。',
    en: 'The comment in the signature was changed since it was signed.',
  },
  'legacy-too-large': {
    ja: '署名が古い形式のもので、この大きさのファイルには使えません。',
    en: 'The signature is of an old form that does not do for a file of this size.',
  },
};

function signatureProblem(d: DetailReader, locale: Locale): string {
  return signatureProblems[d.words('problem') ?? '']?.[locale] ?? changedSinceSigned[locale];
}

/** What a file is, or has to be. */
const formatNames: Record<string, Record<Locale, string>> = {
  csv: { ja: 'CSVファイル', en: 'a CSV file' },
  tsv: { ja: 'TSVファイル（タブ区切り）', en: 'a TSV file (tab-separated)' },
  'json-lines': { ja: 'JSON Lines（1行に1件のJSON）', en: 'JSON Lines (one JSON object a line)' },
  xlsx: { ja: 'Excelブック（xlsx形式）', en: 'an Excel workbook (.xlsx)' },
  office: { ja: 'Excelブックなどの Office 文書', en: 'an Office document such as a workbook' },
  xls: { ja: '旧形式またはパスワード付きの Office 文書', en: 'an Office document of the old form or with a password' },
  json: { ja: '全体が1つのJSON', en: 'a single JSON value' },
  text: { ja: 'テキスト', en: 'text' },
  zip: { ja: 'ZIPファイル', en: 'a zip file' },
  gzip: { ja: 'gzipファイル', en: 'a gzip file' },
  pdf: { ja: 'PDF', en: 'a PDF' },
  png: { ja: '画像（PNG）', en: 'an image (PNG)' },
  jpeg: { ja: '画像（JPEG）', en: 'an image (JPEG)' },
  gif: { ja: '画像（GIF）', en: 'an image (GIF)' },
  age: { ja: '暗号化されたファイル（age）', en: 'an encrypted file (age)' },
  rtf: { ja: 'リッチテキスト（RTF）', en: 'rich text (RTF)' },
  html: { ja: 'Webページ（HTML）', en: 'a web page (HTML)' },
  xml: { ja: 'XML', en: 'XML' },
  sqlite: { ja: 'SQLiteのデータベース', en: 'an SQLite database' },
  parquet: { ja: 'Parquet', en: 'Parquet' },
};

function formatName(d: DetailReader, detail: 'found' | 'expected', locale: Locale): string | undefined {
  return formatNames[d.words(detail) ?? '']?.[locale];
}

/** Why a zip file isn't unpacked. */
const zipFaults: Record<string, Record<Locale, string>> = {
  several: { ja: 'ZIPファイルに、ファイルが1つだけではありません。', en: 'The zip file holds more than one file.' },
  empty: { ja: 'ZIPファイルが空です。', en: 'The zip file is empty.' },
  encrypted: { ja: 'ZIPファイルにパスワードが設定されています。', en: 'The zip file has a password.' },
  name: { ja: 'ZIPの中のファイル名が正しくありません。', en: 'The name of the file within the zip file is not valid.' },
};

/** Why a whole file was not taken in. Every detail is optional; `d.…('name')` shows which ones a text can tell. */
export const fileErrorTexts = {
  'empty-file': {
    ja: () =>
      say(
        'ファイルが空か、見出しの行しかありません。',
        keptNotTakenIn.ja,
        '中身をご確認のうえ、もう一度送ってください。',
      ),
    en: () => say('The file has no lines of data.', keptNotTakenIn.en, 'Check what is in it and send it again.'),
  },
  'not-csv': {
    ja: (d) =>
      say(
        `ファイルをCSVとして読み取れませんでした${phrase([d.count('lineNumber')], (line) => `（${line}行目）`)}。`,
        keptNotTakenIn.ja,
        'CSV形式で保存し直して、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `The file could not be read as CSV${phrase([d.count('lineNumber')], (line) => ` (line ${line})`)}.`,
        keptNotTakenIn.en,
        'Save it as CSV and send it again.',
      ),
  },
  'other-format': {
    ja: (d) =>
      say(
        `${phrase([formatName(d, 'found', 'ja')], (found) => `ファイルは${found}です。`)}${phrase([formatName(d, 'expected', 'ja')], (expected) => `このデータセットは${expected}を受け付けます。`) || '受け付けていない形式のファイルです。'}`,
        keptNotTakenIn.ja,
        '正しい形式で保存し直して、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `${phrase([formatName(d, 'found', 'en')], (found) => `The file is ${found}. `)}${phrase([formatName(d, 'expected', 'en')], (expected) => `This dataset takes ${expected}.`) || 'Files of this format are not taken.'}`,
        keptNotTakenIn.en,
        'Save it in the right format and send it again.',
      ),
  },
  'damaged-workbook': {
    ja: () =>
      say(
        'Excelブック（xlsx形式）として読み取れませんでした。',
        'ファイルは保管され、どの行も取り込まれていません。',
        'Excelで開いてxlsx形式で保存し直し、もう一度送ってください。',
      ),
    en: () =>
      say(
        'The file could not be read as an Excel workbook (.xlsx).',
        'The file is kept, and none of its lines was taken in.',
        'Open it in Excel, save it as .xlsx, and send it again.',
      ),
  },
  'no-sheet': {
    ja: (d) =>
      say(
        `ブックに${phrase([d.words('sheet')], (sheet) => `『${sheet}』という`)}シートがありません${phrase([d.words('sheets')], (sheets) => `（あるシート: ${sheets}）`)}。`,
        keptNotTakenIn.ja,
        'シート名をご確認のうえ、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `The workbook has no sheet${phrase([d.words('sheet')], (sheet) => ` named '${sheet}'`)}${phrase([d.words('sheets')], (sheets) => ` (it has: ${sheets})`)}.`,
        keptNotTakenIn.en,
        'Check the name of the sheet and send the file again.',
      ),
  },
  'workbook-too-large': {
    ja: (d) =>
      say(
        `Excelブックが大きすぎます${phrase([d.bytes('limitBytes')], (limit) => `（上限 ${limit}）`)}。`,
        keptNotTakenIn.ja,
        'いくつかのブックに分けるか、CSVでの受け付けを管理者にご相談ください。',
      ),
    en: (d) =>
      say(
        `The workbook is too large${phrase([d.bytes('limitBytes')], (limit) => ` (the limit is ${limit})`)}.`,
        keptNotTakenIn.en,
        'Split it into several workbooks, or ask your administrator for CSV.',
      ),
  },
  'not-utf8': {
    ja: () =>
      say(
        '見出しの行の文字コードを読み取れませんでした。',
        keptNotTakenIn.ja,
        'Excelの「CSV UTF-8」または「CSV」形式で保存し直して、もう一度送ってください。',
      ),
    en: () =>
      say(
        'The characters of the header could not be read.',
        keptNotTakenIn.en,
        "Save the file in Excel as 'CSV UTF-8' or 'CSV' and send it again.",
      ),
  },
  'missing-columns': {
    ja: (d) =>
      say(
        `必要な列${phrase([d.words('columns')], (columns) => `『${columns}』`)}が見つかりませんでした。`,
        keptNotTakenIn.ja,
        '1行目の見出しに列を加えて、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `Required columns are missing${phrase([d.words('columns')], (columns) => `: ${columns}`)}.`,
        keptNotTakenIn.en,
        'Add them to the header in line 1 and send the file again.',
      ),
  },
  'repeated-columns': {
    ja: (d) =>
      say(
        `同じ名前の列${phrase([d.words('columns')], (columns) => `『${columns}』`)}が2つ以上あります。`,
        keptNotTakenIn.ja,
        '1行目の見出しがすべて異なるように直して、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `Some columns have the same name${phrase([d.words('columns')], (columns) => `: ${columns}`)}.`,
        keptNotTakenIn.en,
        'Give each column in line 1 its own name and send the file again.',
      ),
  },
  'too-many-columns': {
    ja: (d) =>
      say(
        `列の数が多すぎます${phrase([d.count('found'), d.count('limit')], (found, limit) => `（${found}列、上限 ${limit}列）`)}。`,
        keptNotTakenIn.ja,
        '不要な列を除いて、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `The file has too many columns${phrase([d.count('found'), d.count('limit')], (found, limit) => ` (${found}; the limit is ${limit})`)}.`,
        keptNotTakenIn.en,
        'Remove those that are not needed and send it again.',
      ),
  },
  'line-too-long': {
    ja: (d) =>
      say(
        `${phrase([d.count('lineNumber')], (line) => `${line}行目に、`)}長すぎる行があります${phrase([d.bytes('limitBytes')], (limit) => `（上限 ${limit}）`)}。`,
        keptNotTakenIn.ja,
        '引用符（"）が閉じているか、改行が抜けていないかをご確認のうえ、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `${phrase([d.count('lineNumber')], (line) => `Line ${line}`) || 'A line'} is too long${phrase([d.bytes('limitBytes')], (limit) => ` (the limit is ${limit})`)}.`,
        keptNotTakenIn.en,
        'Check for a quotation mark that is not closed or a missing line break, and send the file again.',
      ),
  },
  'unclosed-quote': {
    ja: (d) =>
      say(
        `${phrase([d.count('lineNumber')], (line) => `${line}行目から始まる`)}引用符（"）が閉じていません。`,
        keptNotTakenIn.ja,
        '引用符を直して、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `A quotation mark${phrase([d.count('lineNumber')], (line) => ` in line ${line}`)} is not closed.`,
        keptNotTakenIn.en,
        'Correct it and send the file again.',
      ),
  },
  'too-many-rejects': {
    ja: (d) =>
      say(
        `不備のある行が多すぎます${phrase([d.count('rejected')], (rejected) => `（${rejected}行${phrase([d.count('limit')], (limit) => `、上限 ${limit}行`)}）`)}。`,
        'ファイルは保管され、どの行も取り込まれていません。',
        '不備一覧をダウンロードして直し、ファイル全体をもう一度送ってください。',
      ),
    en: (d) =>
      say(
        `Too many lines were refused${phrase([d.count('rejected')], (rejected) => ` (${rejected}${phrase([d.count('limit')], (limit) => `; the limit is ${limit}`)})`)}.`,
        'The file is kept, and none of its lines was taken in.',
        'Download the refused lines, correct them, and send the whole file again.',
      ),
  },
  'wrong-key': {
    ja: (d) =>
      say(
        'このファイルは別の鍵で暗号化されています。',
        keptNotTakenIn.ja,
        `送信元に、組織の公開鍵${phrase([d.key('publicKey')], (key) => `（${key}）`)}で暗号化し直すよう依頼してください。`,
      ),
    en: (d) =>
      say(
        'This file was encrypted for another key.',
        keptNotTakenIn.en,
        `Ask the sender to encrypt it for your organization's key${phrase([d.key('publicKey')], (key) => ` (${key})`)}.`,
      ),
  },
  'no-key': {
    ja: () =>
      say(
        'ファイルは暗号化されていますが、組織の公開鍵がまだありません。',
        keptNotTakenIn.ja,
        '管理者に鍵の作成を依頼し、その公開鍵で暗号化し直して送ってください。',
      ),
    en: () =>
      say(
        'The file is encrypted, but your organization has no public key yet.',
        keptNotTakenIn.en,
        'Ask your administrator for a key, encrypt the file for it, and send it again.',
      ),
  },
  'key-unavailable': {
    ja: () =>
      say(
        '暗号化されたファイルを開くための鍵を、取り込みの処理で使えませんでした。',
        keptNotTakenIn.ja,
        '管理者にお知らせください。鍵が使えるようになれば再実行できます。',
      ),
    en: () =>
      say(
        'The key that opens this encrypted file could not be used.',
        keptNotTakenIn.en,
        'Tell your administrator. It can be run again once the key is back.',
      ),
  },
  'not-encrypted': {
    ja: (d) =>
      say(
        `${unencrypted(d, 'ja')}届いたファイルは暗号化されていません。`,
        keptNotTakenIn.ja,
        '送信元に、暗号化されないまま届いたことを伝え、組織の公開鍵で暗号化して送り直すよう依頼してください。',
      ),
    en: (d) =>
      say(
        `${unencrypted(d, 'en')}What arrived is not encrypted.`,
        keptNotTakenIn.en,
        "Tell the sender that it came unprotected, and ask for a copy encrypted for your organization's key.",
      ),
  },
  'unsupported-encryption': {
    ja: (d) =>
      say(
        `この方法で暗号化されたファイルは開けません${phrase([encryptionKind(d, 'ja')], (kind) => `（${kind}）`)}。`,
        keptNotTakenIn.ja,
        '組織の公開鍵を宛先にして暗号化し直し、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `This kind of encryption cannot be opened${phrase([encryptionKind(d, 'en')], (kind) => ` (${kind})`)}.`,
        keptNotTakenIn.en,
        "Encrypt it for your organization's key and send it again.",
      ),
  },
  'not-signed': {
    ja: () =>
      say(
        'このデータセットは署名されたファイルだけを受け付けますが、届いたファイルには署名がありません。',
        keptNotTakenIn.ja,
        '送信元に、署名して送り直すよう依頼してください。',
      ),
    en: () =>
      say(
        'This dataset takes signed files only, and what arrived is not signed.',
        keptNotTakenIn.en,
        'Ask the sender to sign it and send it again.',
      ),
  },
  'signature-missing': {
    ja: () =>
      say(
        'ファイルの署名がまだ届いていません。',
        keptNotTakenIn.ja,
        '送信元に、署名ファイル（minisig）をファイルと同じ場所に置くよう依頼してください。届いたあとで再実行できます。',
      ),
    en: () =>
      say(
        'The signature of the file has not arrived.',
        keptNotTakenIn.en,
        'Ask the sender to put the signature (.minisig) beside the file. It can be run again once it is there.',
      ),
  },
  'signature-invalid': {
    ja: (d) =>
      say(
        signatureProblem(d, 'ja'),
        'ファイルは保管され、どの行も取り込まれていません。',
        '送信元に、署名し直してもう一度送るよう依頼してください。心当たりがない場合は、管理者にお知らせください。',
      ),
    en: (d) =>
      say(
        signatureProblem(d, 'en'),
        'The file is kept, and none of its lines was taken in.',
        'Ask the sender to sign it again and send it. If nobody can explain it, tell your administrator.',
      ),
  },
  'signature-untrusted': {
    ja: (d) =>
      say(
        `ファイルは、信頼する鍵に含まれない鍵${phrase([d.words('keyId')], (key) => `（${key}）`)}で署名されています。`,
        keptNotTakenIn.ja,
        '送信元の鍵に間違いがなければ、信頼する鍵への追加を管理者に依頼し、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `The file is signed with a key${phrase([d.words('keyId')], (key) => ` (${key})`)} that this dataset does not trust.`,
        keptNotTakenIn.en,
        "If it is the sender's key, ask your administrator to trust it, and send the file again.",
      ),
  },
  'damaged-encryption': {
    ja: (d) =>
      say(
        d.words('damage') === 'truncated'
          ? '暗号化されたファイルが途中で切れています。'
          : '暗号化されたファイルが壊れているか、書き換えられています。',
        'ファイルは保管され、どの行も取り込まれていません。',
        '元のファイルから暗号化し直して、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        d.words('damage') === 'truncated'
          ? 'The encrypted file is cut off before its end.'
          : 'The encrypted file is damaged or was changed.',
        'The file is kept, and none of its lines was taken in.',
        'Encrypt the original again and send that.',
      ),
  },
  'damaged-compression': {
    ja: (d) =>
      say(
        d.words('damage') === 'truncated'
          ? '圧縮されたファイルが途中で切れています。'
          : '圧縮されたファイルが壊れています。',
        'ファイルは保管され、どの行も取り込まれていません。',
        '元のファイルから圧縮し直して、もう一度送ってください。',
      ),
    en: (d) =>
      say(
        d.words('damage') === 'truncated'
          ? 'The compressed file is cut off before its end.'
          : 'The compressed file is damaged.',
        'The file is kept, and none of its lines was taken in.',
        'Compress the original again and send that.',
      ),
  },
  'unsupported-compression': {
    ja: (d) =>
      say(
        zipFaults[d.words('kind') ?? '']?.ja ?? 'この方式で圧縮されたファイルは展開できません。',
        keptNotTakenIn.ja,
        'ファイルを1つだけ、パスワードなしで圧縮するか、圧縮せずに送ってください。',
      ),
    en: (d) =>
      say(
        zipFaults[d.words('kind') ?? '']?.en ?? 'A file compressed in this way cannot be unpacked.',
        keptNotTakenIn.en,
        'Compress one file alone and without a password, or send it uncompressed.',
      ),
  },
  'nested-compression': {
    ja: () =>
      say(
        '圧縮されたファイルが、もう一度圧縮されています。',
        keptNotTakenIn.ja,
        '1回だけ圧縮して、もう一度送ってください。',
      ),
    en: () => say('The file is compressed twice.', keptNotTakenIn.en, 'Compress it once and send it again.'),
  },
  'content-too-large': {
    ja: (d) =>
      say(
        `展開したファイルが大きすぎます${phrase([d.bytes('limitBytes')], (limit) => `（上限 ${limit}）`)}。`,
        'ファイルは保管され、どの行も取り込まれていません。',
        '中身をご確認のうえ、いくつかのファイルに分けて送ってください。',
      ),
    en: (d) =>
      say(
        `The file is too large once unpacked${phrase([d.bytes('limitBytes')], (limit) => ` (the limit is ${limit})`)}.`,
        'The file is kept, and none of its lines was taken in.',
        'Check what is in it, and send it in several smaller files.',
      ),
  },
  'object-missing': {
    ja: () =>
      say(
        '取り込もうとしたファイルが保管場所に見つかりませんでした。',
        '取り込みは行われていません。',
        'もう一度送ってください。',
      ),
    en: () => say('The file was no longer in storage.', 'It was not taken in.', 'Send it again.'),
  },
  'no-date-in-name': {
    ja: () =>
      say(
        'ファイル名に日付がありません。このデータセットは、ファイル名の日付で新旧を決めます。',
        'ファイルは保管され、どの行も取り込まれていません。',
        '名前に 20261121 や 2026-11-21 のような日付を付けて、もう一度送ってください。',
      ),
    en: () =>
      say(
        'There is no date in the name of the file, and this dataset goes by it to tell which of two files is newer.',
        'The file is kept, and none of its lines was taken in.',
        'Put a date like 20261121 or 2026-11-21 into its name and send it again.',
      ),
  },
  'newer-taken-in': {
    ja: () =>
      say(
        'このファイルより新しいファイルが、データセットのキーを変更する前に取り込まれています。新しい値を古い値に戻すおそれがあるため、取り込みませんでした。',
        'ファイルは保管され、どの行も取り込まれていません。',
        'このファイルの内容が最新の場合は、もう一度送ってください。',
      ),
    en: () =>
      say(
        "Newer files were taken in before the dataset's key was changed. This older one could set values back, so it was left out.",
        'The file is kept, and none of its lines was taken in.',
        'If what this file says is the newest, send it again.',
      ),
  },
  'object-deleted': {
    ja: () =>
      say(
        '取り込む前に、ファイルが保管場所から完全に削除されました。',
        'どの行も取り込まれていません。',
        '必要な場合は、もう一度送ってください。',
      ),
    en: () =>
      say(
        'The file was deleted from storage for good before it could be read.',
        'None of its lines was taken in.',
        'If it is still needed, send it again.',
      ),
  },
  'object-superseded': {
    ja: () =>
      say(
        '取り込む前に、同じ場所のファイルが別のものに置き換えられました。',
        '元のファイルは残っておらず、取り込まれていません。新しいファイルは別に取り込まれます。',
        '特に何もする必要はありません。',
      ),
    en: () =>
      say(
        'Another file was put in its place before it could be read.',
        'The old one is gone and was not taken in. The new one is taken in by itself.',
        'Nothing needs to be done.',
      ),
  },
  'same-content': {
    ja: () =>
      say(
        '同じ内容のファイルが、すでに取り込まれています。',
        'データベースの内容は変わっていません。',
        '特に何もする必要はありません。',
      ),
    en: () =>
      say(
        'A file with the same content was taken in before.',
        'Nothing in the database was changed.',
        'Nothing needs to be done.',
      ),
  },
  'unexpected-version': {
    ja: () =>
      say(
        '一度届いたファイルが、あとから書き換えられました。',
        '書き換えられたファイルは隔離され、取り込みは行われていません。',
        '心当たりがない場合は、管理者にお知らせください。',
      ),
    en: () =>
      say(
        'The file was replaced after it had arrived.',
        'The replacement is quarantined and was not taken in.',
        'If you did not expect this, tell your administrator.',
      ),
  },
  'upload-cancelled': {
    ja: () =>
      say(
        '送信を取り消したあとに、ファイルが届きました。',
        keptNotTakenIn.ja,
        '取り込みが必要な場合は、もう一度送ってください。',
      ),
    en: () =>
      say(
        'The file arrived after sending it was cancelled.',
        keptNotTakenIn.en,
        'If it should be taken in, send it again.',
      ),
  },
  'size-mismatch': {
    ja: (d) =>
      say(
        `届いたファイルの大きさが、送信前と一致しません${phrase([d.count('expected'), d.count('found')], (expected, found) => `（送信前 ${expected} バイト、到着 ${found} バイト）`)}。`,
        keptNotTakenIn.ja,
        'もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `The file that arrived is not the size of the one that was sent${phrase([d.count('expected'), d.count('found')], (expected, found) => ` (${expected} bytes sent, ${found} bytes arrived)`)}.`,
        keptNotTakenIn.en,
        'Send it again.',
      ),
  },
  'checksum-mismatch': {
    ja: (d) =>
      say(
        `届いたファイルの内容が、送信したものと一致しません${phrase([d.count('partNumber')], (part) => `（${part}番目の部分）`)}。途中で壊れた可能性があります。`,
        '何も取り込まれていません。',
        'もう一度送ってください。',
      ),
    en: (d) =>
      say(
        `What arrived is not what was sent${phrase([d.count('partNumber')], (part) => ` (part ${part})`)}. It may have been damaged on its way.`,
        'Nothing was taken in.',
        'Send the file again.',
      ),
  },
  'no-organization': {
    ja: () =>
      say(
        'どの組織のファイルか分かりませんでした。',
        keptNotTakenIn.ja,
        '送り先の場所をご確認のうえ、もう一度送ってください。',
      ),
    en: () =>
      say(
        'The file belongs to no organization we know.',
        keptNotTakenIn.en,
        'Check where it should go and send it again.',
      ),
  },
  'no-dataset': {
    ja: (d) =>
      say(
        `送り先のデータセット${phrase([d.words('dataset')], (dataset) => `『${dataset}』`)}が見つかりませんでした。`,
        keptNotTakenIn.ja,
        'データセットを選び直して送るか、管理者に登録を依頼してください。',
      ),
    en: (d) =>
      say(
        `No dataset fits the file${phrase([d.words('dataset')], (dataset) => ` (looked for '${dataset}')`)}.`,
        keptNotTakenIn.en,
        'Send it to another dataset, or ask your administrator to add this one.',
      ),
  },
  'claim-lost': {
    ja: () => say('取り込みの途中で担当が入れ替わりました。', retriedByItself.ja, nothingToDo.ja),
    en: () => say('Another worker took this file over.', retriedByItself.en, nothingToDo.en),
  },
  stopped: {
    ja: () => say('システムの停止に伴い、取り込みを中断しました。', retriedByItself.ja, nothingToDo.ja),
    en: () => say('Taking in was interrupted because the system was stopping.', retriedByItself.en, nothingToDo.en),
  },
  'staging-lost': {
    ja: () => say('データベースの再起動により、読み込んだ行が失われました。', retriedByItself.ja, nothingToDo.ja),
    en: () => say('The database restarted and lost the lines read so far.', retriedByItself.en, nothingToDo.en),
  },
  'target-changed': {
    ja: () => say('取り込みのあいだに、別のファイルが同じ行を表に追加しました。', retriedByItself.ja, nothingToDo.ja),
    en: () => say('Another file added the same rows while this one was taken in.', retriedByItself.en, nothingToDo.en),
  },
  'storage-refused': {
    ja: () =>
      say(
        '保管場所のファイルを読み取る権限がありませんでした。',
        keptNotTakenIn.ja,
        '管理者にお知らせください。権限を直したあとで再実行できます。',
      ),
    en: () =>
      say(
        'Storage did not let us read the file.',
        keptNotTakenIn.en,
        'Tell your administrator. It can be run again once access is restored.',
      ),
  },
  'storage-unavailable': {
    ja: () =>
      say(
        '取り込みの途中で、保管場所が応答しなくなりました。',
        keptNotTakenIn.ja,
        'しばらく待ってから再実行してください。',
      ),
    en: () =>
      say(
        'Storage stopped answering while the file was read.',
        keptNotTakenIn.en,
        'Wait a few minutes and run it again.',
      ),
  },
  'database-unavailable': {
    ja: () =>
      say(
        '取り込みの途中で、データベースが応答しなくなりました。',
        keptNotTakenIn.ja,
        'しばらく待ってから再実行してください。',
      ),
    en: () =>
      say(
        'The database stopped answering while the file was taken in.',
        keptNotTakenIn.en,
        'Wait a few minutes and run it again.',
      ),
  },
  'too-many-attempts': {
    ja: (d) =>
      say(
        `取り込みを${phrase([d.count('attempts')], (attempts) => `${attempts}回`) || '繰り返し'}試みましたが、完了できませんでした。`,
        keptNotTakenIn.ja,
        'ファイルの内容をご確認ください。問題がなければ再実行できます。',
      ),
    en: (d) =>
      say(
        `Taking in failed ${phrase([d.count('attempts')], (attempts) => `${attempts} times`) || 'again and again'}.`,
        keptNotTakenIn.en,
        'Check the contents of the file. If nothing is wrong with it, run it again.',
      ),
  },
  internal: {
    ja: () =>
      say(
        'こちらの問題で、取り込みを終えられませんでした。',
        keptNotTakenIn.ja,
        '再実行してください。続く場合は、管理者にお知らせください。',
      ),
    en: () =>
      say(
        'Something went wrong on our side while the file was taken in.',
        keptNotTakenIn.en,
        'Run it again. If it keeps happening, tell your administrator.',
      ),
  },
} satisfies Record<FileErrorCode, ErrorTextMaker>;

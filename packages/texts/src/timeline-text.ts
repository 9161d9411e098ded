import type { ArrivalState, IngestRunState, Locale, TimelineEntry, UploadState } from '@hikyaku/types';
import type { ByLocale } from './by-locale.ts';
import { formatCount } from './format-count.ts';

const uploadTexts = {
  created: { ja: '送信の準備ができました', en: 'Ready to send' },
  uploading: { ja: '送信しています', en: 'Sending' },
  completing: { ja: '届いたことを確かめています', en: 'Checking that it arrived' },
  stored: { ja: '保管場所に届きました', en: 'Safe in storage' },
  refused: { ja: '受け取れませんでした', en: 'Could not be accepted' },
  aborted: { ja: '送信を取り消しました', en: 'Sending was cancelled' },
  expired: { ja: '期限までに届かなかったため、受付を終えました', en: 'Closed because the file did not arrive in time' },
} satisfies Record<UploadState, ByLocale<string>>;

const arrivalTexts = {
  recorded: { ja: '受け付けました', en: 'Received' },
  waiting: { ja: '取り込みを待っています', en: 'Waiting' },
  queued: { ja: '取り込みの順番を待っています', en: 'Next in line' },
  running: { ja: '取り込んでいます', en: 'Taking in' },
  taken_in: { ja: '取り込みが完了しました', en: 'Taken in' },
  stored: { ja: '保管が完了しました', en: 'Stored' },
  duplicate: {
    ja: '取り込み済みのファイルのため、対象外としました',
    en: 'Skipped because this file was already taken in',
  },
  same_content: {
    ja: '同じ内容が取り込み済みのため、対象外としました',
    en: 'Skipped because the same content was already taken in',
  },
  stale: { ja: 'より新しいデータがあるため、そちらを優先しました', en: 'Newer data was already there and was kept' },
  superseded: {
    ja: '取り込む前に別のファイルに置き換えられました',
    en: 'Another file took its place before it was taken in',
  },
  refused: { ja: '差し戻しました', en: 'Refused' },
  quarantined: { ja: '安全のため隔離しました', en: 'Quarantined for safety' },
  unrouted: { ja: '宛先のデータセットが見つかりませんでした', en: 'No dataset fits' },
  failed: { ja: '取り込みに失敗しました（再実行できます）', en: 'Failed (can be run again)' },
} satisfies Record<ArrivalState, ByLocale<string>>;

const runTexts = {
  claimed: { ja: '取り込みを始めました', en: 'Taking in began' },
  scanning: { ja: '安全なファイルか検査しています', en: 'Checking that the file is safe' },
  loading: { ja: 'ファイルを読み込んでいます', en: 'Reading the file' },
  validating: { ja: '内容を確かめています', en: 'Checking the contents' },
  waiting_for_lock: { ja: '先に始まった取り込みが終わるのを待っています', en: 'Waiting for another file to finish' },
  merging: { ja: 'データベースに書き込んでいます', en: 'Writing to the database' },
  committed: { ja: 'データベースに書き込みました', en: 'Written to the database' },
  rejected: {
    ja: '内容に不備があり、書き込みませんでした',
    en: 'Nothing was written because the contents have problems',
  },
  failed: { ja: '処理を終えられませんでした', en: 'Could not be finished' },
  released: { ja: '処理を中断しました。自動で再開します', en: 'Interrupted; it starts again by itself' },
  skipped: { ja: '書き込むものはありませんでした', en: 'There was nothing to write' },
} satisfies Record<IngestRunState, ByLocale<string>>;

/** What names a step: a `TimelineEntry` is one. */
export type TimelineStep = (
  | { subject: 'upload'; state: UploadState }
  | { subject: 'arrival'; state: ArrivalState }
  | { subject: 'run'; state: IngestRunState }
) & { attempt?: TimelineEntry['attempt'] };

/** One step of a file's way, in words. The cause of a refusal is told beside it, by `describeFileError`. */
export function timelineText(step: TimelineStep, locale: Locale): string {
  const text = textsOf(step)[locale];
  return step.state === 'claimed' && step.attempt ? text + laterAttempt(step.attempt, locale) : text;
}

function textsOf(step: TimelineStep): ByLocale<string> {
  if (step.subject === 'upload') return uploadTexts[step.state];
  return step.subject === 'arrival' ? arrivalTexts[step.state] : runTexts[step.state];
}

function laterAttempt(attempt: number, locale: Locale): string {
  if (attempt <= 1) return '';
  const shown = formatCount(attempt, locale);
  return locale === 'ja' ? `（${shown}回目）` : ` (attempt ${shown})`;
}

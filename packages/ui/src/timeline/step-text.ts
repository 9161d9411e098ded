import { type TimelineStep, timelineText } from '@hikyaku/texts';
import type { Locale } from '@hikyaku/types';

export type StepTime = 'past' | 'present' | 'to-come';

/**
 * A step in words that fit its time. `timelineText` tells a state while it lasts; once it is over, "reading" has become
 * "read", and what is still to come is named, not told.
 */
export function stepText(step: TimelineStep, time: StepTime, locale: Locale): string {
  const name = `${step.subject} ${step.state}`;
  const other = time === 'past' ? past[locale][name] : time === 'to-come' ? toCome[locale][name] : undefined;
  return other ?? timelineText(step, locale);
}

type Words = Readonly<Record<Locale, Readonly<Record<string, string>>>>;

const past: Words = {
  ja: {
    'upload created': '送信を始めました',
    'upload uploading': '送信しました',
    'upload completing': '届いたことを確かめました',
    'arrival waiting': '取り込みの開始を待ちました',
    'arrival queued': '取り込みの順番を待ちました',
    'arrival running': '取り込みました',
    'run scanning': '安全なファイルか検査しました',
    'run loading': 'ファイルを読み込みました',
    'run validating': '内容を確かめました',
    'run waiting_for_lock': '先に始まった取り込みが終わるのを待ちました',
    'run merging': 'データベースに書き込みました',
  },
  en: {
    'upload created': 'Sending began',
    'upload uploading': 'Sent',
    'upload completing': 'Checked that it arrived',
    'arrival waiting': 'Waited to be taken in',
    'arrival queued': 'Waited in line',
    'arrival running': 'Taken in',
    'run scanning': 'Checked that the file is safe',
    'run loading': 'Read the file',
    'run validating': 'Checked the contents',
    'run waiting_for_lock': 'Waited for another file to finish',
    'run merging': 'Wrote to the database',
  },
};

const toCome: Words = {
  ja: {
    'upload stored': '保管場所への到着',
    'arrival recorded': '受付',
    'run loading': 'ファイルの読み込み',
    'run validating': '内容の確認',
    'run merging': 'データベースへの書き込み',
    'arrival taken_in': '取り込みの完了',
  },
  en: {
    'upload stored': 'Arrival in storage',
    'arrival recorded': 'Receipt',
    'run loading': 'Reading the file',
    'run validating': 'Checking the contents',
    'run merging': 'Writing to the database',
    'arrival taken_in': 'Taken in',
  },
};

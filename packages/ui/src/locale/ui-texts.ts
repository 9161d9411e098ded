import { actorText } from '@hikyaku/texts';
import type { Locale } from '@hikyaku/types';

interface UiTexts {
  read: string;
  inserted: string;
  updated: string;
  rejected: string;
  unchanged: string;
  deleted: string;
  deletedMeans: string;
  repeated: string;
  repeatedMeans: string;
  copy: string;
  copied: string;
  code: string;
  referenceId: string;
  timeline: string;
  showEveryTransition: (hidden: number) => string;
  showMilestones: string;
  attempt: (attempt: number) => string;
  by: (actor: string) => string;
  rowsRead: (rows: string) => string;
  took: string;
  now: string;
  next: string;
}

/** The few words that belong to the components themselves. */
export const uiTexts = {
  ja: {
    read: '読み取り',
    inserted: '新規',
    updated: '更新',
    rejected: '不備',
    unchanged: '変更なし',
    deleted: '削除',
    deletedMeans: 'ファイルの区分にあって、ファイルにはなかった行を表から削除しました',
    repeated: '重複行',
    repeatedMeans: '同じキーの行が後に再び現れたため、後の行を採用しました',
    copy: 'コピー',
    copied: 'コピーしました',
    code: 'コード',
    referenceId: '照会番号',
    timeline: 'このファイルの経過',
    showEveryTransition: (hidden) => `すべての経過を表示（ほか${hidden}件）`,
    showMilestones: '主な経過だけを表示',
    attempt: (attempt) => `${attempt}回目`,
    by: (actor) => actorText(actor, 'ja'),
    rowsRead: (rows) => `${rows}行を読み取りました`,
    took: '所要時間',
    now: '進行中',
    next: 'これから',
  },
  en: {
    read: 'Read',
    inserted: 'New',
    updated: 'Changed',
    rejected: 'Refused',
    unchanged: 'Unchanged',
    deleted: 'Deleted',
    deletedMeans: 'Rows of the same partitions that the file did not have were deleted from the table',
    repeated: 'Repeated',
    repeatedMeans: 'The same key came again later in the file, and the later line was kept',
    copy: 'Copy',
    copied: 'Copied',
    code: 'Code',
    referenceId: 'Reference',
    timeline: 'What happened to this file',
    showEveryTransition: (hidden) => `Show every step (${hidden} more)`,
    showMilestones: 'Show the main steps only',
    attempt: (attempt) => `Attempt ${attempt}`,
    by: (actor) => `by ${actorText(actor, 'en')}`,
    rowsRead: (rows) => `${rows} lines read`,
    took: 'took',
    now: 'in progress',
    next: 'to come',
  },
} as const satisfies Record<Locale, UiTexts>;

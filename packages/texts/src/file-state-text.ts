import type { FileState, Locale } from '@hikyaku/types';
import type { ByLocale } from './by-locale.ts';
import { formatCount } from './format-count.ts';

const texts = {
  sending: { ja: '送信中', en: 'Sending' },
  cancelled: { ja: '取り消し', en: 'Cancelled' },
  expired: { ja: '期限切れ', en: 'Expired' },
  received: { ja: '受付済み', en: 'Received' },
  waiting: { ja: '待機中', en: 'Waiting' },
  taking_in: { ja: '取り込み中', en: 'Taking in' },
  taken_in: { ja: '取り込み済み', en: 'Taken in' },
  stored: { ja: '保管済み', en: 'Stored' },
  already_taken_in: { ja: '重複のため対象外', en: 'Already taken in' },
  newer_kept: { ja: '新しい版を優先', en: 'Newer version kept' },
  refused: { ja: '差し戻し', en: 'Refused' },
  quarantined: { ja: '隔離中', en: 'Quarantined' },
  unrouted: { ja: '宛先不明', en: 'No dataset fits' },
  failed: { ja: '失敗（再実行できます）', en: 'Failed (can be run again)' },
} satisfies Record<FileState, ByLocale<string>>;
/** Nothing newer was kept for it: it was gone before anybody read it. */
const replaced = { ja: '取り込み前に置き換え', en: 'Replaced before it was taken in' };

/**
 * A file's state, in the only words there are.
 *
 * @param more `rejectedRows` is told when a file was taken in without some of its lines; `waitingReason` is a text of
 *   the same language, told while a file waits; `causeCode` tells a file that another took the place of from one that was
 *   older than what was there.
 */
export function fileStateText(
  state: FileState,
  locale: Locale,
  more: {
    rejectedRows?: number | undefined;
    waitingReason?: string | undefined;
    causeCode?: string | undefined;
  } = {},
): string {
  const text = texts[state][locale];
  if (state === 'taken_in' && more.rejectedRows) return text + refusedLines(more.rejectedRows, locale);
  if (state === 'waiting' && more.waitingReason) return text + inParentheses(more.waitingReason, locale);
  if (state === 'newer_kept' && more.causeCode === 'object-superseded') return replaced[locale];
  return text;
}

function refusedLines(count: number, locale: Locale): string {
  const shown = formatCount(count, locale);
  if (locale === 'ja') return `（不備 ${shown} 行）`;
  return count === 1 ? `, ${shown} line refused` : `, ${shown} lines refused`;
}

function inParentheses(text: string, locale: Locale): string {
  return locale === 'ja' ? `（${text}）` : ` (${text})`;
}

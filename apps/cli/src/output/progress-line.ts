import { formatBytes, formatDuration, formatSpeed } from '@hikyaku/texts';
import type { Locale } from '@hikyaku/types';
import type { World } from '../world.ts';
import { printable } from './printable.ts';
import { widthOf } from './width-of.ts';

/** One line on a terminal that is drawn again and again, and nothing anywhere else. */
export interface ProgressLine {
  /** `totalBytes` undefined: of a stream nobody knows. */
  show: (progress: Progress) => void;
  /** Takes the line away, so that other lines can be written. */
  clear: () => void;
}

export interface Progress {
  label: string;
  doneBytes: number;
  totalBytes: number | undefined;
  /** Where it is measured elsewhere already. */
  bytesPerSecond?: number;
  secondsLeft?: number | null;
}

const drawEveryMilliseconds = 100;
const barCells = 20;
const clearLine = '\r\u001b[2K';

export function createProgressLine(
  { process: { stderr }, locale }: Pick<World, 'process' | 'locale'>,
  options: { isWanted: boolean; now?: () => number },
): ProgressLine {
  if (!options.isWanted || !stderr.isTTY) return { show() {}, clear() {} };
  const now = options.now ?? (() => performance.now());
  const begun = now();
  let drawnAt = -Infinity;
  return {
    show(progress) {
      const isWhole = progress.doneBytes === progress.totalBytes;
      if (!isWhole && now() - drawnAt < drawEveryMilliseconds) return;
      drawnAt = now();
      stderr.write(clearLine + progressText(progress, (now() - begun) / 1_000, locale, (stderr.columns ?? 80) - 1));
    },
    clear() {
      if (drawnAt > -Infinity) stderr.write(clearLine);
      drawnAt = -Infinity;
    },
  };
}

/** `cities.csv  ━━━━━━━━────────────  40 %  12.3 MB / 30 MB  5.1 MB/s  3 s`, no wider than the terminal. */
export function progressText(progress: Progress, seconds: number, locale: Locale, columns: number): string {
  const { doneBytes, totalBytes } = progress;
  const speed = progress.bytesPerSecond ?? (seconds > 0 ? doneBytes / seconds : 0);
  const left =
    progress.secondsLeft ?? (totalBytes === undefined || speed === 0 ? null : (totalBytes - doneBytes) / speed);
  const share = totalBytes ? Math.min(1, doneBytes / totalBytes) : 0;
  const filled = Math.round(share * barCells);
  const facts = [
    totalBytes === undefined
      ? ''
      : `${'━'.repeat(filled)}${'─'.repeat(barCells - filled)} ${Math.floor(share * 100)} %`,
    formatBytes(doneBytes, locale) + (totalBytes === undefined ? '' : ` / ${formatBytes(totalBytes, locale)}`),
    speed > 0 ? formatSpeed(speed, locale) : '',
    left === null || totalBytes === undefined ? '' : formatDuration(left, locale),
  ].filter(Boolean);
  const tail = `  ${facts.join('  ')}`;
  return shortened(printable(progress.label), columns - widthOf(tail)) + (columns > widthOf(tail) ? tail : '');
}

/** From the front: the end of a path tells more. */
function shortened(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && widthOf(characters.join('')) > columns - 1) characters.shift();
  return columns < 2 ? '' : `…${characters.join('')}`;
}

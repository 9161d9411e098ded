import type { Locale } from '@hikyaku/types';
import type { ByLocale } from './by-locale.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const unitNames: ByLocale<{ day: string; hour: string; minute: string; second: string; between: string }> = {
  ja: { day: '日', hour: '時間', minute: '分', second: '秒', between: '' },
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s', between: ' ' },
};

/** At most two neighbouring units: `45 s`, `3 min 20 s`, `1 h 5 min`, `2 d 3 h`; `3分20秒`. */
export function formatDuration(seconds: number, locale: Locale): string {
  if (!Number.isFinite(seconds)) return '—';
  if (seconds < 1) return locale === 'ja' ? '1秒未満' : 'under 1 s';
  const names = unitNames[locale];
  const whole = Math.round(seconds);
  if (whole < minute) return `${whole}${names.second}`;
  if (whole < hour) return twoUnits(whole, [minute, names.minute], [1, names.second], names.between);
  if (whole < day) return twoUnits(whole, [hour, names.hour], [minute, names.minute], names.between);
  return twoUnits(whole, [day, names.day], [hour, names.hour], names.between);
}

type Unit = [seconds: number, name: string];

function twoUnits(seconds: number, [large, largeName]: Unit, [small, smallName]: Unit, between: string): string {
  const rest = Math.floor((seconds % large) / small);
  const first = `${Math.floor(seconds / large)}${largeName}`;
  return rest === 0 ? first : `${first}${between}${rest}${smallName}`;
}

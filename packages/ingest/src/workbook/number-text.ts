import type { NumberMeaning } from './cell-style.ts';

const dayMilliseconds = 86_400_000;
/** Day 0 of the two ways workbooks count days. Excel took 1900 for a leap year, so that it is one day earlier from March on. */
const dayZero = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };
const leapDayThatWasNone = 60;
/** 31 December 9999. */
const lastDay = { 1900: 2_958_465, 1904: 2_957_003 };

/** A number as its cell means it: a day, a time, or the number without the noise of its last binary digits. */
export function numberText(value: string, meaning: NumberMeaning, epoch: 1900 | 1904): string {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return value;
  if (meaning === 'number') return plainNumber(value, number);
  if (number < 0 || number >= lastDay[epoch] + 1) return plainNumber(value, number);
  const milliseconds = Math.round((number % 1) * dayMilliseconds);
  const isNextDay = milliseconds === dayMilliseconds;
  const day = Math.floor(number) + (isNextDay ? 1 : 0);
  const time = isNextDay ? 0 : milliseconds;
  switch (meaning) {
    case 'date':
      return dayText(Math.floor(number), epoch);
    case 'date-time':
      return `${dayText(day, epoch)} ${timeText(time)}`;
    case 'time':
      return timeText(time);
    case 'duration':
      return timeText(day * dayMilliseconds + time);
    default:
      return meaning satisfies never;
  }
}

function dayText(day: number, epoch: 1900 | 1904): string {
  if (epoch === 1900 && day === leapDayThatWasNone) return '1900-02-29';
  const shift = epoch === 1900 && day < leapDayThatWasNone ? 1 : 0;
  return new Date(dayZero[epoch] + (day + shift) * dayMilliseconds).toISOString().slice(0, 10);
}

/** `09:30:00`, with what there is of a second; hours go on beyond 24. */
function timeText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  const rest = milliseconds % 1_000;
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return rest === 0 ? text : `${text}.${String(rest).padStart(3, '0')}`;
}

/** Fifteen digits are what Excel keeps of a number; beyond them is noise, as in 0.30000000000000004. */
function plainNumber(value: string, number: number): string {
  if (/^-?\d+$/.test(value)) return value;
  return withoutExponent(String(Number(number.toPrecision(15))));
}

function withoutExponent(text: string): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = '', first = '', rest = '', exponent = '0'] = match;
  const digits = first + rest;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}

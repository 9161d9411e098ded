import { describe, expect, it } from 'vitest';
import { contrast } from './contrast.ts';
import { type Palette, palettes } from './palette.ts';

const asText = 4.5;
const asOutline = 3;
const grounds = ['paper', 'surface', 'hover'] as const;
const inks = ['ink', 'quietInk', 'indigo', 'indigoHover', 'vermilion', 'green', 'amber'] as const;

const pairs: [front: keyof Palette, back: keyof Palette, atLeast: number][] = [
  ...inks.flatMap((ink) => grounds.map((ground): [keyof Palette, keyof Palette, number] => [ink, ground, asText])),
  ...(['ink', 'quietInk', 'indigo'] as const).map((ink): [keyof Palette, keyof Palette, number] => [
    ink,
    'indigoGround',
    asText,
  ]),
  ...(['ink', 'quietInk', 'vermilion', 'indigo'] as const).map((ink): [keyof Palette, keyof Palette, number] => [
    ink,
    'vermilionGround',
    asText,
  ]),
  ...(['ink', 'quietInk', 'amber', 'indigo'] as const).map((ink): [keyof Palette, keyof Palette, number] => [
    ink,
    'amberGround',
    asText,
  ]),
  ['onIndigo', 'indigo', asText],
  ['onIndigo', 'indigoHover', asText],
  ['edge', 'paper', asOutline],
  ['edge', 'surface', asOutline],
];

describe.each(['light', 'dark'] as const)('the %s palette', (scheme) => {
  it.each(pairs)('%s is legible on %s at %d:1', (front, back, atLeast) => {
    expect(contrast(palettes[scheme][front], palettes[scheme][back])).toBeGreaterThanOrEqual(atLeast);
  });
});

describe('contrast', () => {
  it('is 21 between black and white, whichever comes first', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21);
    expect(contrast('#FFFFFF', '#000000')).toBeCloseTo(21);
  });
});

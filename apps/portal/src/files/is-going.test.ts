import { fileState, isSettled } from '@hikyaku/types';
import { describe, expect, it } from 'vitest';
import { isGoing } from './is-going.ts';

describe('isGoing', () => {
  it.each(fileState.options)('agrees with the contracts about %s', (state) => {
    expect(isGoing(state)).toBe(!isSettled(state));
  });
});

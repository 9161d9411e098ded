import { expect, test } from 'vitest';
import { actAs } from './act-as.ts';

test('when nobody acts any more the environment is what it was, whoever ends first', () => {
  process.env['AWS_ACT_AS_KNOWN'] = 'mine';
  const first = actAs({ AWS_ACT_AS_KNOWN: 'first', AWS_ACT_AS_NEW: 'first' });
  const second = actAs({ AWS_ACT_AS_KNOWN: 'second' });
  expect(process.env).toMatchObject({ AWS_ACT_AS_KNOWN: 'second', AWS_ACT_AS_NEW: 'first' });
  first();
  second();
  expect(process.env['AWS_ACT_AS_KNOWN']).toBe('mine');
  expect(process.env).not.toHaveProperty('AWS_ACT_AS_NEW');
  delete process.env['AWS_ACT_AS_KNOWN'];
});

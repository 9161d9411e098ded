import { type ErrorCode, HikyakuError } from '@hikyaku/types';
import { expect, test } from 'vitest';
import { CommandFailure, type CommandFailureCode } from './command-failure.ts';
import { exitCodeOf, Stopped, type StopSignal } from './exit-code.ts';

const failed = (code: ErrorCode, retriable = false) => new HikyakuError(code, { retriable });

test.each<[string, unknown, number]>([
  ['a wrong command line', new CommandFailure('no-destination'), 2],
  ['some of many', new CommandFailure('some-failed'), 3],
  ['a file that the dataset refused', new CommandFailure('not-taken-in'), 4],
  ['a file that is too large', failed('file-too-large'), 4],
  ['refused lines', new CommandFailure('lines-refused'), 4],
  ['a time that is over', new CommandFailure('not-yet'), 5],
  ['no login', new CommandFailure('no-token'), 6],
  ['a token that is not accepted', failed('invalid-token'), 6],
  ['credentials that have ended', failed('expired-credentials'), 6],
  ['a network that is away', failed('network', true), 7],
  ['a service that wants us to wait', failed('rate-limited', true), 7],
  ['an object that is not there', failed('no-such-key'), 8],
  ['whatever else', failed('checksum-mismatch'), 1],
  ['what nobody expected', new TypeError('x'), 1],
])('%s', (_, error, code) => expect(exitCodeOf(error)).toBe(code));

test.each<[StopSignal, number]>([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('%s is told as shells have it', (signal, code) => expect(exitCodeOf(new Stopped(signal))).toBe(code));

test('no failure ends with 0', () => {
  const codes: CommandFailureCode[] = ['doctor-found', 'server-said', 'upload-ended', 'old-node'];
  for (const code of codes) expect(exitCodeOf(new CommandFailure(code))).toBeGreaterThan(0);
});

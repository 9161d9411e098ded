import { type ConnectionFinding, HikyakuError } from '@hikyaku/types';
import { describe, expect, it } from 'vitest';
import { icon, type Script, scriptedSurroundings } from '../../test/scripted-surroundings.ts';
import { causesOf } from './causes-of.ts';
import { connectionChecks, diagnoseUpload } from './diagnose-upload.ts';

// What waits for nothing gives up soon; what has an answer never waits.
const soon = 0.05;
const timeoutSeconds = { site: soon, server: soon, storage: soon, 'small-body': soon, 'large-body': soon };

const diagnose = (script: Script) => diagnoseUpload({ surroundings: scriptedSurroundings(script), timeoutSeconds });
const brief = ({ check, reason, certainty }: ConnectionFinding) => [check, reason, certainty];
const page = (status: number) => ({ status, text: '<html>No</html>' });
const refusal = (status: number, code: string) => ({ status, text: `<Error><Code>${code}</Code></Error>` });
const html = { headers: { 'content-type': 'text/html' } };

it('finds nothing where all is well, and tells what it saw', async () => {
  const findings = await diagnose({});
  expect(findings.map(({ check, state }) => [check, state])).toEqual(connectionChecks.map((check) => [check, 'ok']));
  expect(causesOf(findings)).toEqual([]);
  expect(findings.at(-1)?.details).toMatchObject({ host: 'files.example', sizeBytes: 65_536, smallBytes: 1_024 });
});

describe.each<[situation: string, script: Script, ...cause: ReturnType<typeof brief>]>([
  ['a browser without a network', { isOnline: false, site: 'broken' }, 'site', 'offline', 'certain'],
  ['a network without a way out', { site: 'broken' }, 'site', 'site-away', 'likely'],
  ['a site that says nothing', { site: 'silent' }, 'site', 'site-away', 'likely'],
  ['a gateway without a site', { site: new Response('', { status: 502 }) }, 'site', 'site-away', 'certain'],
  ['a sign-in page of a network', { site: new Response('<html>', html) }, 'site', 'site-replaced', 'likely'],
  ['a server that is away', { server: 'broken' }, 'server', 'server-away', 'likely'],
  ['a server that says nothing', { server: 'silent' }, 'server', 'server-away', 'likely'],
  ['an ended session', { server: new HikyakuError('unauthenticated') }, 'server', 'unauthenticated', 'certain'],
  [
    'a database that is away',
    { server: new HikyakuError('database-unavailable') },
    'server',
    'database-unavailable',
    'certain',
  ],
  ['a clock that is ahead', { clockAheadSeconds: 600 }, 'clock', 'device-clock-off', 'possible'],
  ['a clock that is behind', { clockAheadSeconds: -600 }, 'clock', 'device-clock-off', 'possible'],
  ['open storage from a closed page', { storageOrigin: 'http://files.example' }, 'storage', 'mixed-content', 'certain'],
  ["the page's own policy", { storage: 'broken', hasPolicyBlocked: true }, 'storage', 'policy-blocked', 'certain'],
  [
    'storage that nobody reaches',
    { storage: 'broken', server: { storageAnswers: false } },
    'storage',
    'storage-down',
    'likely',
  ],
  ['storage that only we can not reach', { storage: 'broken' }, 'storage', 'storage-blocked', 'likely'],
  ['a firewall that drops', { storage: 'silent' }, 'storage', 'storage-silent', 'likely'],
  ['storage without CORS', { small: 'broken', readable: 'broken' }, 'small-body', 'cors-missing', 'likely'],
  ['a proxy that lets no PUT pass', { small: 'broken' }, 'small-body', 'put-blocked', 'likely'],
  ['a PUT that nobody answers', { small: 'silent' }, 'small-body', 'put-silent', 'likely'],
  ['a proxy that wants a password', { small: page(407) }, 'small-body', 'unexpected-answer', 'certain'],
  ['a page in the place of storage', { small: page(200) }, 'small-body', 'unexpected-answer', 'certain'],
  [
    'a yes to what can only be refused',
    { small: { status: 200, text: '' } },
    'small-body',
    'unexpected-answer',
    'certain',
  ],
  ['a full storage', { small: refusal(403, 'QuotaExceeded') }, 'small-body', 'storage-full', 'certain'],
  ['a disabled key', { small: refusal(400, 'KMS.DisabledException') }, 'small-body', 'storage-key-denied', 'certain'],
  [
    'a server whose clock is off',
    { small: refusal(403, 'RequestTimeTooSkewed') },
    'small-body',
    'clock-skew',
    'certain',
  ],
  ['a limit of a proxy that says so', { large: page(413) }, 'large-body', 'body-limit', 'certain'],
  ['a limit of a proxy that a page may not read', { large: 'broken' }, 'large-body', 'large-body-cut', 'likely'],
  ['a line that swallows large bodies', { large: 'silent' }, 'large-body', 'large-body-stalled', 'likely'],
  ['a line that is slow', { large: 'slow' }, 'large-body', 'slow-line', 'likely'],
])('of %s', (_, script, ...cause) => {
  it(`says ${String(cause[1])}, and looks no further than it can see`, async () => {
    const findings = await diagnose(script);
    expect(causesOf(findings).map(brief)).toEqual([cause]);
    expect(findings.map(({ check }) => check)).toEqual(connectionChecks);
  });
});

it('is not taken in by a browser that says offline while our site answers', async () => {
  expect(causesOf(await diagnose({ isOnline: false }))).toEqual([]);
});

it('lets plain http to the own machine pass, for browsers do', async () => {
  expect(causesOf(await diagnose({ storageOrigin: 'http://127.0.0.1:9000' }))).toEqual([]);
});

it('tells how far a clock is off and where to, and nothing of the time an answer took', async () => {
  const [clock] = causesOf(await diagnose({ clockAheadSeconds: -600 }));
  expect(clock?.details).toEqual({ seconds: 600, direction: 'behind' });
});

it('puts what failed before what may hurt, whatever was seen first', async () => {
  const findings = await diagnose({ clockAheadSeconds: 600, large: 'broken' });
  expect(causesOf(findings).map(({ reason }) => reason)).toEqual(['large-body-cut', 'device-clock-off']);
});

it('asks storage without a signature where it only wants to hear of it, and sends nothing after a failure', async () => {
  const surroundings = scriptedSurroundings({ small: 'broken', site: icon() });
  await diagnoseUpload({ surroundings, timeoutSeconds });
  expect(surroundings.asked).toEqual([
    'same-origin /icon.svg',
    'server',
    'no-cors https://files.example/incoming/doctor/small',
    'PUT 1024',
    'cors https://files.example/incoming/doctor/small',
  ]);
});

it('holds no URL and no signature in what it found', async () => {
  for (const script of [{}, { storage: 'broken' }, { small: 'broken' }, { large: 'broken' }] satisfies Script[]) {
    expect(JSON.stringify(await diagnose(script))).not.toMatch(/https?:|secret|incoming/);
  }
});

it('ends with the reason of whoever gives it up, and reports each check as it comes', async () => {
  const stop = new AbortController();
  const reason = new Error('closed');
  const seen: string[] = [];
  const work = diagnoseUpload({
    surroundings: scriptedSurroundings({ storage: 'silent' }),
    signal: stop.signal,
    onCheck: (check) => {
      seen.push(check);
      if (check === 'storage') setTimeout(() => stop.abort(reason), 5);
    },
    onFinding: ({ check, state }) => seen.push(`${check} ${state}`),
  });
  await expect(work).rejects.toBe(reason);
  expect(seen).toEqual(['site', 'site ok', 'server', 'server ok', 'clock', 'clock ok', 'storage']);
});

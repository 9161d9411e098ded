import { HikyakuError } from '@hikyaku/types';
import type { ServerWord, UploadSurroundings } from '../src/diagnosis/index.ts';
import type { SendBodyAnswer } from '../src/send-body.ts';

/** What happens to a request: an answer, a connection that fails at once, or nothing until it is given up. */
type Scripted<Answer> = Answer | 'broken' | 'silent';

/** A network of scripted answers, as a browser would see it. Everything is well unless said otherwise. */
export interface Script {
  isOnline?: boolean;
  /** How far the device's clock is ahead of the server's. */
  clockAheadSeconds?: number;
  pageOrigin?: string;
  storageOrigin?: string;
  hasPolicyBlocked?: boolean;
  site?: Scripted<Response>;
  server?: Scripted<Partial<ServerWord> | HikyakuError>;
  /** To a request whose answer isn't looked at. */
  storage?: Scripted<true>;
  /** To one whose answer is read. */
  readable?: Scripted<true>;
  small?: Scripted<SendBodyAnswer>;
  /** `slow`: bytes move and don't end. */
  large?: Scripted<SendBodyAnswer> | 'slow';
}

const wholeBodyRead: SendBodyAnswer = {
  status: 400,
  text: '<?xml version="1.0"?><Error><Code>BadDigest</Code><Message/></Error>',
};
const smallBytes = 1_024;
const largeBytes = 64 * 1_024;

export function scriptedSurroundings(script: Script): UploadSurroundings & { asked: string[] } {
  const asked: string[] = [];
  const storageOrigin = script.storageOrigin ?? 'https://files.example';
  const serverTime = new Date('2026-11-22T06:00:00Z');
  const probe = (name: string, sizeBytes: number) => ({
    sizeBytes,
    put: {
      url: `${storageOrigin}/incoming/doctor/${name}?X-Amz-Signature=secret`,
      headers: {},
      expiresAt: new Date(serverTime.getTime() + 600_000).toISOString(),
    },
  });
  return {
    asked,
    isOnline: () => script.isOnline ?? true,
    now: () => new Date(serverTime.getTime() + (script.clockAheadSeconds ?? 0) * 1_000),
    pageOrigin: script.pageOrigin ?? 'https://portal.example',
    siteFile: { url: '/icon.svg', contentType: 'image/svg+xml' },
    hasPolicyBlocked: async () => script.hasPolicyBlocked ?? false,
    async fetch(url, { mode, signal }) {
      asked.push(`${mode ?? 'same-origin'} ${url}`);
      if (mode === undefined) return play(script.site ?? icon(), signal);
      await play((mode === 'no-cors' ? script.storage : script.readable) ?? true, signal);
      return new Response();
    },
    async askServer(signal) {
      asked.push('server');
      const word = await play(script.server ?? {}, signal);
      if (word instanceof HikyakuError) throw word;
      return {
        serverTime: serverTime.toISOString(),
        storageAnswers: true,
        small: probe('small', smallBytes),
        large: probe('large', largeBytes),
        ...word,
      };
    },
    async send({ put, body, signal, onProgress }) {
      asked.push(`PUT ${body.size}`);
      const part = (put.url.includes('small') ? script.small : script.large) ?? wholeBodyRead;
      if (part !== 'slow') return play(part, signal);
      const moving = setInterval(() => onProgress((sent += 1)), 5);
      let sent = 0;
      return play<SendBodyAnswer>('silent', signal).finally(() => clearInterval(moving));
    },
  };
}

export function icon(): Response {
  return new Response('<svg/>', { headers: { 'content-type': 'image/svg+xml' } });
}

async function play<Answer>(part: Scripted<Answer>, signal: AbortSignal | null | undefined): Promise<Answer> {
  if (part === 'broken') throw new HikyakuError('network', { retriable: true });
  if (part !== 'silent') return part;
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

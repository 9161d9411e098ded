import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { e2eEnv } from './env.ts';
import { writePaddedCities } from './padded-cities-csv.ts';
import { personWith } from './people.ts';
import { sendFromDisk } from './send-from-disk.ts';
import { sentShare } from './sent-share.ts';
import { keyOfUrl, openStore } from './store.ts';
import { type Browser, expect, type Page, test } from './test.ts';
import { mostAtOnce, watchPuts } from './watch-puts.ts';

// Not part of the plain `npm test`: npm test -- big-files. What it measured stands in its output.
const MiB = 1024 ** 2;
const { bigFileBytes, stack } = e2eEnv();

test.describe.serial('a big file', () => {
  const store = openStore();
  let path: string;
  let rows: number;
  let sizeBytes: number;

  test.beforeAll(async () => {
    test.setTimeout(600_000);
    path = join(await mkdtemp(join(tmpdir(), 'hikyaku-big-file-')), `${Date.now()}-big.csv`);
    rows = await writePaddedCities(path, bigFileBytes);
    sizeBytes = (await stat(path)).size;
  });
  test.afterAll(async () => {
    store.close();
    await rm(dirname(path), { recursive: true, force: true });
  });

  for (const way of ['as it is', 'encrypted'] as const) {
    test(`goes through the browser ${way}, in parts, and is taken in, with flat memory in tab and worker`, async ({
      as,
      browser,
    }) => {
      test.setTimeout(3_600_000);
      const page = await (await as(personWith('uploader'))).newPage();
      await page.goto('/');
      if (way === 'encrypted') await page.getByLabel('Encrypt on my device before sending').check();
      const puts = watchPuts(page);
      const memory = await watchMemory(page, browser);

      const begin = performance.now();
      const row = await sendFromDisk(page, path);
      await expect(row).toContainText('Received', { timeout: 1_800_000 });
      const sentSeconds = (performance.now() - begin) / 1_000;
      const peak = await memory.stop();
      await expect(row).toContainText(`Read ${rows.toLocaleString('en')}`, { timeout: 1_800_000 });
      const allSeconds = (performance.now() - begin) / 1_000;
      const workerPeakBytes = await peakOf(stack.workerPid);

      tell(`${inMiB(sizeBytes)} ${way}, in ${puts.length} parts`);
      tell(`sent in ${sentSeconds.toFixed(1)} s: ${(sizeBytes / 1e6 / sentSeconds).toFixed(1)} MB/s`);
      tell(`${rows} rows taken in ${(allSeconds - sentSeconds).toFixed(1)} s after it was sent`);
      tell(`tab: JavaScript heap ${inMiB(peak.heapBefore)} before, ${inMiB(peak.heap)} at most`);
      tell(`tab: process ${inMiB(peak.processBefore)} before, ${inMiB(peak.process)} at most`);
      tell(`browser: process ${inMiB(peak.mainBefore)} before, ${inMiB(peak.main)} at most`);
      tell(`worker: process ${inMiB(workerPeakBytes)} at most`);

      const { etag, sizeBytes: storedBytes } = await store.head(keyOfUrl(puts[0]?.url ?? ''));
      const partCount = partCountOf(storedBytes);
      if (way === 'encrypted') expect(storedBytes).toBeGreaterThan(sizeBytes);
      else expect(storedBytes).toBe(sizeBytes);
      expect(puts.map(({ partNumber }) => partNumber).toSorted((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: partCount }, (_, index) => index + 1),
      );
      // Sealing may be slower than the line: then one flies while the next is made.
      if (way === 'as it is') expect(mostAtOnce(puts)).toBeGreaterThan(1);
      expect(etag).toMatch(new RegExp(`^[0-9a-f]{32}-${partCount}$`));
      expect(peak.heap - peak.heapBefore).toBeLessThan(64 * MiB);
      expect(peak.process - peak.processBefore).toBeLessThan(256 * MiB);
      expect(workerPeakBytes).toBeLessThan(384 * MiB);
    });
  }

  test('cancelled at half, leaves nothing in storage', async ({ as }) => {
    test.setTimeout(1_800_000);
    const page = await (await as(personWith('uploader'))).newPage();
    await page.goto('/');
    const puts = watchPuts(page);
    const row = await sendFromDisk(page, path);
    await expect.poll(() => sentShare(row), { intervals: [100], timeout: 1_200_000 }).toBeGreaterThan(0.5);
    const key = keyOfUrl(puts[0]?.url ?? '');
    expect((await store.contents(key)).multipartUploads).toEqual([key]);
    const begin = performance.now();
    await row.getByRole('button', { name: /^Cancel sending/ }).click();
    await expect(row).toContainText('Sending was cancelled.');
    await expect.poll(() => store.contents(key), { intervals: [100] }).toEqual({ objects: [], multipartUploads: [] });
    tell(
      `cancelled after ${puts.length} of ${partCountOf(sizeBytes)} parts: gone from storage in ${(performance.now() - begin).toFixed(0)} ms`,
    );
    await page.waitForTimeout(5_000);
    expect((await store.contents()).multipartUploads).toEqual([]);
    expect((await store.contents(key)).objects).toEqual([]);
  });
});

function partCountOf(bytes: number): number {
  return Math.ceil(bytes / (16 * MiB));
}

/** The launcher prints these lines. */
function tell(line: string): void {
  process.stdout.write(`measured: ${line}\n`);
}

/** Looks at the memory of a tab, and of the browser's own process, every half second until it is stopped. In bytes. */
async function watchMemory(page: Page, browser: Browser) {
  const tab = await page.context().newCDPSession(page);
  const whole = await browser.newBrowserCDPSession();
  await tab.send('Performance.enable');
  const look = async () => {
    const { metrics } = await tab.send('Performance.getMetrics');
    const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
    const mostOf = async (wanted: string) => {
      const found = processInfo.filter(({ type }) => type === wanted).map(({ id }) => residentOf(id));
      return Math.max(...(await Promise.all(found)));
    };
    return {
      heap: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0,
      process: await mostOf('renderer'),
      main: await mostOf('browser'),
    };
  };
  const before = await look();
  const peak = { ...before };
  const stopped = new AbortController();
  const running = (async () => {
    while (!stopped.signal.aborted) {
      const now = await look();
      peak.heap = Math.max(peak.heap, now.heap);
      peak.process = Math.max(peak.process, now.process);
      peak.main = Math.max(peak.main, now.main);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await running;
      return { ...peak, heapBefore: before.heap, processBefore: before.process, mainBefore: before.main };
    },
  };
}

function residentOf(pid: number): Promise<number> {
  return statusOf(pid, 'VmRSS');
}

function peakOf(pid: number): Promise<number> {
  return statusOf(pid, 'VmHWM');
}

/** A figure of /proc, which tells it in KiB. */
async function statusOf(pid: number, name: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
}

function inMiB(bytes: number): string {
  return `${(bytes / MiB).toFixed(0)} MiB`;
}

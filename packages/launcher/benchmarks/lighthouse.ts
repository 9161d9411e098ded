import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runProgram } from '../src/run-program.ts';
import type { BenchPortal } from './bench-portal.ts';

/** Of the npm registry, fetched when first run: nobody who only installs Hikyaku needs it and its two hundred packages. */
const command = ['exec', '--yes', '--prefer-offline', '--package=lighthouse@13.5.0', '--', 'lighthouse'];
const chromium = '/usr/bin/chromium';
const chromiumFlags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What Lighthouse makes of a page. Times in milliseconds. */
export interface PageFigures {
  largestContentfulPaint: number;
  totalBlockingTime: number;
  cumulativeLayoutShift: number;
  /** Of every script that came. */
  scriptUrls: string[];
  /** How fast the processor was for the browser beforehand: 2,300 on the cores of the bench where nothing else runs, the less the busier. */
  benchmarkIndex: number;
}

const number = z.object({ numericValue: z.number() });
const report = z.object({
  finalDisplayedUrl: z.string(),
  environment: z.object({ benchmarkIndex: z.number() }),
  runtimeError: z.object({ message: z.string() }).optional(),
  audits: z.object({
    'largest-contentful-paint': number,
    'total-blocking-time': number,
    'cumulative-layout-shift': number,
    'network-requests': z.object({
      details: z.object({
        items: z.array(z.object({ url: z.string(), resourceType: z.string().optional() })),
      }),
    }),
  }),
});

/** Fetches it where it isn't there yet; else with what npm said. */
export async function fetchLighthouse(signal: AbortSignal): Promise<{ isThere: boolean; output: string }> {
  const { exitCode, output } = await runProgram('npm', [...command, '--version'], { signal });
  return { isThere: exitCode === 0, output };
}

/** One load of a page of somebody who signed in, in Japanese, in a browser that has seen nothing yet. */
export async function runLighthouse(
  { folder, portalUrl, cookie }: Pick<BenchPortal, 'folder' | 'portalUrl' | 'cookie'>,
  path: string,
  { device, signal }: { device: 'desktop' | 'mobile'; signal: AbortSignal },
): Promise<PageFigures> {
  const headers = join(folder, 'headers.json');
  await writeFile(headers, JSON.stringify({ cookie, 'accept-language': 'ja' }), { mode: 0o600 });
  const written = join(folder, 'lighthouse.json');
  const options = [
    '--quiet',
    '--no-enable-error-reporting',
    '--only-categories=performance',
    ...(device === 'desktop' ? ['--preset=desktop'] : []),
    '--output=json',
    `--output-path=${written}`,
    `--extra-headers=${headers}`,
    `--chrome-flags=${chromiumFlags.join(' ')}`,
  ];
  await runPatiently([...command, `${portalUrl}${path}`, ...options], { folder, signal });
  const { finalDisplayedUrl, runtimeError, environment, audits } = report.parse(
    JSON.parse(await readFile(written, 'utf8')),
  );
  if (runtimeError) throw new Error(`lighthouse: ${runtimeError.message}`);
  // Somebody who isn't signed in sees another page.
  if (finalDisplayedUrl !== `${portalUrl}${path}`) throw new Error(`${path} became ${finalDisplayedUrl}`);
  const scripts = audits['network-requests'].details.items.filter(({ resourceType }) => resourceType === 'Script');
  return {
    largestContentfulPaint: audits['largest-contentful-paint'].numericValue,
    totalBlockingTime: audits['total-blocking-time'].numericValue,
    cumulativeLayoutShift: audits['cumulative-layout-shift'].numericValue,
    scriptUrls: scripts.map(({ url }) => url),
    benchmarkIndex: environment.benchmarkIndex,
  };
}

/** Now and then it ends with having recorded nothing, and asks to be run again. */
async function runPatiently(
  args: readonly string[],
  where: { folder: string; signal: AbortSignal },
  triesLeft = 3,
): Promise<void> {
  const { exitCode, output } = await runProgram('npm', args, {
    cwd: where.folder,
    env: { CHROME_PATH: chromium },
    signal: where.signal,
    // By this alone it ends its browser too.
    stopSignal: 'SIGINT',
  });
  if (exitCode === 0) return;
  if (triesLeft <= 1) throw new Error(`lighthouse ended with ${exitCode}:\n${output}`);
  await runPatiently(args, where, triesLeft - 1);
}

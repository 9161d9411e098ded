import { type BenchRow, spreadOf } from '@hikyaku/bench';
import type { BenchPortal } from './bench-portal.ts';
import { bodyBytes } from './body-bytes.ts';
import { type PageFigures, runLighthouse } from './lighthouse.ts';

const pages = [
  ['the upload page', '/'],
  ['the list of files', '/files'],
] as const;

/** As Lighthouse imitates them. */
const devices = {
  desktop: 'a desktop computer at 10 Mbit/s',
  mobile: 'a telephone at 1.6 Mbit/s, its processor a quarter as fast as this one',
} as const;

const figures = [
  {
    name: 'largest contentful paint',
    of: (page: PageFigures) => page.largestContentfulPaint / 1_000,
    unit: 's',
    limit: 2.5,
    limitedBy:
      'styles, code and more than twenty pieces of the font share a slow line; what each of them takes is not known yet',
  },
  {
    name: 'total blocking time',
    of: (page: PageFigures) => page.totalBlockingTime,
    unit: 'ms',
    limit: 200,
    limitedBy: 'React waking the page up in one go; server, worker and browser share two cores besides',
  },
  {
    name: 'cumulative layout shift',
    of: (page: PageFigures) => page.cumulativeLayoutShift,
    unit: '',
    limit: 0.1,
    limitedBy: 'the font, which comes after the text',
  },
] as const;

const scriptLimit = 250;

/** P13: how soon a page is there and answers, and how much code the upload page brings. */
export async function benchPages(
  portal: BenchPortal,
  { rounds, note, signal }: { rounds: number; note: (text: string) => void; signal: AbortSignal },
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [name, path] of pages) {
    // Warms the server up.
    await runLighthouse(portal, path, { device: 'desktop', signal });
    for (const device of ['desktop', 'mobile'] as const) {
      const runs: PageFigures[] = [];
      for (let round = 1; round <= rounds; round += 1) {
        const run = await runLighthouse(portal, path, { device, signal });
        runs.push(run);
        const told = figures.map(({ of, unit }) => `${of(run).toFixed(2)} ${unit}`.trim()).join(', ');
        note(`${path}, ${device}, round ${round}: ${told}; speed of the processor ${run.benchmarkIndex}`);
      }
      rows.push(...figures.map((figure) => figureRow(`${name} on ${devices[device]}`, figure, runs)));
      if (path === '/' && device === 'desktop') rows.push(await scriptRow(name, runs));
    }
  }
  return rows;
}

function figureRow(page: string, figure: (typeof figures)[number], runs: readonly PageFigures[]): BenchRow {
  const { unit, limit, limitedBy } = figure;
  const ours = spreadOf(runs.map((run) => figure.of(run)));
  const isMet = ours.median <= limit;
  const text = `${limit} ${unit}`.trim();
  return {
    goalId: 'P13',
    what: `${figure.name}: ${page}`,
    peer: `limit ${text}`,
    ours,
    unit,
    goal: `≤ ${text}`,
    isMet,
    ...(isMet ? {} : { limitedBy }),
  };
}

async function scriptRow(page: string, runs: readonly PageFigures[]): Promise<BenchRow> {
  const bytes: number[] = [];
  for (const { scriptUrls } of runs) {
    const each = await Promise.all(scriptUrls.map(bodyBytes));
    bytes.push(each.reduce((sum, one) => sum + one, 0));
  }
  const ours = spreadOf(bytes.map((one) => one / 1_000));
  const isMet = ours.most <= scriptLimit;
  return {
    goalId: 'P13',
    what: `JavaScript of ${page}, compressed as it is sent`,
    peer: `limit ${scriptLimit} KB`,
    ours,
    unit: 'KB',
    goal: `≤ ${scriptLimit} KB`,
    isMet,
    ...(isMet ? {} : { limitedBy: 'React and Next.js, which are more than half of it' }),
  };
}

import { execFileSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';
import { e2eEnv } from './e2e/env.ts';

const { stack, chromium } = e2eEnv();

const long = ['big-files.spec.ts', 'many-files.spec.ts', 'many-interruptions.spec.ts'];
const pagesWithFiles = ['accessibility.spec.ts', 'screenshots.spec.ts'];

/** Runs against a portal that is already there, with everything behind it: see `e2e/env.ts`. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // One at a time: the tests share an organization, and its machine.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list']],
  // What is sent first leaves files in several states: the pages are then looked at with something on them.
  projects: [
    { name: 'journeys', testIgnore: [...pagesWithFiles, ...long] },
    { name: 'pages', testMatch: pagesWithFiles, dependencies: ['journeys'] },
    // Minutes and gigabytes: asked for by name.
    { name: 'big-files', testMatch: long },
  ],
  use: {
    baseURL: stack.portalUrl,
    timezoneId: 'Asia/Tokyo',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Lets tests collect garbage when they want.
        '--js-flags=--expose-gc',
      ],
    },
  },
});

import { execFileSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';
import { e2eEnv } from './e2e/env.ts';

const { stack, chromium } = e2eEnv();

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
      ],
    },
  },
});

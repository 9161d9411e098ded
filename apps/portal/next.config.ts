import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin({
  requestConfig: './src/i18n/request.ts',
  experimental: {
    // Parsed when built: the parser of ICU messages stays out of the browser.
    messages: { path: './src/i18n/messages', format: 'json', locales: 'infer', sourceLocale: 'ja', precompile: true },
  },
});

const config: NextConfig = {
  // `npm test` builds into a folder of its own, beside a portal that may be running from `.next`.
  distDir: process.env['HIKYAKU_PORTAL_BUILD'] ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: [
    '@hikyaku/datasets',
    '@hikyaku/encryption',
    '@hikyaku/policies',
    '@hikyaku/preflight',
    '@hikyaku/receipts',
    '@hikyaku/texts',
    '@hikyaku/types',
    '@hikyaku/ui',
    '@hikyaku/upload-client',
  ],
  turbopack: {
    resolveAlias: {
      '@hikyaku/types': { browser: '../../packages/types/src/browser.ts' },
    },
  },
  experimental: {
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@hikyaku/types', '@hikyaku/texts', '@hikyaku/ui'],
    // A subscription is silent between two pings of the API; the default of 30 s would cut a slow one.
    proxyTimeout: 120_000,
  },
  // `pnpm typecheck` does it; Next's own check needs the compiler API that TypeScript 7 no longer has.
  typescript: { ignoreBuildErrors: true },
};

export default withNextIntl(config);

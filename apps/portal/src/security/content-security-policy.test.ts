import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';

const policy = contentSecurityPolicy({ nonce: 'bm9uY2U=', s3Origin: 'https://files.example', development: false });

describe('contentSecurityPolicy', () => {
  it('lets scripts run by nonce only', () => {
    expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe-inline');
  });

  it('lets a page talk to its own server and to S3, and to nobody else', () => {
    expect(policy).toContain("connect-src 'self' https://files.example;");
    expect(policy).toContain("default-src 'none'");
  });

  it('lets nobody frame a page', () => {
    expect(policy).toContain("frame-ancestors 'none'");
  });
});

/**
 * Scripts by nonce only. Style elements too; style attributes are allowed, for components place their menus by them.
 * Files go straight to S3, so its origin is the one foreign place a page may talk to.
 */
export function contentSecurityPolicy(options: { nonce: string; s3Origin: string; development: boolean }): string {
  const { nonce, s3Origin, development } = options;
  // React's development build evaluates strings, and so does its error overlay with styles.
  const scripts = `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`;
  const styles = development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    "worker-src 'self'",
    `style-src ${styles}`,
    `style-src-elem ${styles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${s3Origin}${development ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What the proxy tells the pages. A visitor's own headers of these names are overwritten. */
export const requestHeader = {
  /** Next reads the nonce for its own scripts from here. */
  policy: 'content-security-policy',
  nonce: 'x-hikyaku-nonce',
  /** Path and query as asked for, to come back to after signing in. */
  path: 'x-hikyaku-path',
} as const;

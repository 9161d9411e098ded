import { type Logger, pino, stdSerializers } from 'pino';

export type { Logger };

/** Never in a log: credentials, whole URLs that could be presigned, and what people typed as a secret. */
const secretPaths = [
  'password',
  'token',
  'cookie',
  'authorization',
  'url',
  '*.password',
  '*.token',
  '*.url',
  'req.headers.cookie',
  'req.headers.authorization',
  'res.headers["set-cookie"]',
];

/** Structured logs on standard output, one JSON object per line. */
export function createLogger(options: { service: string; level?: string }): Logger {
  return pino({
    name: options.service,
    level: options.level ?? 'info',
    redact: { paths: secretPaths, censor: '[secret]' },
    serializers: { err: stdSerializers.err, error: stdSerializers.err },
  });
}

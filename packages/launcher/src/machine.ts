import { cpus, totalmem } from 'node:os';

/** What measured, and when. */
export function machine(): string {
  const model = cpus()[0]?.model ?? 'an unknown processor';
  const memory = Math.round(totalmem() / 1024 ** 3);
  const date = new Date().toISOString().slice(0, 10);
  return `${date} on ${cpus().length} cores (${model}), ${memory} GiB, Node ${process.versions.node}`;
}

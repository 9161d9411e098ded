import { readdir, readFile, readlink } from 'node:fs/promises';

/** The addresses on which the processes listen, read from the kernel: `127.0.0.1:8080`, `0.0.0.0:22`, `[::]:80`. */
export async function listListeners(pids: readonly number[]): Promise<string[]> {
  const inodes = new Set((await Promise.all(pids.map(listSocketInodes))).flat());
  const listeners: string[] = [];
  for (const table of ['tcp', 'tcp6'] as const) {
    const lines = (await readFile(`/proc/net/${table}`, 'utf8')).trim().split('\n').slice(1);
    for (const line of lines) {
      const fields = line.trim().split(/\s+/);
      const [, local = '', , state] = fields;
      if (state === listening && inodes.has(fields[9] ?? '')) listeners.push(formatAddress(local));
    }
  }
  return listeners;
}

const listening = '0A';

async function listSocketInodes(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all((await readdir(folder)).map((fd) => readlink(`${folder}/${fd}`).catch(() => '')));
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}

/** The kernel writes an IPv4 address as a little-endian hexadecimal number. */
function formatAddress(hexadecimal: string): string {
  const [address = '', port = ''] = hexadecimal.split(':');
  const number = Number.parseInt(port, 16);
  if (address.length > 8) return `[${address}]:${number}`;
  const bytes = address.match(/../g) ?? [];
  return `${bytes
    .toReversed()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.')}:${number}`;
}

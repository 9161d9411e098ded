export { type Daemon, spawnDaemon } from './daemon.ts';
export { onceStopped } from './once-stopped.ts';
export { stopLeftover } from './stop-process.ts';

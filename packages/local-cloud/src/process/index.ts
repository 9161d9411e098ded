export { type Daemon, spawnDaemon } from './daemon.ts';
export { stopLeftover } from './stop-process.ts';

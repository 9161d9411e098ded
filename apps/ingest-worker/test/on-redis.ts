import { useQueueOn } from './queue-backend.ts';

// Imported before a file of tests, it has them run with the queue on Redis.
useQueueOn('redis');

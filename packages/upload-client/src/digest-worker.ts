import { createMemoryDigester } from './create-memory-digester.ts';
import { answerThreadCalls } from './answer-thread-calls.ts';

// Runs in a thread of its own: see `digest-body-with-worker.ts`.
answerThreadCalls(createMemoryDigester());

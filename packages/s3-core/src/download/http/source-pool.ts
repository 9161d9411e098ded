import type { Dispatcher } from 'undici';
import type { AnswerSource } from './answer.ts';
import { DispatcherSource } from './dispatcher-source.ts';
import { HttpConnection } from './http-connection.ts';

/** Connections that are kept for whoever asks next. */
export interface SourcePool {
  take(): AnswerSource;
  give(source: AnswerSource): void;
  close(): void;
}

/** @param dispatcher of undici, where connections of our own won't do */
export function createSourcePool(dispatcher?: Dispatcher): SourcePool {
  const free: AnswerSource[] = [];
  return {
    take: () => free.pop() ?? (dispatcher ? new DispatcherSource(dispatcher) : new HttpConnection()),
    give: (source) => void free.push(source),
    close() {
      for (const source of free.splice(0)) source.close();
    },
  };
}

'use client';

import type { ConnectionCheck, ConnectionFinding } from '@hikyaku/types';
import { diagnoseUpload } from '@hikyaku/upload-client/diagnosis';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTrpcClient } from '../trpc/context.ts';
import { browserSurroundings } from './browser-surroundings.ts';

export interface ConnectionCheckState {
  phase: 'idle' | 'running' | 'done';
  /** What is being looked at. */
  current: ConnectionCheck | null;
  /** So far. */
  findings: readonly ConnectionFinding[];
  /** When it ended. */
  endedAt: Date | null;
}

const idle: ConnectionCheckState = { phase: 'idle', current: null, findings: [], endedAt: null };

/** Looks at the connection when it is told to, once at a time, and stops when it is told to or the page goes. */
export function useConnectionCheck(): ConnectionCheckState & { start: () => void; stop: () => void } {
  const api = useTrpcClient();
  const [state, setState] = useState(idle);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState({ ...idle, phase: 'running' });
    const surroundings = browserSurroundings(api);
    diagnoseUpload({
      surroundings,
      signal: controller.signal,
      onCheck: (current) => setState((before) => ({ ...before, current })),
      onFinding: (finding) => setState((before) => ({ ...before, findings: [...before.findings, finding] })),
    })
      .then((findings) => setState({ phase: 'done', current: null, findings, endedAt: new Date() }))
      // It ends in no other way than by being stopped, and then nobody looks.
      .catch(() => {})
      .finally(() => surroundings[Symbol.dispose]());
  }, [api]);
  const stop = useCallback(() => {
    running.current?.abort();
    setState(idle);
  }, []);
  return { ...state, start, stop };
}

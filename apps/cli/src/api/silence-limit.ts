/** Ends a request that says nothing for so long, and no other, however long its answer is. */
export interface SilenceLimit {
  /** Aborted with a TimeoutError. */
  signal: AbortSignal;
  /** The pieces as they come; how long whoever takes them needs in between is not the answer's fault. */
  through: (body: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array, void, undefined>;
  /** To be called where there is nothing to read. */
  end: () => void;
}

export function createSilenceLimit(milliseconds: number): SilenceLimit {
  const silent = new AbortController();
  let timer: NodeJS.Timeout;
  const abort = () => silent.abort(new DOMException('nothing came any more', 'TimeoutError'));
  const listen = () => {
    timer = setTimeout(abort, milliseconds).unref();
  };
  const end = () => clearTimeout(timer);
  listen();
  return {
    signal: silent.signal,
    async *through(body) {
      try {
        for await (const piece of body) {
          end();
          yield piece;
          listen();
        }
      } finally {
        end();
      }
    },
    end,
  };
}

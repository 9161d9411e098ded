/** What a proxy does to the bytes of its connections. Absent: nothing. Every number is per connection. */
export interface WireFaults {
  /** Waits so long before each piece is passed on, in both directions. */
  latencyMilliseconds?: number;
  /** Of answers and of requests, each by itself. */
  bytesPerSecond?: number;
  /** New connections are reset at once: nobody is there. */
  refuse?: boolean;
  /** Ends the connection, or stops answering on it. */
  end?: ConnectionEnd;
}

export interface ConnectionEnd {
  /** `reset`: RST, as by a host that forgot the connection. `close`: FIN. `stall`: open, and not a byte more. */
  how: 'reset' | 'close' | 'stall';
  /** Which bytes are counted: those of answers unless said otherwise. */
  of?: 'answers' | 'requests';
  /** The end comes once so many bytes were passed on. A range means a number in it, another for each connection. */
  afterBytes: number | readonly [least: number, most: number];
  /** The share of connections it happens to, from 0 to 1; all unless given. */
  probability?: number;
  /** Happens to so many connections at most. */
  times?: number;
}

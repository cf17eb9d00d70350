/**
 * One open way to one database, as the rest of `connection/` sees it: encoded RPC requests go in, encoded replies come
 * out, and each call exists in an async and a blocking form over the very same channel. The bridge knows no SurrealQL, no
 * models and no driver classes; it moves bytes between the caller's thread and the host thread.
 */

/** What the host thread is to open. */
export interface LinkTarget {
  readonly kind: 'embedded' | 'websocket' | 'http'
  /**
   * `embedded`: what the native engine takes: `mem://`, `surrealkv:/abs/path`, `rocksdb:/abs/path?query`.
   * `websocket`: `ws://host:port/rpc`.  `http`: `http://host:port/rpc`.
   */
  readonly url: string
}

/** How many channels a pool keeps, and how long its users wait. Durations are milliseconds. */
export interface PoolLimits {
  /** Never more channels than this. */
  readonly max: number
  /** This many are opened ahead, and kept when idle. */
  readonly min: number
  /** A channel above `min` that nobody used for so long is closed. */
  readonly idleTimeout: number
  /** How long one call waits for a channel. */
  readonly acquireTimeout: number
  /** How many calls may wait at a time; one more is refused at once. */
  readonly maxWaiting: number
  /** Whether a channel is looked at before it is lent. */
  readonly validate: boolean
}

/** How often, and with what pauses, something that failed is tried again. Durations are milliseconds. */
export interface Backoff {
  /** Tries after the first one. */
  readonly limit: number
  readonly initialDelay: number
  /** Each pause is this many times the one before. */
  readonly backoff: number
  readonly maxDelay: number
  /** Pauses are spread at random, so that many who failed together do not come back together. */
  readonly jitter: boolean
}

/** What a pool holds at this moment: `size` is always `idle + borrowed + opening`. */
export interface PoolCounters {
  readonly size: number
  readonly idle: number
  readonly borrowed: number
  readonly opening: number
  /** Calls that wait for a channel. */
  readonly waiting: number
  readonly max: number
  readonly min: number
}

/** Extra envelope of one request; only `http` uses the headers (it has no session of its own). */
export interface RequestEnvelope {
  /** Milliseconds until the call fails with TimeoutError. */
  readonly timeout: number
  readonly headers?: Readonly<Record<string, string>>
  /** The request names a session by itself, so it is not put on the session of the link. Only embedded stores ask. */
  readonly ownSession?: boolean
}

/** Why a call did not bring a reply. Plain data: `connection/` turns it into an error on the caller's own stack. */
export interface LinkFailure {
  readonly reason:
    | 'open-failed' // the store or the server cannot be opened
    | 'store-locked' // another process, or this one, holds the store
    | 'second-thread' // the native engine already lives in another thread of this process
    | 'timeout' // no answer in time; the call may still be carried out
    | 'lost' // the channel broke while the call was under way; it may have been carried out
    | 'not-sent' // the channel was already gone; the call was certainly not carried out
    | 'closed' // close() was called
    | 'host-died' // the host thread ended
    | 'refused' // http: a status that is no RPC reply
    | 'pool-exhausted' // no channel of the pool became free in time; the call was not sent
    | 'aborted' // the caller gave up; the call may have been carried out
  /** For people. No payload bytes. */
  readonly message: string
  /** http status, when there is one. */
  readonly status?: number
  /** The channel is gone: this is what `onDown` is told too, and nothing can be sent before the next `open`. */
  readonly isDown?: boolean
}

/** The reply bytes, or why there are none. Never rejects, never throws for an expected failure. */
export type LinkReply =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly failure: LinkFailure }

/** One channel. After `open` it stays usable until `close`, or until `onDown` is called. */
export interface Link {
  open(timeout: number): Promise<LinkFailure | undefined>
  openSync(timeout: number): LinkFailure | undefined
  /**
   * `request` is one CBOR-encoded RPC request; `id` is the value of its `id` key, unique on this link.
   * The reply is the CBOR-encoded response object `{ id?, result } | { id?, error }` for websocket and http, and the bare
   * result or `{ error }` for embedded, exactly as the other side sent it.
   */
  execute(id: string, request: Uint8Array, envelope: RequestEnvelope): Promise<LinkReply>
  executeSync(id: string, request: Uint8Array, envelope: RequestEnvelope): LinkReply
  /** Waits for the calls under way, then releases the store or socket. Idempotent. */
  close(timeout: number): Promise<LinkFailure | undefined>
  closeSync(timeout: number): LinkFailure | undefined
  /** CBOR-encoded live notifications, in order of arrival, one per macrotask; the first listener also starts them. */
  onNotification(listener: (bytes: Uint8Array) => void): () => void
  /** The channel broke by itself (socket closed, host thread ended); at most once per open. */
  onDown(listener: (failure: LinkFailure) => void): () => void
}

/**
 * One open way to one database, as the rest of `connection/` sees it: encoded RPC requests go in, encoded replies come
 * out, and each call exists in an async and a blocking form over the very same channel. The bridge knows no SurrealQL, no
 * models and no driver classes; it moves bytes between the caller's thread and the host thread.
 */

/** What the host thread is to open. */
export interface LinkTarget {
  readonly kind: 'embedded' | 'websocket' | 'http'
  /**
   * `embedded`: what the native engine takes, one of `mem://`, `surrealkv:/abs/path`, `rocksdb:/abs/path?query`.
   * `websocket`: `ws://host:port/rpc` for each node.  `http`: `http://host:port/rpc` for each node.
   */
  readonly urls: readonly [string, ...string[]]
}

/** What a link is and how it behaves. */
export interface LinkOptions {
  readonly target: LinkTarget
  /** Undefined: one channel carries every call. */
  readonly pool?: PoolLimits | undefined
  /** How opening is tried again, and a channel that broke is replaced; undefined: neither. */
  readonly backoff?: Backoff | undefined
  /** How a socket that only looks alive is found out. */
  readonly heartbeat?: Heartbeat | undefined
  /** Milliseconds one try to open a channel may take. */
  readonly openTimeout: number
  /** Whether the caller may sign in again when the database refuses the session. */
  readonly isRenewable?: boolean
}

/** After `interval` milliseconds of silence a socket is asked for a sign of life, which has to come within `timeout`. */
export interface Heartbeat {
  readonly interval: number
  readonly timeout: number
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

/** What goes with a request. */
export interface RequestEnvelope {
  /** Milliseconds until the call fails with TimeoutError. */
  readonly timeout: number
  /** Only `http` uses them (it has no session of its own). */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** The request names a session by itself, so it is not put on the session of the link. Only embedded stores ask. */
  readonly ownSession?: boolean
  /** Once it has succeeded, it belongs to the session under this key: every later channel of the link begins with it. */
  readonly remember?: string | undefined
  /** The loan it belongs to: it goes over that very channel, or not at all. */
  readonly lease?: number | undefined
  /** It goes over the one channel that is never pooled. */
  readonly isSteady?: boolean
  /** Done as soon as the request is on its way, and before a blocking caller waits; it does not throw. */
  readonly meanwhile?: (() => void) | undefined
}

/** A live query, as the host keeps it. */
export interface LiveRequest {
  /** Its number on this link. */
  readonly live: number
  /** The id of the request. */
  readonly id: string
  readonly bytes: Uint8Array
  /** How many items wait for their consumer at most. */
  readonly capacity: number
  readonly overflow: Overflow
  readonly timeout: number
}

/** What happens to a live query whose consumer falls behind: it ends with an error, or the oldest or newest items go. */
export type Overflow = 'error' | 'dropOldest' | 'dropNewest'

/** A text too long to be one message: it comes, or goes, in pieces, each of them asked for. */
export interface TransferRequest {
  /** Its number on this link. */
  readonly transfer: number
  readonly kind: 'export' | 'import'
  readonly namespace: string
  readonly database: string
  readonly token: string | undefined
  /** What to export, encoded; undefined: everything. */
  readonly choice: Uint8Array | undefined
}

/** What a live query brings. */
export type LiveItem =
  | { readonly kind: 'notification'; readonly bytes: Uint8Array }
  /** Notifications may be missing here: the channel was replaced, or the consumer fell behind. */
  | { readonly kind: 'resync' }
  | { readonly kind: 'overflow' }
  /** `reply` is the database's refusal to start it again. */
  | { readonly kind: 'end'; readonly failure?: LinkFailure | undefined; readonly reply?: Uint8Array | undefined }

/** What becomes of a link by itself. */
export type LinkState =
  /** Final: nobody tries to replace it. */
  | { readonly kind: 'down'; readonly failure: LinkFailure; readonly isFinal: boolean }
  /** A try to replace it begins. */
  | { readonly kind: 'trying'; readonly attempt: number }
  /** A try failed; the next one comes after a pause. */
  | { readonly kind: 'tried'; readonly attempt: number; readonly failure: LinkFailure }
  /** A new channel is there, and the database refused it the session: a new sign-in is needed. */
  | { readonly kind: 'refused'; readonly failure: LinkFailure }
  /** A channel works again; `version` is the reply of its server, where the session asked for it. */
  | { readonly kind: 'up'; readonly version: Uint8Array | undefined }

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
    | 'session-refused' // a new channel could not be given the session; `reply` holds the database's words
  /** For people. No payload bytes. */
  readonly message: string
  /** http status, when there is one. */
  readonly status?: number
  /** What the server said to it; it may hold values. */
  readonly words?: string
  /** The reply that made it fail. */
  readonly reply?: Uint8Array | undefined
  /** The same may succeed a little later. */
  readonly isTransient?: boolean
}

/** The reply bytes, or why there are none. Never rejects, never throws for an expected failure. */
export type LinkReply =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly failure: LinkFailure }

/** What the host answers. */
export interface Answer {
  readonly bytes?: Uint8Array
  readonly failure?: LinkFailure | undefined
  readonly items?: readonly LiveItem[]
  readonly counters?: PoolCounters | undefined
}

/** One channel, or several that look like one. After `open` it stays usable until `close`. */
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
  /** Whatever else the host does. Never rejects. */
  ask(question: LinkQuestion): Promise<Answer>
  askSync(question: LinkQuestion): Answer
  /** Nobody waits for the answer to this request any more. */
  forget(id: string): void
  /** The request belongs to the session of every later channel, as if it had been executed. */
  remember(key: string, id: string, request: Uint8Array): void
  /** The loan of `borrow` ends; a discarded channel is closed. */
  giveBack(lease: number, isDiscarded: boolean): void
  /** Waits for the calls under way, then releases the store or socket. Idempotent. */
  close(timeout: number): Promise<LinkFailure | undefined>
  closeSync(timeout: number): LinkFailure | undefined
  /**
   * CBOR-encoded live notifications that belong to no live query of `ask`, in order of arrival, one per macrotask; the
   * first listener also starts them.
   */
  onNotification(listener: (bytes: Uint8Array) => void): () => void
  /** The channel broke by itself (socket closed, host thread ended), told behind the notifications that came before. */
  onDown(listener: (failure: LinkFailure) => void): () => void
  /** What becomes of the link by itself, told as soon as it is known, in a blocked thread too. */
  onState(listener: (state: LinkState) => void): () => void
}

/** What `ask` takes. Each ends within its `timeout`, milliseconds. */
export type LinkQuestion =
  /** A channel for the caller alone, under the number it chose. */
  | { readonly operation: 'borrow'; readonly lease: number; readonly timeout: number }
  | ({ readonly operation: 'live' } & LiveRequest)
  /** The items of a live query; none when there were none in time. */
  | { readonly operation: 'next'; readonly live: number; readonly timeout: number }
  | { readonly operation: 'kill'; readonly live: number; readonly timeout: number }
  | { readonly operation: 'counters'; readonly timeout: number }
  /** Begins a transfer; answered with no bytes as soon as the database has taken it on. Embedded stores only export. */
  | ({ readonly operation: 'transfer'; readonly timeout: number } & TransferRequest)
  /** The next piece to the database; answered when there is room for another one. */
  | {
      readonly operation: 'write'
      readonly transfer: number
      readonly bytes: Uint8Array
      readonly timeout: number
    }
  /** The next piece from the database, which has no bytes at the end; nothing can be written any more. */
  | { readonly operation: 'read'; readonly transfer: number; readonly timeout: number }
  /** Nobody wants the rest. */
  | { readonly operation: 'drop'; readonly transfer: number; readonly timeout: number }

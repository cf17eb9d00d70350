import type { Uuid } from 'surrealdb'
import { LiveQueryError, LookupError, type SurrealEngineError } from '../../errors.js'
import type { RecordId } from '../../values.js'
import { perform, run, runSync, type Work } from '../both-modes.js'
import type { Answer, Link, LinkFailure, LinkQuestion, LiveItem, Overflow } from '../bridge/link.js'
import type { DurationInput } from '../options/duration.js'
import { linkError } from '../calls/link-error.js'
import { decodeReply } from '../calls/rpc.js'
import type { ValueCodec } from '../calls/value-codec.js'

/** How a live query is followed. */
export interface LiveOptions {
  /** Each notification holds what changed, as a JSON patch, instead of the whole record. */
  readonly diff?: boolean
  /** How many notifications wait for their consumer at most. Default: 100,000. */
  readonly capacity?: number
  /**
   * What happens when more would wait: the live query ends with a LiveQueryError (`error`, the default), or notifications
   * are dropped and a `RESYNC` stands in their place.
   */
  readonly overflow?: Overflow
}

/** How a live query is followed by a thread that blocks. */
export interface LiveSyncOptions extends LiveOptions {
  /** How long to wait for the next message before the iteration ends. Default: the connection's `operationTimeout`. */
  readonly timeout?: DurationInput
}

/** What a live query tells. */
export type LiveMessage<Row = Record<string, unknown>> =
  | {
      readonly action: 'CREATE' | 'UPDATE' | 'DELETE'
      readonly id: RecordId
      /** The record as it is now, or as it was before it was deleted; a patch with `diff`. */
      readonly value: Row
    }
  /** Notifications may have been missed: read again what you follow. */
  | { readonly action: 'RESYNC'; readonly id?: undefined; readonly value?: undefined }

/** Throws where a live query is given limits it cannot keep to. */
export function checkLimits(capacity: number, overflow: Overflow): void {
  if (!Number.isSafeInteger(capacity) || capacity < 1)
    throw new LookupError('INVALID_VALUE', 'The "capacity" of a live query is a whole number above 0.')
  if (!['error', 'dropOldest', 'dropNewest'].includes(overflow))
    throw new LookupError('INVALID_VALUE', 'The "overflow" of a live query is error, dropOldest or dropNewest.')
}

/** What a live query is made of. */
export interface LiveParts {
  readonly link: Link
  readonly codec: ValueCodec
  readonly isEmbedded: boolean
  /** The name of the connection. */
  readonly connection: string
  /** Its number on the link. */
  readonly live: number
  /** Milliseconds that ending it may take, and that a blocking consumer waits for a message. */
  readonly timeout: number
  /** What its consumer gets of a message; undefined leaves it out. Default: the message. */
  readonly read?: ReadMessage | undefined
  /** It has ended. */
  onEnd(): void
}

/** What becomes of a message on its way to the consumer. */
export type ReadMessage = (message: LiveMessage<Record<string, unknown>>) => unknown

interface Notification {
  readonly action: 'CREATE' | 'UPDATE' | 'DELETE' | 'KILLED'
  readonly record: RecordId
  readonly result: unknown
}

/** Milliseconds of one wait of an async consumer, which goes on waiting after it. */
const PATIENCE = 60_000
const END: IteratorReturnResult<undefined> = { done: true, value: undefined }

/** One live query, and the messages that wait on this side. */
class LiveSource {
  readonly #parts: LiveParts
  #messages: unknown[] = []
  #ending: SurrealEngineError | 'quiet' | undefined
  #isKilled = false

  constructor(parts: LiveParts) {
    this.#parts = parts
  }

  get isOver(): boolean {
    return this.#ending === 'quiet' && this.#messages.length === 0
  }

  /** The next message; undefined when none came in time, or when there will be none. */
  *next(timeout: number): Work<unknown> {
    const until = performance.now() + timeout
    // what came may all have been left out
    for (let left = timeout; this.#messages.length === 0 && !this.#ending; left = until - performance.now())
      if (left < 0 || !(yield* this.#fill(Math.ceil(left)))) break
    const message = this.#messages.shift()
    if (message || !this.#ending || this.#ending === 'quiet') return message
    const error = this.#ending
    this.#ending = 'quiet'
    throw error
  }

  *kill(): Work<void> {
    const { live, timeout } = this.#parts
    const wasOver = this.#ending !== undefined
    this.#isKilled = true
    this.#messages = []
    this.#end('quiet')
    this.#ending = 'quiet'
    if (!wasOver) yield* this.#ask({ operation: 'kill', live, timeout })
  }

  /** Whether anything came. */
  *#fill(timeout: number): Work<boolean> {
    const { live } = this.#parts
    const { items = [], failure } = yield* this.#ask({ operation: 'next', live, timeout })
    // killed while it waited
    if (this.#isKilled) return true
    if (failure) this.#end(this.#errorOf(failure))
    for (const item of items) this.#take(item)
    // nobody listens to it any more
    if (this.#ending && !failure) yield* this.#ask({ operation: 'kill', live, timeout: this.#parts.timeout })
    return items.length > 0
  }

  #take(item: LiveItem): void {
    switch (item.kind) {
      case 'notification':
        return this.#notified(this.#decode(item.bytes))
      case 'resync':
        this.#push({ action: 'RESYNC' })
        return
      case 'overflow':
        return this.#end(
          new LiveQueryError(
            'LIVE_QUERY_OVERFLOW',
            'More notifications were waiting than the live query may hold; raise "capacity", or choose another "overflow".',
          ),
        )
      case 'end':
        return this.#end(item.reply ? this.#refused(item.reply) : this.#errorOf(item.failure))
      default:
        item satisfies never
    }
  }

  #notified({ action, record, result }: Notification): void {
    if (action !== 'KILLED') this.#push({ action, id: record, value: result as Record<string, unknown> })
    else this.#end(new LiveQueryError('LIVE_QUERY_ENDED', 'The database ended the live query: its table was removed.'))
  }

  #push(message: LiveMessage<Record<string, unknown>>): void {
    const { read } = this.#parts
    const given = read ? read(message) : message
    if (given !== undefined) this.#messages.push(given)
  }

  #decode(bytes: Uint8Array): Notification {
    const message: unknown = this.#parts.codec.decode(bytes)
    return (this.#parts.isEmbedded ? message : (message as { result: unknown }).result) as Notification
  }

  #refused(reply: Uint8Array): SurrealEngineError {
    const message = 'The database did not start the live query again after the connection was lost.'
    try {
      decodeReply(this.#parts.codec, reply, this.#parts.isEmbedded)
      return new LiveQueryError('LIVE_QUERY_ENDED', message)
    } catch (cause) {
      return new LiveQueryError('LIVE_QUERY_ENDED', message, { cause })
    }
  }

  #errorOf(failure: LinkFailure | undefined): SurrealEngineError | 'quiet' {
    if (!failure || failure.reason === 'closed') return 'quiet'
    const cause = linkError(failure, { connection: this.#parts.connection, isRepeatable: true })
    return new LiveQueryError('LIVE_QUERY_ENDED', 'The live query ended with its connection.', { cause })
  }

  #end(ending: SurrealEngineError | 'quiet'): void {
    if (this.#ending) return
    this.#ending = ending
    this.#parts.onEnd()
  }

  *#ask(question: LinkQuestion): Work<Answer> {
    const { link } = this.#parts
    return yield* perform({ async: () => link.ask(question), sync: () => link.askSync(question) })
  }
}

/**
 * The messages of a live query, as they come. The iteration ends with `kill()`, with the connection's `close()`, or with an
 * error. After a reconnect it goes on, with a `RESYNC` where messages may be missing.
 */
export class LiveQuery<
  Row = Record<string, unknown>,
  Message = LiveMessage<Row>,
> implements AsyncIterableIterator<Message> {
  /** @internal For the compiler alone. */
  declare protected readonly rows: Row
  /** The database's number for it when it was started. */
  readonly id: Uuid
  readonly #source: LiveSource

  /** @internal Use `connection.live`. */
  constructor(id: Uuid, parts: LiveParts) {
    this.id = id
    this.#source = new LiveSource(parts)
  }

  async next(): Promise<IteratorResult<Message>> {
    while (!this.#source.isOver) {
      const value = await run(this.#source.next(PATIENCE))
      if (value) return { done: false, value: value as Message }
    }
    return END
  }

  /** Ends it; nothing comes after that. */
  async kill(): Promise<void> {
    await run(this.#source.kill())
  }

  /** {@link kill}, blocking. */
  killSync(): void {
    runSync(this.#source.kill())
  }

  /** What `break` in a loop calls: {@link kill}. */
  async return(): Promise<IteratorResult<Message>> {
    await this.kill()
    return END
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

/** A live query that blocks its thread until a message comes, or until it has waited long enough. */
export class BlockingLiveQuery<
  Row = Record<string, unknown>,
  Message = LiveMessage<Row>,
> implements IterableIterator<Message> {
  /** @internal For the compiler alone. */
  declare protected readonly rows: Row
  /** The database's number for it when it was started. */
  readonly id: Uuid
  readonly #source: LiveSource
  readonly #timeout: number

  /** @internal Use `connection.liveSync`. */
  constructor(id: Uuid, parts: LiveParts) {
    this.id = id
    this.#source = new LiveSource(parts)
    this.#timeout = parts.timeout
  }

  /** The next message; done, and the live query killed, when none comes within the `timeout`. */
  next(): IteratorResult<Message> {
    const value = this.poll()
    if (value) return { done: false, value }
    this.killSync()
    return END
  }

  /** The next message, or undefined when none comes within `timeout` milliseconds; the live query goes on. */
  poll(timeout: number = this.#timeout): Message | undefined {
    return runSync(this.#source.next(timeout)) as Message | undefined
  }

  /** Ends it; nothing comes after that. */
  async kill(): Promise<void> {
    await run(this.#source.kill())
  }

  /** {@link kill}, blocking. */
  killSync(): void {
    runSync(this.#source.kill())
  }

  /** What `break` in a loop calls: {@link killSync}. */
  return(): IteratorResult<Message> {
    this.killSync()
    return END
  }

  [Symbol.dispose](): void {
    this.killSync()
  }

  [Symbol.iterator](): this {
    return this
  }
}

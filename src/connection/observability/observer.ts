import { EventEmitter } from 'node:events'
import { LookupError, type ConnectionError, type SurrealEngineError } from '../../errors.js'
import { assertFunction } from '../assert-function.js'
import type { CallObserver, CallOutcome, CallPlace, CallWatch, RetryEvent } from '../calls/calls.js'
import type { CheckedOptions } from '../options/connection-options.js'
import type { RpcRequest } from '../calls/rpc.js'
import type { SessionState } from '../session/session-state.js'
import { Telemetry, type TransactionSpan } from './telemetry.js'

/** One call that has ended. */
export interface QueryEvent {
  /** The name of the connection. */
  readonly connection: string
  /** How the database is reached: `ws`, `https`, `mem`, `surrealkv`, … */
  readonly scheme: string
  /**
   * The SurrealQL; or the name of what is not SurrealQL: `signin`, `use`, `let`, `begin`, `commit`, `cancel`, `export`,
   * `import`, … What such a call was given is never told.
   */
  readonly statement: string
  /** Milliseconds, all tries and waits included. */
  readonly duration: number
  /** 1, and one more for each time it was made again. */
  readonly attempts: number
  /** How many rows came back, over all statements. */
  readonly rows: number
  /** Whether it took as long as the option `slowQueryThreshold`, or longer. */
  readonly isSlow: boolean
  /** The same number for all calls of one transaction; undefined outside of one. */
  readonly transaction?: number
  /** The values; only with the option `queryBindings`. */
  readonly bindings?: Readonly<Record<string, unknown>>
  readonly error?: unknown
}

/** What is known of a call when it has ended. */
interface Measured extends Pick<QueryEvent, 'duration' | 'attempts'> {
  readonly rows: number | undefined
  readonly transaction: number | undefined
}

/** What a connection tells about itself. */
export interface ConnectionEvents {
  connected: []
  /** The channel broke by itself; the error says why. */
  disconnected: [error: ConnectionError]
  /** A try to replace the broken channel begins; 1 is the first. */
  reconnecting: [attempt: number]
  /** A new channel works, with the session of the old one. */
  reconnected: []
  /** Something failed that no call waits for: a try to reconnect, a sign-in in the background. */
  error: [error: SurrealEngineError]
  query: [event: QueryEvent]
  /** A `query` event of a call that was slow. */
  'slow-query': [event: QueryEvent]
  /** A call failed and will be made again. */
  retry: [event: RetryEvent]
}

const EVENTS: ReadonlySet<keyof ConnectionEvents> = new Set([
  ...(['connected', 'disconnected', 'reconnecting', 'reconnected', 'error', 'query', 'slow-query', 'retry'] as const),
])

/** Tells whoever listens what becomes of a connection and its calls; a listener that throws harms nobody but itself. */
export class Observer implements CallObserver {
  readonly #events = new EventEmitter()
  readonly #options: CheckedOptions
  readonly #telemetry: Telemetry | undefined

  constructor(options: CheckedOptions, session: SessionState) {
    this.#options = options
    this.#telemetry = options.openTelemetry ? new Telemetry(options, session) : undefined
    // each pool, dashboard and logger of a service may listen
    this.#events.setMaxListeners(0)
  }

  on<Event extends keyof ConnectionEvents>(
    event: Event,
    listener: (...values: ConnectionEvents[Event]) => void,
  ): () => void {
    assertFunction(listener, 'on()')
    if (!EVENTS.has(event))
      throw new LookupError('INVALID_VALUE', `A connection has no such event; it has ${[...EVENTS].join(', ')}.`)
    this.#events.on(event, listener as never)
    return () => void this.#events.off(event, listener as never)
  }

  emit<Event extends keyof ConnectionEvents>(event: Event, ...values: ConnectionEvents[Event]): void {
    for (const listener of this.#events.listeners(event)) {
      try {
        ;(listener as (...values: readonly unknown[]) => void)(...values)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  started(request: RpcRequest, { lease, trace }: CallPlace): CallWatch {
    const { slowQueryThreshold } = this.#options
    const span = this.#telemetry?.call(request, trace)
    const isWanted =
      this.#events.listenerCount('query') > 0 ||
      (slowQueryThreshold !== undefined && this.#events.listenerCount('slow-query') > 0)
    const start = performance.now()
    let attempts = 1
    return {
      retrying: (event) => {
        attempts = event.attempt + 1
        span?.retrying(event.attempt, event.error)
        this.emit('retry', event)
      },
      ended: (outcome) => {
        const duration = performance.now() - start
        const rows = request.method === 'query' && 'value' in outcome ? countRows(outcome.value) : undefined
        span?.ended(outcome, rows)
        if (isWanted) this.#tell(this.#queryEvent(request, outcome, { duration, attempts, rows, transaction: lease }))
      },
    }
  }

  /** A transaction begins. */
  transactionStarted(): TransactionSpan {
    return this.#telemetry?.transaction() ?? UNSEEN
  }

  #tell(event: QueryEvent): void {
    this.emit('query', event)
    if (event.isSlow) this.emit('slow-query', event)
  }

  #queryEvent(
    { method, params }: RpcRequest,
    outcome: CallOutcome,
    { rows, transaction, ...measured }: Measured,
  ): QueryEvent {
    const { name, target, slowQueryThreshold, queryBindings } = this.#options
    const isQuery = method === 'query'
    return {
      connection: name,
      scheme: target.urls[0].slice(0, target.urls[0].indexOf(':')),
      statement: isQuery ? String(params[0]) : method,
      ...measured,
      rows: rows ?? 0,
      isSlow: slowQueryThreshold !== undefined && measured.duration >= slowQueryThreshold,
      ...(transaction !== undefined && { transaction }),
      ...(queryBindings && isQuery && { bindings: (params[1] ?? {}) as Record<string, unknown> }),
      ...('error' in outcome && { error: outcome.error }),
    }
  }
}

const UNSEEN: TransactionSpan = { trace: undefined, within: (work) => work(), ended: () => {} }

/** A list counts with its items, NONE not at all, anything else once. */
function countRows(results: unknown): number {
  const rows = (result: unknown): number => {
    if (Array.isArray(result)) return result.length
    return result === undefined || result === null ? 0 : 1
  }
  return Array.isArray(results) ? results.reduce((sum: number, result) => sum + rows(result), 0) : 0
}

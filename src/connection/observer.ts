import { EventEmitter } from 'node:events'
import type { ConnectionError, SurrealEngineError } from '../errors.js'
import type { CallObserver, RetryEvent } from './calls.js'
import type { CheckedOptions } from './connection-options.js'
import type { RpcRequest } from './rpc.js'

/** One call that has ended. */
export interface QueryEvent {
  /** The name of the connection. */
  readonly connection: string
  /** The SurrealQL, or the name of another method of the protocol. */
  readonly statement: string
  /** Milliseconds, all tries and waits included. */
  readonly duration: number
  /** How many rows came back, over all statements. */
  readonly rows: number
  /** Whether it took as long as the option `slowQueryThreshold`, or longer. */
  readonly isSlow: boolean
  /** The values; only with the option `queryBindings`. */
  readonly bindings?: Readonly<Record<string, unknown>>
  readonly error?: unknown
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

/** Tells whoever listens what becomes of a connection and its calls; a listener that throws harms nobody but itself. */
export class Observer implements CallObserver {
  readonly #events = new EventEmitter()
  readonly #options: CheckedOptions

  constructor(options: CheckedOptions) {
    this.#options = options
    // each pool, dashboard and logger of a service may listen
    this.#events.setMaxListeners(0)
  }

  on<Event extends keyof ConnectionEvents>(
    event: Event,
    listener: (...values: ConnectionEvents[Event]) => void,
  ): () => void {
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

  started(request: RpcRequest): ReturnType<CallObserver['started']> {
    const { slowQueryThreshold } = this.#options
    const isWanted =
      this.#events.listenerCount('query') > 0 ||
      (slowQueryThreshold !== undefined && this.#events.listenerCount('slow-query') > 0)
    if (!isWanted) return undefined
    const start = performance.now()
    return (outcome) => {
      const event = this.#queryEvent(request, performance.now() - start, outcome)
      this.emit('query', event)
      if (event.isSlow) this.emit('slow-query', event)
    }
  }

  retrying(event: RetryEvent): void {
    this.emit('retry', event)
  }

  #queryEvent(
    { method, params }: RpcRequest,
    duration: number,
    outcome: { readonly value: unknown } | { readonly error: unknown },
  ): QueryEvent {
    const { name, slowQueryThreshold, queryBindings } = this.#options
    const isQuery = method === 'query'
    return {
      connection: name,
      statement: isQuery ? String(params[0]) : method,
      duration,
      rows: 'value' in outcome && isQuery ? countRows(outcome.value) : 0,
      isSlow: slowQueryThreshold !== undefined && duration >= slowQueryThreshold,
      ...(queryBindings && isQuery && { bindings: (params[1] ?? {}) as Record<string, unknown> }),
      ...('error' in outcome && { error: outcome.error }),
    }
  }
}

/** A list counts with its items, NONE not at all, anything else once. */
function countRows(results: unknown): number {
  const rows = (result: unknown): number => {
    if (Array.isArray(result)) return result.length
    return result === undefined || result === null ? 0 : 1
  }
  return Array.isArray(results) ? results.reduce((sum: number, result) => sum + rows(result), 0) : 0
}

/* eslint-disable surrealengine/throw-own-errors -- the driver's users expect the driver's errors */
import {
  CallTerminatedError,
  ConnectionUnavailableError,
  Features,
  parseRpcError,
  Publisher,
  RpcEngine,
  UnexpectedConnectionError,
  type ConnectionState,
  type DriverContext,
  type EngineEvents,
  type LiveMessage,
  type RpcErrorObject,
  type RpcRequest,
  type SurrealEngine,
  type Uuid,
} from 'surrealdb'
import type { Link, LinkFailure, LinkTarget, RequestEnvelope } from './link.js'
import { LiveMessages } from './live-messages.js'
import { sessionKey } from './session-key.js'

type Feature = SurrealEngine['features'] extends Set<infer Each> ? Each : never

/** How the driver's calls go over the link. */
export interface LinkEngineOptions {
  readonly kind: LinkTarget['kind']
  /** Milliseconds until a call of the driver fails. */
  readonly timeout: number
  /** Is told of each call before it is sent; what comes back, when it has ended. */
  readonly sending: (request: {
    readonly method: string
    readonly params?: readonly unknown[] | undefined
  }) => () => void
}

/** A live notification as the database sends it. */
interface Notification {
  readonly id: Uuid
  readonly action: LiveMessage['action']
  readonly record?: unknown
  readonly result?: unknown
}

const COMMON = [Features.Api]
const WITH_SESSION = [...COMMON, Features.LiveQueries, Features.Sessions, Features.Transactions]
const FEATURES: Readonly<Record<LinkTarget['kind'], readonly Feature[]>> = {
  embedded: WITH_SESSION,
  websocket: [...WITH_SESSION, Features.RefreshTokens],
  http: COMMON,
}

/**
 * Lets the official driver run on a link that is already open: `new Surreal({ engines: { mem: context => new
 * LinkEngine(context, link, options) } })`. Driver and package then share one session and one transaction. The link
 * belongs to the connection: the driver's `close()` leaves it open.
 */
export class LinkEngine extends RpcEngine implements SurrealEngine {
  readonly features: Set<Feature>
  readonly #link: Link
  readonly #options: LinkEngineOptions
  readonly #events = new Publisher<EngineEvents>()
  readonly #live = new Map<string, Set<LiveMessages>>()
  #detach: (() => void)[] = []
  #isOpen = false
  #isListening = false

  constructor(context: DriverContext, link: Link, options: LinkEngineOptions) {
    super(context)
    this.#link = link
    this.#options = options
    this.features = new Set(FEATURES[options.kind])
  }

  subscribe<Event extends keyof EngineEvents>(
    event: Event,
    listener: (...payload: EngineEvents[Event]) => void,
  ): () => void {
    return this.#events.subscribe(event, listener)
  }

  open(state: ConnectionState): void {
    this._state = state
    this.#isOpen = true
    this.#detach.push(this.#link.onDown((failure) => this.#broke(failure)))
    // the driver subscribes to the event only after this call
    queueMicrotask(() => this.#events.publish('connected'))
  }

  async close(): Promise<void> {
    if (this.#isOpen) this.#end()
  }

  /** The driver asks it after a reconnect; a link does not reconnect. */
  ready(): void {}

  async send<Method extends string, Params extends unknown[] | undefined, Result>(
    request: RpcRequest<Method, Params>,
  ): Promise<Result> {
    if (!this.#isOpen) throw new ConnectionUnavailableError()
    // A store sends notifications only once somebody listens, and the first one may follow the reply at once.
    if (startsLiveQuery(request)) this.#listen()
    const id = this._context.uniqueId()
    const { session, ...rest } = request
    const bytes = this._context.codecs.cbor.encode({ id, ...rest, ...(session && { session }) })
    const ended = this.#options.sending(request)
    try {
      const reply = await this.#link.execute(id, bytes, {
        ...this.#envelope(session !== undefined),
        remember: session ? undefined : sessionKey(request),
      })
      if (!reply.ok) throw driverError(reply.failure)
      return this.#result(this._context.codecs.cbor.decode(reply.bytes))
    } finally {
      ended()
    }
  }

  liveQuery(id: Uuid): AsyncIterable<LiveMessage> {
    this.#listen()
    const key = String(id)
    const streams = this.#live.get(key) ?? new Set()
    this.#live.set(key, streams)
    const stream = new LiveMessages(() => streams.delete(stream))
    streams.add(stream)
    return stream
  }

  #listen(): void {
    if (this.#isListening) return
    this.#isListening = true
    this.#detach.push(this.#link.onNotification((bytes) => this.#notified(bytes)))
  }

  /** Over http namespace, database and token go along with each request. */
  #envelope(ownSession: boolean): RequestEnvelope {
    const { timeout, kind } = this.#options
    const root = this._state?.rootSession
    if (kind !== 'http' || !root) return { timeout, ownSession, isSteady: true }
    const headers = {
      ...(root.namespace !== undefined && { 'surreal-ns': root.namespace }),
      ...(root.database !== undefined && { 'surreal-db': root.database }),
      ...(root.accessToken !== undefined && { authorization: `Bearer ${root.accessToken}` }),
    }
    return { timeout, headers }
  }

  #result<Result>(reply: unknown): Result {
    const { error, result } = (reply ?? {}) as { error?: RpcErrorObject; result?: unknown }
    if (error) throw parseRpcError(error)
    return (this.#options.kind === 'embedded' ? reply : result) as Result
  }

  #notified(bytes: Uint8Array): void {
    const message: unknown = this._context.codecs.cbor.decode(bytes)
    const wrapped = this.#options.kind === 'embedded' ? message : (message as { result?: unknown }).result
    const { id, action, record, result } = wrapped as Notification
    const live = { queryId: id, action, recordId: record, value: result } as LiveMessage
    for (const stream of this.#live.get(String(id)) ?? []) stream.push(live)
  }

  #broke(failure: LinkFailure): void {
    this.#events.publish('error', driverError(failure))
    this.#end()
  }

  #end(): void {
    this.#isOpen = false
    this.#isListening = false
    this._state = undefined
    for (const detach of this.#detach.splice(0)) detach()
    for (const stream of [...this.#live.values()].flatMap((streams) => [...streams])) stream.end()
    this.#live.clear()
    this.#events.publish('disconnected')
  }
}

function startsLiveQuery({ method, params }: RpcRequest<string, unknown[] | undefined>): boolean {
  return method === 'live' || (method === 'query' && /\blive\b/i.test(String(params?.[0])))
}

function driverError({ reason, message }: LinkFailure): Error {
  switch (reason) {
    case 'lost':
    case 'host-died':
      return new CallTerminatedError()
    case 'closed':
    case 'not-sent':
      return new ConnectionUnavailableError()
    case 'open-failed':
    case 'store-locked':
    case 'second-thread':
    case 'timeout':
    case 'refused':
    case 'pool-exhausted':
    case 'aborted':
    case 'session-refused':
      return new UnexpectedConnectionError(message)
    default:
      return reason satisfies never
  }
}

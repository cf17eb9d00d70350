import { EventEmitter } from 'node:events'
import { inspect } from 'node:util'
import { Surreal, type EngineFactory } from 'surrealdb'
import { ConfigurationError, ConnectionClosedError, ConnectionError } from '../errors.js'
import { LinkEngine } from './bridge/driver-engine.js'
import type { Link, LinkFailure, LinkReply, RequestEnvelope } from './bridge/link.js'
import { createLink } from './bridge/open-link.js'
import type { CheckedOptions } from './connection-options.js'
import { linkError } from './link-error.js'
import { openSession, type Session } from './open-session.js'
import { Queryable } from './queryable.js'
import { decodeReply, encodeRequest, type RpcRequest } from './rpc.js'
import { runSteps, runStepsSync } from './steps.js'
import { ValueCodec } from './value-codec.js'

/** Where a connection is in its life. */
export type ConnectionStatus = 'disconnected' | 'connecting' | 'connected' | 'reconnecting' | 'closed'

/** What a connection tells about itself. */
export interface ConnectionEvents {
  connected: []
  /** The channel broke by itself; the error says why. */
  disconnected: [error: ConnectionError]
}

/**
 * One connection to one database, used by async and by blocking calls alike: both see the same session and the same data.
 * Made by `createConnection`.
 */
export class Connection extends Queryable {
  readonly #options: CheckedOptions
  readonly #link: Link
  readonly #codec = new ValueCodec()
  readonly #events = new EventEmitter<ConnectionEvents>()
  #status: ConnectionStatus = 'disconnected'
  #session: Session | undefined
  #driver: Promise<Surreal> | undefined

  /** @internal Use `createConnection`. */
  constructor(options: CheckedOptions) {
    super()
    this.#options = options
    this.#link = createLink(options.target)
    this.#link.onDown((failure) => this.#broke(failure))
  }

  /** The key in the registry. */
  get name(): string {
    return this.#options.name
  }

  /** The namespace all calls work in. */
  get namespace(): string {
    return this.#options.namespace
  }

  /** The database all calls work in. */
  get database(): string {
    return this.#options.database
  }

  get status(): ConnectionStatus {
    return this.#status
  }

  /** `surrealdb-3.0.2`; undefined until connected. */
  get serverVersion(): string | undefined {
    return this.#session?.serverVersion
  }

  /** Whether calls can be made now. */
  isConnected(): boolean {
    return this.#status === 'connected'
  }

  /**
   * Opens the store or the socket, signs in, and chooses namespace and database. Returns the connection.
   *
   * Fails within the option `timeout` with ConnectionError, AuthenticationError, TimeoutError or UnsupportedError; on a
   * connection that is open or opening with ConfigurationError.
   *
   * @example
   * ```ts
   * import { createConnection } from 'surrealengine'
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main', name: 'connect' }).connect()
   * await connection.close()
   * ```
   */
  async connect(): Promise<this> {
    const deadline = this.#begin()
    try {
      this.#check(await this.#link.open(deadline()))
      const session = await runSteps(openSession(this.#options), async (request: RpcRequest) => {
        const { id, bytes } = encodeRequest(this.#codec, request)
        return this.#decode(await this.#link.execute(id, bytes, this.#envelope(deadline())))
      })
      return this.#opened(session)
    } catch (error) {
      await this.#link.close(this.#options.timeout)
      throw this.#failed(error)
    }
  }

  /** {@link connect}, blocking. */
  connectSync(): this {
    const deadline = this.#begin()
    try {
      this.#check(this.#link.openSync(deadline()))
      const session = runStepsSync(openSession(this.#options), (request: RpcRequest) => {
        const { id, bytes } = encodeRequest(this.#codec, request)
        return this.#decode(this.#link.executeSync(id, bytes, this.#envelope(deadline())))
      })
      return this.#opened(session)
    } catch (error) {
      this.#link.closeSync(this.#options.timeout)
      throw this.#failed(error)
    }
  }

  /**
   * Waits for the calls under way, then releases the store or socket. May be called again; every other call after it is a
   * ConnectionClosedError.
   */
  async close(): Promise<void> {
    if (!this.#end()) return
    this.#check(await this.#link.close(this.#options.operationTimeout))
  }

  /** {@link close}, blocking. */
  closeSync(): void {
    if (!this.#end()) return
    this.#check(this.#link.closeSync(this.#options.operationTimeout))
  }

  /** Asks the database for a sign of life; resolves when it came. */
  async ping(): Promise<void> {
    await this.request({ method: 'ping', params: [] })
  }

  /** {@link ping}, blocking. */
  pingSync(): void {
    this.requestSync({ method: 'ping', params: [] })
  }

  /** @internal One request of the RPC protocol. */
  async request(request: RpcRequest): Promise<unknown> {
    this.#assertConnected()
    const { id, bytes } = encodeRequest(this.#codec, request)
    return this.#decode(await this.#link.execute(id, bytes, this.#envelope(this.#options.operationTimeout)))
  }

  /** @internal {@link request}, blocking. */
  requestSync(request: RpcRequest): unknown {
    this.#assertConnected()
    const { id, bytes } = encodeRequest(this.#codec, request)
    return this.#decode(this.#link.executeSync(id, bytes, this.#envelope(this.#options.operationTimeout)))
  }

  /**
   * The official client of the package `surrealdb`, running on this connection: same session, same transactions, same data.
   * It is for what this package has no method for. Closing it leaves the connection open.
   *
   * @example
   * ```ts
   * import { createConnection } from 'surrealengine'
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main', name: 'driver' }).connect()
   * const driver = await connection.driver()
   * await driver.set('answer', 42)
   * const [answer] = connection.querySync('RETURN $answer')
   * await connection.close()
   * ```
   */
  async driver(): Promise<Surreal> {
    this.#assertConnected()
    return await (this.#driver ??= this.#openDriver())
  }

  async #openDriver(): Promise<Surreal> {
    const { target, operationTimeout } = this.#options
    const engine: EngineFactory = (context) =>
      new LinkEngine(context, this.#link, { kind: target.kind, timeout: operationTimeout })
    const driver = new Surreal({ engines: { link: engine } })
    await driver.connect('link://', {
      namespace: this.namespace,
      database: this.database,
      versionCheck: false,
      reconnect: false,
      ...(this.#session?.token !== undefined && { authentication: this.#session.token }),
    })
    return driver
  }

  /** Calls `listener` at each such event; the function that comes back ends that. */
  on<Event extends keyof ConnectionEvents>(
    event: Event,
    listener: (...values: ConnectionEvents[Event]) => void,
  ): () => void {
    this.#events.on(event, listener as never)
    return () => void this.#events.off(event, listener as never)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  [Symbol.dispose](): void {
    this.closeSync()
  }

  /** What `console.log` shows: nothing of the credentials. */
  [inspect.custom](): string {
    const { name, target, namespace, database } = this.#options
    return `Connection ${JSON.stringify({ name, status: this.#status, url: target.url, namespace, database })}`
  }

  #begin(): () => number {
    if (this.#status === 'closed') throw this.#closedError()
    if (this.#status !== 'disconnected') {
      throw new ConfigurationError(
        'ALREADY_CONNECTED',
        `Connection "${this.name}" is ${this.#status} already; call connect() once.`,
      )
    }
    this.#status = 'connecting'
    const end = performance.now() + this.#options.timeout
    return () => Math.max(1, end - performance.now())
  }

  #opened(session: Session): this {
    if (this.#status !== 'connecting') throw this.#closedError()
    this.#session = session
    this.#status = 'connected'
    this.#events.emit('connected')
    return this
  }

  #failed(error: unknown): unknown {
    if (this.#status === 'connecting') this.#status = 'disconnected'
    return error
  }

  #end(): boolean {
    if (this.#status === 'closed') return false
    this.#status = 'closed'
    return true
  }

  #broke(failure: LinkFailure): void {
    if (this.#status === 'closed') return
    this.#status = 'disconnected'
    this.#driver = undefined
    const error = linkError(failure, this.name)
    if (error instanceof ConnectionError) this.#events.emit('disconnected', error)
  }

  #assertConnected(): void {
    if (this.#status === 'connected') return
    if (this.#status === 'closed') throw this.#closedError()
    throw new ConnectionError(
      'NOT_CONNECTED',
      `Connection "${this.name}" is ${this.#status}; call connect() or connectSync() first.`,
    )
  }

  #closedError(): ConnectionClosedError {
    return new ConnectionClosedError(
      `Connection "${this.name}" was closed; create another one with createConnection().`,
    )
  }

  #check(failure: LinkFailure | undefined): void {
    if (failure) throw linkError(failure, this.name)
  }

  #decode(reply: LinkReply): unknown {
    if (!reply.ok) throw linkError(reply.failure, this.name)
    return decodeReply(this.#codec, reply.bytes, this.#options.target.kind === 'embedded')
  }

  #envelope(timeout: number): RequestEnvelope {
    if (this.#options.target.kind !== 'http') return { timeout }
    const token = this.#session?.token ?? this.#options.token
    const headers = {
      'surreal-ns': this.namespace,
      'surreal-db': this.database,
      ...(token && { authorization: `Bearer ${token}` }),
    }
    return { timeout, headers }
  }
}

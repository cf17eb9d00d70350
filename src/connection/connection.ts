import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import { Surreal, type EngineFactory } from 'surrealdb'
import { ConfigurationError, ConnectionClosedError, ConnectionError, SurrealEngineError } from '../errors.js'
import { ambientTransaction } from './transactions/ambient-scope.js'
import { Authenticator } from './session/authenticator.js'
import { perform, run, runSync, type Work } from './both-modes.js'
import { LinkEngine } from './bridge/driver-engine.js'
import type { Link, LinkState, PoolCounters } from './bridge/link.js'
import { createLink } from './bridge/open-link.js'
import { ResultCache } from './cache/result-cache.js'
import { versionsOf } from './cache/table-versions.js'
import { writtenBy } from './cache/written-by.js'
import type { CallOptions } from './calls/call-options.js'
import type { ExecutorOptions } from './calls/executor.js'
import { Calls } from './calls/calls.js'
import { ConflictQueue } from './calls/conflict-queue.js'
import type { CheckedOptions } from './options/connection-options.js'
import { DataTransfer } from './transfer/data-transfer.js'
import type { SessionParts } from './session/database-session.js'
import { Deadline } from './calls/deadline.js'
import { linkError } from './calls/link-error.js'
import { OpenLiveQueries } from './live/open-live-queries.js'
import { Observer, type ConnectionEvents } from './observability/observer.js'
import { openSession, versionIn } from './session/open-session.js'
import { decodeReply, type RpcRequest } from './calls/rpc.js'
import { runTransaction, type TransactionOptions } from './transactions/run-transaction.js'
import { SessionState } from './session/session-state.js'
import { Transaction } from './transactions/transaction.js'
import type { TransferParts } from './transfer/transfer-source.js'

const PING: RpcRequest = { method: 'ping', params: [] }

/** Where a connection is in its life. */
export type ConnectionStatus = 'disconnected' | 'connecting' | 'connected' | 'reconnecting' | 'closed'

/** How a connection is. */
export interface Health {
  readonly status: ConnectionStatus
  /** Milliseconds a question to the database took just now. */
  readonly roundTrip: number
  /** `surrealdb-3.0.2` */
  readonly serverVersion: string
  /** What the pool holds; undefined without a pool. */
  readonly pool: PoolCounters | undefined
}

/**
 * One connection to one database, used by async and by blocking calls alike: both see the same session and the same data.
 * Made by `createConnection`.
 */
export class Connection extends DataTransfer {
  readonly #options: CheckedOptions
  readonly #link: Link
  readonly #observer: Observer
  readonly #session: SessionState
  readonly #calls: Calls
  readonly #authenticator: Authenticator
  readonly #conflicts = new ConflictQueue()
  /** @internal */
  protected readonly liveQueries: OpenLiveQueries
  /** What querysets with `cache()` have read, and have not to read again. */
  readonly cache: ResultCache
  #status: ConnectionStatus = 'disconnected'
  #driver: Promise<Surreal> | undefined
  /** What the driver of `#driver` runs on. */
  #engine: LinkEngine | undefined

  /** @internal Use `createConnection`. */
  constructor(options: CheckedOptions) {
    super()
    const { target, pool, retry, timeout, pingInterval, pingTimeout, auth } = options
    this.#options = options
    this.#link = createLink({
      target,
      pool,
      backoff: retry,
      heartbeat: { interval: pingInterval, timeout: pingTimeout },
      openTimeout: timeout,
      isRenewable: auth !== undefined && !('token' in auth),
    })
    this.#session = new SessionState(target.kind, options)
    // each store in memory is one of its own
    const place = JSON.stringify([target.urls, target.urls[0].startsWith('mem:') ? randomUUID() : ''])
    this.cache = new ResultCache({ limits: options.cache, session: this.#session, versions: versionsOf(place), place })
    this.#observer = new Observer(options, this.#session)
    this.#calls = new Calls({ link: this.#link, options, session: this.#session, observer: this.#observer })
    this.#authenticator = new Authenticator({
      calls: this.#calls,
      session: this.#session,
      auth,
      refreshMargin: options.refreshMargin,
      timeout,
      onFailure: (error) => this.#failedBehind(error),
    })
    this.#calls.renewal = this.#authenticator
    this.liveQueries = new OpenLiveQueries({
      link: this.#link,
      calls: this.#calls,
      isEmbedded: target.kind === 'embedded',
      connection: options.name,
      timeout: options.operationTimeout,
      assertOpen: () => this.#assertOpen(),
    })
    this.#link.onState((state) => this.#changed(state))
  }

  /** The key in the registry. */
  get name(): string {
    return this.#options.name
  }

  /** The namespace all calls work in. */
  get namespace(): string {
    return this.#session.namespace
  }

  /** The database all calls work in. */
  get database(): string {
    return this.#session.database
  }

  get status(): ConnectionStatus {
    return this.#status
  }

  /** `surrealdb-3.0.2`; undefined until connected. */
  get serverVersion(): string | undefined {
    return this.#session.serverVersion
  }

  /** @internal */
  protected get parts(): SessionParts {
    return { session: this.#session, authenticator: this.#authenticator }
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
    return await run(this.#connect())
  }

  /** {@link connect}, blocking. */
  connectSync(): this {
    return runSync(this.#connect())
  }

  /**
   * Waits for the calls under way, then releases the store or socket. May be called again, and waits for the same end then; every other call after it is a
   * ConnectionClosedError.
   */
  async close(): Promise<void> {
    await run(this.#close())
  }

  /** {@link close}, blocking. */
  closeSync(): void {
    runSync(this.#close())
  }

  /** Asks the database for a sign of life; resolves when it came. */
  async ping(): Promise<void> {
    await run(this.#call(PING))
  }

  /** {@link ping}, blocking. */
  pingSync(): void {
    runSync(this.#call(PING))
  }

  /** How the connection is: a round trip to the database, its version, and what the pool holds. */
  async health(): Promise<Health> {
    return await run(this.#health())
  }

  /** {@link health}, blocking. */
  healthSync(): Health {
    return runSync(this.#health())
  }

  /** @internal */
  async request(request: RpcRequest, options?: CallOptions): Promise<unknown> {
    return await run(this.call(request, options))
  }

  /** @internal */
  requestSync(request: RpcRequest, options?: CallOptions): unknown {
    return runSync(this.call(request, options))
  }

  /**
   * Runs `body` in a transaction: everything inside uses it, whatever is awaited on the way, and nobody else does. It is
   * committed when `body` returns, and cancelled when it throws or when any statement of it failed.
   *
   * When another transaction has written the same records, everything is cancelled, documents get back the state they had
   * when the transaction first wrote them, and `body` runs again: up to `retries` times, 5 by default. So `body` does
   * nothing but database work, and reads what it changes itself.
   *
   * Inside of another transaction of this connection it is a part of that one. A commit whose answer is lost is an
   * OutcomeUnknownError (`COMMIT_OUTCOME_UNKNOWN`).
   *
   * @example
   * ```ts
   * await connection.transaction(async () => {
   *   const ann = await User.get('ann')
   *   await ann.update({ age: ann.age + 1 })
   * })
   * ```
   */
  async transaction<Result>(
    body: (transaction: Transaction) => PromiseLike<Result> | Result,
    options?: TransactionOptions,
  ): Promise<Result> {
    return (await run(this.#transaction(body, options))) as Result
  }

  /** {@link transaction}, blocking; a promise from `body` is an AsyncInSyncError. */
  transactionSync<Result>(body: (transaction: Transaction) => Result, options?: TransactionOptions): Result {
    return runSync(this.#transaction(body, options)) as Result
  }

  /**
   * The official client of the package `surrealdb`, running on this connection: same session, same transactions, same data.
   * It is for what this package has no method for. Closing it leaves the connection open; a reconnect ends it, and another
   * call of `driver()` gives the next one.
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
    this.#assertOpen()
    const opening = (this.#driver ??= this.#openDriver())
    try {
      return await opening
    } catch (error) {
      if (this.#driver === opening) this.#driver = undefined
      throw error
    }
  }

  /** Calls `listener` at each such event; the function that comes back ends that. */
  on<Event extends keyof ConnectionEvents>(
    event: Event,
    listener: (...values: ConnectionEvents[Event]) => void,
  ): () => void {
    return this.#observer.on(event, listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  [Symbol.dispose](): void {
    this.closeSync()
  }

  /** What `console.log` shows: nothing of the credentials. */
  [inspect.custom](): string {
    const { name, target } = this.#options
    const { namespace, database } = this
    const url = target.urls.length === 1 ? target.urls[0] : target.urls
    return `Connection ${JSON.stringify({ name, status: this.#status, url, namespace, database })}`
  }

  /** @internal In a transaction, on its channel: nobody else has to give one up for it. */
  protected *call(request: RpcRequest, options?: ExecutorOptions): Work<unknown> {
    const transaction = ambientTransaction(this)
    if (transaction instanceof Transaction) return yield* transaction.call(request, options)
    return yield* this.#call(request, options)
  }

  *#call(request: RpcRequest, options?: ExecutorOptions): Work<unknown> {
    this.#assertOpen()
    try {
      return yield* this.#calls.call(request, options)
    } finally {
      // what failed may have been carried out
      this.cache.written(writtenBy(request, options))
    }
  }

  /** @internal */
  protected transfer(): TransferParts {
    this.#assertOpen()
    return {
      link: this.#link,
      calls: this.#calls,
      cache: this.cache,
      session: this.#session,
      watch: (method) => this.#observer.started({ method, params: [] }, {}),
      connection: this.name,
      isEmbedded: this.#options.target.kind === 'embedded',
      timeout: this.#options.operationTimeout,
    }
  }

  *#connect(): Work<this> {
    if (this.#status === 'closed') throw this.#closedError()
    if (this.#status !== 'disconnected') {
      throw new ConfigurationError(
        'ALREADY_CONNECTED',
        `Connection "${this.name}" is ${this.#status} already; call connect() once.`,
      )
    }
    this.#status = 'connecting'
    const deadline = new Deadline(this.#options.timeout)
    const link = this.#link
    try {
      const failure = yield* perform({
        async: () => link.open(deadline.left),
        sync: () => link.openSync(deadline.left),
      })
      if (failure) throw linkError(failure, { connection: this.name })
      this.#session.serverVersion = yield* openSession({
        options: this.#options,
        ask: (request) => this.#calls.repeatedly(request, deadline.left),
        signIn: () => this.#authenticator.signIn(deadline.left),
      })
    } catch (error) {
      yield* this.#closeLink(this.#options.timeout)
      if (this.#status === 'connecting') this.#status = 'disconnected'
      throw this.#openingError(error)
    }
    // closed meanwhile
    if (this.#status !== 'connecting') throw this.#closedError()
    this.#status = 'connected'
    this.#observer.emit('connected')
    return this
  }

  /** One that broke before it was open was never there to be lost. */
  #openingError(error: unknown): unknown {
    if (this.#status === 'closed') return this.#closedError()
    if (!(error instanceof ConnectionError) || error.code !== 'CONNECTION_LOST') return error
    return new ConnectionError('CONNECTION_FAILED', `${error.message} It was not opened.`, { cause: error })
  }

  *#close(): Work<void> {
    this.#status = 'closed'
    this.cache.close()
    this.#authenticator.stop()
    // its timers would keep the process alive
    void this.#engine?.close()
    const failure = yield* this.#closeLink(this.#options.operationTimeout)
    if (failure) throw failure
  }

  *#closeLink(timeout: number): Work<SurrealEngineError | undefined> {
    const link = this.#link
    const failure = yield* perform({ async: () => link.close(timeout), sync: () => link.closeSync(timeout) })
    return failure && linkError(failure, { connection: this.name })
  }

  *#health(): Work<Health> {
    const start = performance.now()
    yield* this.#call(PING)
    const roundTrip = performance.now() - start
    const question = { operation: 'counters', timeout: this.#options.operationTimeout } as const
    const link = this.#link
    const { counters } = yield* perform({ async: () => link.ask(question), sync: () => link.askSync(question) })
    return { status: this.#status, roundTrip, serverVersion: this.#session.serverVersion ?? '', pool: counters }
  }

  *#transaction(body: (transaction: Transaction) => unknown, options?: TransactionOptions): Work<unknown> {
    this.#assertOpen()
    const context = {
      ...this.parts,
      calls: this.#calls,
      owner: this,
      liveQueries: this.liveQueries,
      observer: this.#observer,
      name: this.name,
      link: this.#link,
      backoff: this.#options.retry,
      conflicts: this.#conflicts,
      cache: this.cache,
      timeout: this.#options.operationTimeout,
    }
    return yield* runTransaction(context, body, options)
  }

  async #openDriver(): Promise<Surreal> {
    const { target, operationTimeout } = this.#options
    const engine: EngineFactory = (context) => {
      const made = new LinkEngine(context, this.#link, {
        kind: target.kind,
        timeout: operationTimeout,
        sending: (request) => this.#drivenBy(request),
      })
      this.#engine = made
      return made
    }
    const driver = new Surreal({ engines: { link: engine } })
    await driver.connect('link://', {
      namespace: this.namespace,
      database: this.database,
      versionCheck: false,
      reconnect: false,
      // asked again when the token it had comes to its end
      authentication: () => this.#session.token ?? null,
    })
    return driver
  }

  /** What a call of the driver does to the session and to what is cached, once it has ended. */
  #drivenBy(request: { readonly method: string; readonly params?: readonly unknown[] | undefined }): () => void {
    const changed = this.#session.changingUnseen(request)
    return () => {
      changed?.()
      this.cache.written(writtenBy(request))
    }
  }

  #changed(state: LinkState): void {
    if (this.#status === 'closed' || this.#status === 'connecting') return
    switch (state.kind) {
      case 'down': {
        this.#status = state.isFinal ? 'disconnected' : 'reconnecting'
        this.#driver = undefined
        const error = linkError(state.failure, { connection: this.name, isRepeatable: true })
        if (error instanceof ConnectionError) this.#observer.emit('disconnected', error)
        return
      }
      case 'trying':
        return this.#observer.emit('reconnecting', state.attempt)
      case 'tried':
        return this.#observer.emit('error', linkError(state.failure, { connection: this.name }))
      case 'refused':
        return this.#refused(state.failure.reply)
      case 'up':
        if (state.version) this.#session.serverVersion = this.#versionIn(state.version)
        this.#status = 'connected'
        return this.#observer.emit('reconnected')
      default:
        state satisfies never
    }
  }

  /** Other credentials may be had; without them only a sign-in by hand helps. */
  #refused(reply: Uint8Array | undefined): void {
    if (this.#authenticator.isPossible) {
      run(this.#authenticator.renew()).catch((error: unknown) => this.#failedBehind(error))
      return
    }
    try {
      if (reply) decodeReply(this.#calls.codec, reply, false)
    } catch (error) {
      this.#failedBehind(error)
    }
  }

  #versionIn(reply: Uint8Array): string {
    return versionIn(decodeReply(this.#calls.codec, reply, false))
  }

  #failedBehind(error: unknown): void {
    if (error instanceof SurrealEngineError && this.#status !== 'closed') this.#observer.emit('error', error)
  }

  #assertOpen(): void {
    if (this.#status === 'connected' || this.#status === 'reconnecting') return
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
}

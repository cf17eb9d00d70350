import { randomUUID } from 'node:crypto'
import { Turns } from '../channels/turns.js'
import { asText, cborEntry } from '../cbor-entry.js'
import { settlesWithin } from '../deadline.js'
import type { TransferRequest } from '../../link.js'
import type { NativeEngine, NativeReceiver } from './native-engine.js'
import { CallsUnderWay } from './calls-under-way.js'
import { encodedUuid, firstUuid, onSession, rpcRequest } from '../rpc-request.js'

type Deliver = (notification: Uint8Array) => void
/** Which database, and what of it. */
type ExportedDatabase = Pick<TransferRequest, 'namespace' | 'database' | 'choice'>

/**
 * The engine keeps the whole store, and its lock, for good once it has built an index (surrealdb.js #673). A word may
 * start anywhere: in front of the text stands its length, which can look like a letter.
 */
const BUILDS_INDEX = /(define|rebuild)\s+index\b/i

/** Where the last live query of a store lives for a moment: nobody else uses this namespace. */
const OWN_NAMESPACE = 'surrealengine_closing'

/**
 * One open native engine, shared by the sessions on it. Its rules, all learnt from crashes: no native call may be pending
 * when the process ends or when `free` is called, none may follow `free`, and results are copied before they go to
 * another thread.
 */
export class NativeStore {
  readonly #engine: NativeEngine
  readonly #calls = new CallsUnderWay()
  /** By session; undefined for a session that does not listen (yet, or any more). */
  readonly #listeners = new Map<string, Deliver | undefined>()
  #receiver: NativeReceiver | undefined
  #starting: Promise<void> | undefined
  #receiving: Promise<void> | undefined
  #silencing: Promise<void> | undefined
  /** The last export, done or not. */
  #exporting: Promise<unknown> = Promise.resolve()
  #freed = false
  #builtIndex = false

  /** The line of those that begin or commit a transaction; undefined where the engine keeps them apart. See `commitGate`. */
  readonly commits: Turns | undefined

  constructor(engine: NativeEngine, losesCommits: boolean) {
    this.#engine = engine
    this.commits = losesCommits ? new Turns() : undefined
  }

  /** Whether the engine has built an index since it opened this store. */
  get builtIndex(): boolean {
    return this.#builtIndex
  }

  /** A new session, with nobody signed in and no namespace chosen. */
  async attach(): Promise<Buffer> {
    const session = encodedUuid(randomUUID())
    await this.#call(rpcRequest({ method: 'attach', session }))
    this.#listeners.set(session.toString('hex'), undefined)
    return session
  }

  async detach(session: Buffer): Promise<void> {
    this.#listeners.set(session.toString('hex'), undefined)
    await this.#call(rpcRequest({ method: 'detach', session }))
  }

  async execute(request: Uint8Array, session: Buffer | undefined): Promise<Uint8Array> {
    this.#builtIndex ||= BUILDS_INDEX.test(asText(request))
    if (this.#starting) await this.#starting
    return this.#call(session ? onSession(request, session) : request)
  }

  /** A whole database as SurrealQL, whoever asks: the engine exports for anybody. */
  async export({ namespace, database, choice }: ExportedDatabase): Promise<string> {
    // it does so for its one nameless session only, so exports take turns
    const exported = this.#exporting.then(async () => {
      await this.#call(rpcRequest({ method: 'use', params: [namespace, database] }))
      return this.#calls.add(this.#engine.export(choice))
    })
    this.#exporting = exported.catch(() => {})
    return exported
  }

  /** From the first call on, the engine's notifications are taken out and handed to the session that asked for them. */
  listen(session: Buffer, deliver: Deliver): void {
    this.#listeners.set(session.toString('hex'), deliver)
    // Only now: a pending `recv` is a native call under way, so a store without live queries has none.
    if (!this.#receiving) this.#starting ??= this.#startReceiving().finally(() => (this.#starting = undefined))
  }

  /**
   * Ends the `recv` that is always pending while somebody listens. A last live query is made and killed: the engine's word
   * of its end is the one notification that is sure to come. (`free` ends it too, but not once an index was built.)
   */
  async silence(): Promise<void> {
    await this.#starting
    if (!this.#receiving) return
    this.#silencing ??= this.#provokeNotification(this.#receiving).finally(() => (this.#silencing = undefined))
    await this.#silencing
  }

  /** Removes everything in the store. */
  async erase(): Promise<void> {
    const session = await this.attach()
    const text = 'FOR $name IN object::keys((INFO FOR ROOT).namespaces) { REMOVE NAMESPACE $name }'
    await this.#call(rpcRequest({ method: 'query', params: [text], session }))
  }

  /** Waits for the calls under way, then gives the store back to the engine. */
  async free(): Promise<void> {
    if (this.#freed) return
    await this.#calls.ended()
    await this.silence().catch(() => {})
    await this.#calls.ended()
    this.#freed = true
    await this.#engine.free()
    if (this.#receiving) await settlesWithin(this.#receiving, 500)
  }

  async #provokeNotification(received: Promise<void>): Promise<void> {
    const session = encodedUuid(randomUUID())
    const run = (method: string, ...params: (string | Uint8Array)[]) =>
      this.#call(rpcRequest({ method, params, session }))
    await run('attach')
    await run('use', OWN_NAMESPACE, OWN_NAMESPACE)
    await run('query', 'DEFINE TABLE last')
    const live = firstUuid(await run('query', 'LIVE SELECT * FROM last'))
    if (live) await run('kill', live)
    await settlesWithin(received, 500)
    await run('query', `REMOVE NAMESPACE ${OWN_NAMESPACE}`)
    await run('detach')
  }

  async #call(request: Uint8Array): Promise<Uint8Array> {
    if (this.#freed) throw new Error('the store was closed')
    return (await this.#calls.add(this.#engine.execute(request))).slice()
  }

  async #startReceiving(): Promise<void> {
    await this.#silencing
    this.#receiver ??= await this.#engine.notifications()
    this.#receiving = this.#receive(this.#receiver).finally(() => (this.#receiving = undefined))
  }

  async #receive(receiver: NativeReceiver): Promise<void> {
    while (!this.#silencing) {
      const notification = await receiver.recv()
      if (notification === null) return
      this.#deliver(notification.slice())
    }
  }

  #deliver(notification: Uint8Array): void {
    const session = cborEntry(notification, 'session')?.toString('hex')
    if (session !== undefined && this.#listeners.has(session)) return this.#listeners.get(session)?.(notification)
    // of a session that a caller made by itself
    for (const deliver of this.#listeners.values()) deliver?.(notification.slice())
  }
}

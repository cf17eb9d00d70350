import { Uuid } from 'surrealdb'
import type { Engine } from './engine.js'
import { codec, encode, type Outcome, type RpcRequest } from './rpc-reply.js'
import { anonymousNotAllowed, methodNotFound, sessionNotFound, transactionNotFound } from './rpc-errors.js'

/** How the server differs from one that takes everybody. */
export interface RpcRules {
  readonly requireAuth: boolean
  /** What `version` answers, where it is not the engine's own. */
  readonly version?: string | undefined
  /** Methods it does not know. */
  readonly refuseMethods?: readonly string[] | undefined
}

/** What an anonymous session may do where everybody has to sign in. */
const ANONYMOUS = new Set(
  'ping version use let set unset reset invalidate signin signup authenticate refresh revoke attach detach sessions'.split(
    ' ',
  ),
)
const SIGNS_IN = new Set(['signin', 'signup', 'authenticate', 'refresh'])
const SIGNS_OUT = new Set(['invalidate', 'reset'])

/** The sessions and transactions of one socket, or of all http requests: nobody else sees them. */
export class RpcClient {
  readonly #sessions = new Map<string, Uuid>()
  readonly #transactions = new Map<string, Uuid>()
  readonly #signedIn = new Set<string>()
  #ended = false

  constructor(
    readonly engine: Engine,
    readonly rules: RpcRules,
  ) {}

  /** Takes a session that the server itself has attached. */
  adopt(session: Uuid): void {
    this.#sessions.set(String(session), session)
  }

  has(session: string): boolean {
    return this.#sessions.has(session)
  }

  /** The outcome of a request; it is of `own` session where it names none. */
  async answer(request: RpcRequest, own: Uuid): Promise<Outcome> {
    const session = request.session ?? own
    const refusal = this.#refusal(request, session)
    if (refusal) return refusal
    const { version } = this.rules
    if (request.method === 'version' && version) return { kind: 'result', body: encode(version) }
    if (request.method === 'sessions') return { kind: 'result', body: encode(this.#attached(own)) }
    const outcome = await this.engine.execute({ ...request, session })
    if (outcome.kind === 'result') await this.#remember(request, session, outcome.body)
    return outcome
  }

  /** Detaches a session, which kills its live queries. */
  async detach(session: Uuid): Promise<void> {
    this.#forget(session)
    await this.engine.execute({ id: '0', method: 'detach', session })
  }

  /** The client is gone: what it began is cancelled. */
  async end(): Promise<void> {
    this.#ended = true
    const [session] = this.#sessions.values()
    if (session) for (const txn of this.#transactions.values()) await this.#cancel(txn, session)
    for (const each of [...this.#sessions.values()]) await this.detach(each)
  }

  #refusal({ method, txn, params }: RpcRequest, session: Uuid): Outcome | undefined {
    if (this.rules.refuseMethods?.includes(method)) return methodNotFound(method)
    if (method !== 'attach' && !this.has(String(session))) return sessionNotFound(String(session))
    const isAnonymous = this.rules.requireAuth && !this.#signedIn.has(String(session))
    if (isAnonymous && !ANONYMOUS.has(method)) return anonymousNotAllowed()
    const ended = method === 'commit' || method === 'cancel' ? params?.[0] : undefined
    for (const named of [txn, ended]) {
      if (named instanceof Uuid && !this.#transactions.has(String(named))) return transactionNotFound()
    }
    return undefined
  }

  async #remember({ method, params }: RpcRequest, session: Uuid, body: Buffer): Promise<void> {
    if (SIGNS_IN.has(method)) this.#signedIn.add(String(session))
    if (SIGNS_OUT.has(method)) this.#signedIn.delete(String(session))
    if (method === 'attach') this.adopt(session)
    if (method === 'detach') this.#forget(session)
    if (method === 'commit' || method === 'cancel') this.#transactions.delete(String(params?.[0]))
    if (method !== 'begin') return
    const txn = codec.decode(new Uint8Array(body)) as Uuid
    if (this.#ended) await this.#cancel(txn, session)
    else this.#transactions.set(String(txn), txn)
  }

  #forget(session: Uuid): void {
    this.#sessions.delete(String(session))
    this.#signedIn.delete(String(session))
  }

  /** The sessions that the client attached itself. */
  #attached(own: Uuid): Uuid[] {
    return [...this.#sessions.values()].filter((session) => String(session) !== String(own))
  }

  async #cancel(txn: Uuid, session: Uuid): Promise<void> {
    await this.engine.execute({ id: '0', method: 'cancel', params: [txn], session })
  }
}

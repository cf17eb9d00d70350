import type { LinkTarget } from '../bridge/link.js'
import type { RpcRequest } from '../calls/rpc.js'

const CHANGES_USER = new Set(['signin', 'signup', 'authenticate', 'invalidate'])
const CHANGES_REST = new Set(['use', 'let', 'unset', 'reset'])

/** What the session of a connection is now, as far as this side can know. */
export class SessionState {
  namespace: string
  database: string
  /** The token of the signed-in user; undefined for an anonymous session. */
  token: string | undefined
  serverVersion: string | undefined
  /** Counts the changes of the session: one that is the same before and after a call is that of the call. */
  turn = 0
  readonly #variables = new Map<string, unknown>()
  #changesUnderWay = 0
  /** Whose session it is was to be changed, and nobody knows whether it was. */
  #isInDoubt = false
  /** Changes that were made by the driver's own client. */
  #foreignChanges = 0
  readonly #kind: LinkTarget['kind']

  constructor(kind: LinkTarget['kind'], scope: { readonly namespace: string; readonly database: string }) {
    this.#kind = kind
    this.namespace = scope.namespace
    this.database = scope.database
  }

  /** Http has no session: namespace, database and user go along with each request, and so do the variables. */
  get isStateless(): boolean {
    return this.#kind === 'http'
  }

  /** Whose session it is, and where it works. */
  get place(): { readonly namespace: string; readonly database: string; readonly token: string | undefined } {
    const { namespace, database, token } = this
    return { namespace, database, token }
  }

  /** Who asks, and where: what the same question has the same answer for. */
  get identity(): readonly unknown[] {
    const variables = [...this.#variables].sort(([left], [right]) => (left < right ? -1 : 1))
    return [this.namespace, this.database, this.token ?? null, this.#foreignChanges, variables]
  }

  /** Whether it is known whose session it is. */
  get isSettled(): boolean {
    return this.#changesUnderWay === 0 && !this.#isInDoubt
  }

  /** A request that may change it is sent; what comes back is told whether its outcome is known. */
  changing(request: { readonly method: string }): ((isKnown: boolean) => void) | undefined {
    const { method } = request
    if (!CHANGES_USER.has(method) && !CHANGES_REST.has(method)) return undefined
    this.turn += 1
    this.#changesUnderWay += 1
    return (isKnown) => {
      this.turn += 1
      this.#changesUnderWay -= 1
      if (!isKnown) this.#isInDoubt = true
      else if (CHANGES_USER.has(method)) this.#isInDoubt = false
    }
  }

  /** {@link changing} by a client that does not tell what came of it. */
  changingUnseen(request: { readonly method: string }): (() => void) | undefined {
    const ended = this.changing(request)
    if (!ended) return undefined
    return () => {
      this.#foreignChanges += 1
      ended(true)
    }
  }

  headersFor(request: RpcRequest): Readonly<Record<string, string>> | undefined {
    if (!this.isStateless) return undefined
    // a server refuses whatever comes with a token that has ended, the sign-in that would bring another one too
    const token = changesUser(request) ? undefined : this.token
    return {
      'surreal-ns': this.namespace,
      'surreal-db': this.database,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    }
  }

  /** Whether the request changes nothing but this state. */
  isLocal({ method }: RpcRequest): boolean {
    return this.isStateless && ['use', 'let', 'unset'].includes(method)
  }

  /** The request with the variables it needs to bring along. */
  complete(request: RpcRequest): RpcRequest {
    if (!this.isStateless || request.method !== 'query' || this.#variables.size === 0) return request
    const [text, bindings] = request.params as [string, Record<string, unknown> | undefined]
    return { ...request, params: [text, { ...Object.fromEntries(this.#variables), ...bindings }] }
  }

  /** A request succeeded. */
  changed({ method, params }: RpcRequest, result: unknown): void {
    switch (method) {
      case 'use':
        this.namespace = String(params[0])
        this.database = String(params[1])
        return
      case 'let':
        this.#variables.set(String(params[0]), params[1])
        return
      case 'unset':
        this.#variables.delete(String(params[0]))
        return
      case 'signin':
      case 'signup':
        this.token = tokenIn(result)
        return
      case 'authenticate':
        this.token = String(params[0])
        return
      case 'invalidate':
        this.token = undefined
        return
    }
  }
}

/** Whether a request makes the session one of another user, or of nobody. */
export function changesUser({ method }: RpcRequest): boolean {
  return CHANGES_USER.has(method)
}

/** A server before 3 answers with the token, a later one may put it beside a refresh token. */
export function tokenIn(result: unknown): string | undefined {
  const token: unknown = typeof result === 'string' ? result : (result as { access?: unknown } | undefined)?.access
  return typeof token === 'string' ? token : undefined
}

import { AsyncInSyncError, AuthenticationError, SurrealEngineError } from '../../errors.js'
import {
  authenticationRequest,
  checkCredentials,
  tokenExpiry,
  type Credentials,
  type CredentialsProvider,
} from '../options/authentication.js'
import { perform, run, runSync, type Work } from '../both-modes.js'
import type { Calls, Renewal } from '../calls/calls.js'
import type { SessionState } from './session-state.js'
import { isPromiseLike } from '../steps.js'

/** Milliseconds; the longest a timer of Node's can wait. */
const LONGEST_TIMER = 2 ** 31 - 1
/** Milliseconds; what is left of a token after which it is not worth another try ahead of its end. */
const SHORTEST_LIFE = 100

export interface AuthenticatorOptions {
  readonly calls: Pick<Calls, 'once'>
  readonly session: SessionState
  readonly auth: Credentials | CredentialsProvider | undefined
  /** Milliseconds before its end at which a token is renewed. */
  readonly refreshMargin: number
  /** Milliseconds that signing in may take. */
  readonly timeout: number
  /** Signing in again in the background failed. */
  onFailure(error: unknown): void
}

/** Keeps a connection signed in: knows who it is, and signs in again before the token ends. */
export class Authenticator implements Renewal {
  readonly #given: AuthenticatorOptions
  #auth: Credentials | CredentialsProvider | undefined
  /** On the clock of `Date.now()`. */
  #dueAt = Infinity
  #renewing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(given: AuthenticatorOptions) {
    this.#given = given
    this.#auth = given.auth
  }

  get isPossible(): boolean {
    return this.#auth !== undefined
  }

  /** Signs in as whoever the options name; nobody is named: nothing. */
  *signIn(timeout: number = this.#given.timeout): Work<void> {
    const { calls, session } = this.#given
    const auth = this.#auth
    const credentials = yield* this.#credentials()
    if (!credentials || auth !== this.#auth) return
    yield* calls.once(authenticationRequest(credentials, session), timeout)
    if (auth !== this.#auth) yield* this.#giveWay(timeout)
    this.#tokenChanged()
  }

  /** Signs in again; those who want that at the same time share one. */
  *renew(): Work<void> {
    yield* perform({
      async: () => (this.#renewing ??= run(this.#renewal()).finally(() => (this.#renewing = undefined))),
      sync: () => runSync(this.#renewal()),
    })
  }

  /**
   * Signs in again when it is time. Should that fail, the session is still good for a while: it is tried once more before
   * the end, and a call that comes after it hears why.
   */
  *renewIfDue(): Work<void> {
    if (Date.now() < this.#dueAt || this.#renewing) return
    try {
      yield* this.renew()
    } catch (error) {
      const life = this.#life ?? 0
      if (life > SHORTEST_LIFE) this.#wakeIn(life / 2)
      else this.stop()
      this.#given.onFailure(error)
    }
  }

  /** Somebody is about to sign in or out by hand: nothing happens in the background until `changed` or `resume`. */
  *hold(): Work<void> {
    yield* perform({ async: async () => void (await this.#renewing?.catch(() => {})), sync: () => {} })
    this.stop()
  }

  /** What was about to change has not. */
  resume(): void {
    this.#tokenChanged()
  }

  /** Somebody signed in by hand; undefined: nobody is signed in any more. */
  changed(credentials: Credentials | undefined): void {
    this.#auth = credentials
    this.#tokenChanged()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#dueAt = Infinity
  }

  *#renewal(): Work<void> {
    const { calls, session, timeout } = this.#given
    yield* this.signIn()
    yield* calls.once({ method: 'use', params: [session.namespace, session.database] }, timeout)
  }

  /** Somebody signed in or out by hand meanwhile, and either may have come last. */
  *#giveWay(timeout: number): Work<void> {
    if (this.#auth) yield* this.signIn(timeout)
    else yield* this.#given.calls.once({ method: 'invalidate', params: [] }, timeout)
  }

  *#credentials(): Work<Credentials | undefined> {
    const auth = this.#auth
    if (typeof auth !== 'function') return auth
    try {
      return checkCredentials(yield* perform({ async: () => auth(), sync: () => synchronous(auth()) }))
    } catch (cause) {
      if (cause instanceof SurrealEngineError) throw cause
      throw new AuthenticationError('The function given as "auth" failed; its own error is the cause.', { cause })
    }
  }

  #tokenChanged(): void {
    this.stop()
    const life = this.#life
    // a token alone cannot be had anew
    if (life === undefined || !this.#auth || 'token' in this.#auth) return
    // the server took it just now, so one that is over means a wrong clock: a refusal will tell when it is time
    if (life > 0) this.#wakeIn(Math.max(life - this.#given.refreshMargin, life / 2))
  }

  /** Milliseconds until the token ends; undefined when it does not. */
  get #life(): number | undefined {
    const { token } = this.#given.session
    const expiry = token === undefined ? undefined : tokenExpiry(token)
    return expiry === undefined ? undefined : expiry - Date.now()
  }

  #wakeIn(milliseconds: number): void {
    clearTimeout(this.#timer)
    this.#dueAt = Date.now() + milliseconds
    // a connection that only listens makes no calls that would notice
    this.#timer = setTimeout(() => this.#wake(), Math.min(Math.ceil(milliseconds), LONGEST_TIMER))
    this.#timer.unref()
  }

  #wake(): void {
    const early = this.#dueAt - Date.now()
    if (early > 0) this.#wakeIn(early)
    else void run(this.renewIfDue())
  }
}

function synchronous<Value>(value: Value | Promise<Value>): Value {
  if (!isPromiseLike(value)) return value
  value.then(undefined, () => {})
  throw new AsyncInSyncError(
    'The function given as "auth" is asynchronous, which a blocking call cannot wait for; answer without a promise, or use the async form.',
  )
}

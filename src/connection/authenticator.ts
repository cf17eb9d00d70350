import { AsyncInSyncError } from '../errors.js'
import {
  authenticationRequest,
  checkCredentials,
  tokenExpiry,
  type Credentials,
  type CredentialsProvider,
} from './authentication.js'
import { perform, run, type Work } from './both-modes.js'
import type { Calls, Renewal } from './calls.js'
import type { SessionState } from './session-state.js'
import { isPromiseLike } from './steps.js'

/** Milliseconds; the longest a timer of Node's can wait. */
const LONGEST_TIMER = 2 ** 31 - 1

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
  #isRenewing = false
  #timer: NodeJS.Timeout | undefined

  constructor(given: AuthenticatorOptions) {
    this.#given = given
    this.#auth = given.auth
  }

  /** A token alone cannot be had anew. */
  get isPossible(): boolean {
    return this.#auth !== undefined && !('token' in this.#auth)
  }

  get isDue(): boolean {
    return Date.now() >= this.#dueAt && this.isPossible && !this.#isRenewing
  }

  /** Signs in as whoever the options name; nobody is named: nothing. */
  *signIn(timeout: number = this.#given.timeout): Work<void> {
    const { calls, session } = this.#given
    const credentials = yield* this.#credentials()
    if (!credentials) return
    yield* calls.once(authenticationRequest(credentials, session), timeout)
    this.#tokenChanged()
  }

  *renew(): Work<void> {
    const { calls, session, timeout } = this.#given
    this.#isRenewing = true
    try {
      yield* this.signIn()
      yield* calls.once({ method: 'use', params: [session.namespace, session.database] }, timeout)
    } finally {
      this.#isRenewing = false
    }
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

  *#credentials(): Work<Credentials | undefined> {
    const auth = this.#auth
    if (typeof auth !== 'function') return auth
    const answer = yield* perform({ async: () => auth(), sync: () => synchronous(auth()) })
    return checkCredentials(answer)
  }

  #tokenChanged(): void {
    this.stop()
    const { session, refreshMargin } = this.#given
    const expiry = session.token === undefined ? undefined : tokenExpiry(session.token)
    if (expiry === undefined || !this.isPossible) return
    const life = expiry - Date.now()
    const wait = Math.max(life - refreshMargin, life / 2)
    this.#dueAt = Date.now() + wait
    // a connection that only listens makes no calls that would notice
    this.#timer = setTimeout(() => this.#renewInBackground(), Math.min(Math.max(wait, 0), LONGEST_TIMER))
    this.#timer.unref()
  }

  #renewInBackground(): void {
    if (this.isDue) run(this.renew()).catch((error: unknown) => this.#given.onFailure(error))
  }
}

function synchronous<Value>(value: Value | Promise<Value>): Value {
  if (!isPromiseLike(value)) return value
  value.then(undefined, () => {})
  throw new AsyncInSyncError(
    'The function given as "auth" is asynchronous, which a blocking call cannot wait for; answer without a promise, or use the async form.',
  )
}

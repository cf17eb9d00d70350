import { LookupError } from '../../errors.js'
import { isObject } from '../../values.js'
import {
  authenticationRequest,
  checkCredentials,
  checkSignUp,
  signUpRequest,
  type Credentials,
  type SignUp,
} from '../options/authentication.js'
import type { Authenticator } from './authenticator.js'
import { run, runSync, type Work } from '../both-modes.js'
import { Queryable } from '../records/queryable.js'
import type { RpcRequest } from '../calls/rpc.js'
import { tokenIn, type SessionState } from './session-state.js'

/** What a sign-in brings. */
export interface Tokens {
  /** Proves who the session is, for a while. */
  readonly access: string
  /** Brings another pair of tokens; only for an access defined `WITH REFRESH`. */
  readonly refresh?: string
}

/** Where a session works. */
export interface SessionPlace {
  readonly namespace: string
  readonly database: string
}

/** What a session is made of; each connection has one. */
export interface SessionParts {
  readonly session: SessionState
  readonly authenticator: Authenticator
}

/**
 * The methods of the official driver that change a session, each in both modes. A session is that of the whole connection: all
 * channels of a pool take a change over, and so does the channel that follows a broken one.
 */
export abstract class DatabaseSession extends Queryable {
  /** @internal */
  protected abstract readonly parts: SessionParts

  /** @internal One request, as a part of work. */
  protected abstract call(request: RpcRequest): Work<unknown>

  /**
   * Signs in as another user; namespace and database stay what they are. Wrong credentials are an AuthenticationError, and
   * the session stays as it was.
   *
   * @example
   * ```ts
   * await connection.signin({ access: 'account', variables: { email: 'ann@example.org', password: 'secret' } })
   * ```
   */
  async signin(credentials: Credentials): Promise<Tokens> {
    return await run(this.#signIn(credentials))
  }

  /** {@link signin}, blocking. */
  signinSync(credentials: Credentials): Tokens {
    return runSync(this.#signIn(credentials))
  }

  /** Makes a new user by the `SIGNUP` clause of a record access, and signs in as them. */
  async signup(signUp: SignUp): Promise<Tokens> {
    return await run(this.#signUp(signUp))
  }

  /** {@link signup}, blocking. */
  signupSync(signUp: SignUp): Tokens {
    return runSync(this.#signUp(signUp))
  }

  /** Goes on as the user a token was given to. */
  async authenticate(token: string | Tokens): Promise<Tokens> {
    return await run(this.#signIn({ token: textOf(token) }))
  }

  /** {@link authenticate}, blocking. */
  authenticateSync(token: string | Tokens): Tokens {
    return runSync(this.#signIn({ token: textOf(token) }))
  }

  /** Signs out: the session is anonymous from here on. (On an embedded store that is somebody who may do everything.) */
  async invalidate(): Promise<void> {
    await run(this.#signOut())
  }

  /** {@link invalidate}, blocking. */
  invalidateSync(): void {
    runSync(this.#signOut())
  }

  /** Chooses another namespace, another database, or both; resolves to what is in use then. */
  async use(place: Partial<SessionPlace>): Promise<SessionPlace> {
    return await run(this.#use(place))
  }

  /** {@link use}, blocking. */
  useSync(place: Partial<SessionPlace>): SessionPlace {
    return runSync(this.#use(place))
  }

  /**
   * Gives the session a parameter that every query can read as `$name`.
   *
   * @example
   * ```ts
   * await connection.let('tenant', 'acme')
   * const [tenant] = await connection.query('RETURN $tenant')
   * ```
   */
  async let(name: string, value: unknown): Promise<void> {
    await run(this.call({ method: 'let', params: [parameterName(name), value] }))
  }

  /** {@link let}, blocking. */
  letSync(name: string, value: unknown): void {
    runSync(this.call({ method: 'let', params: [parameterName(name), value] }))
  }

  /** Takes a parameter of `let` away. */
  async unset(name: string): Promise<void> {
    await run(this.call({ method: 'unset', params: [parameterName(name)] }))
  }

  /** {@link unset}, blocking. */
  unsetSync(name: string): void {
    runSync(this.call({ method: 'unset', params: [parameterName(name)] }))
  }

  *#signIn(given: Credentials): Work<Tokens> {
    const credentials = checkCredentials(given)
    const { session, authenticator } = this.parts
    const answer = yield* this.#change(authenticationRequest(credentials, session))
    authenticator.changed(credentials)
    yield* this.#stay()
    return 'token' in credentials ? { access: credentials.token } : tokensIn(answer)
  }

  *#signUp(given: SignUp): Work<Tokens> {
    const { session, authenticator } = this.parts
    const tokens = tokensIn(yield* this.#change(signUpRequest(checkSignUp(given), session)))
    // signing up again would make another user, so later channels are told the token
    yield* this.call({ method: 'authenticate', params: [tokens.access] })
    authenticator.changed({ token: tokens.access })
    yield* this.#stay()
    return tokens
  }

  *#signOut(): Work<void> {
    yield* this.#change({ method: 'invalidate', params: [] })
    this.parts.authenticator.changed(undefined)
    yield* this.#stay()
  }

  *#change(request: RpcRequest): Work<unknown> {
    const { authenticator } = this.parts
    yield* authenticator.hold()
    try {
      return yield* this.call(request)
    } catch (error) {
      authenticator.resume()
      throw error
    }
  }

  *#use(place: Partial<SessionPlace>): Work<SessionPlace> {
    const { session } = this.parts
    if (!isObject(place))
      throw new LookupError('INVALID_VALUE', 'use() takes { namespace, database }, or one of the two.')
    const namespace = placeName(place.namespace ?? session.namespace)
    const database = placeName(place.database ?? session.database)
    yield* this.call({ method: 'use', params: [namespace, database] })
    return { namespace, database }
  }

  /** A sign-in moves the session of the server to where the user is defined. */
  *#stay(): Work<void> {
    const { namespace, database } = this.parts.session
    yield* this.call({ method: 'use', params: [namespace, database] })
  }
}

/** What is no token is refused with all else that is no credentials. */
function textOf(token: string | Tokens): string {
  return isObject(token) ? token.access : token
}

function tokensIn(answer: unknown): Tokens {
  const access = tokenIn(answer) ?? ''
  const refresh: unknown = isObject(answer) ? (answer as { refresh?: unknown }).refresh : undefined
  return typeof refresh === 'string' ? { access, refresh } : { access }
}

/** The server's own parameters. */
const RESERVED = ['session', 'auth', 'token', 'access']

function parameterName(name: string): string {
  if (typeof name === 'string' && /^[a-z_]\w*$/i.test(name) && !RESERVED.includes(name)) return name
  throw new LookupError(
    'INVALID_VALUE',
    `A parameter's name is made of letters, digits and "_", without "$", and is none of ${RESERVED.join(', ')}.`,
  )
}

function placeName(name: unknown): string {
  if (typeof name === 'string' && name !== '' && !name.includes('\0')) return name
  throw new LookupError('INVALID_VALUE', 'A namespace or database is named by text that is not empty.')
}

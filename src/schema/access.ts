import type { CompiledQuery } from '../surrealql/compiled-query.js'
import type { AccessKind, DefineAccessStatement, TokenVerification } from '../surrealql/nodes/define-statement.js'
import type { Duration } from '../values.js'
import { DefinedObject } from './defined-object.js'
import { durationText, invalidDefinition } from './definition-parts.js'

/** How a token is signed. */
export type TokenAlgorithm =
  `HS${256 | 384 | 512}` | `ES${256 | 384 | 512}` | `PS${256 | 384 | 512}` | `RS${256 | 384 | 512}` | 'EDDSA'

/** How tokens are checked: by a key, or by the keys that an address gives. */
export type TokenOptions =
  | { readonly algorithm: TokenAlgorithm; readonly key: string; readonly issuerKey?: string; readonly url?: never }
  | { readonly url: string; readonly issuerKey?: string; readonly algorithm?: never; readonly key?: never }

/** How long something lasts; null is for ever. */
export type AccessDuration = string | Duration | null

interface EveryAccess {
  /** Where it lets in. Default: the database. */
  readonly on?: 'database' | 'namespace'
  /** Statements that run after the credentials were checked, and may refuse with THROW. */
  readonly authenticate?: CompiledQuery
  readonly duration?: {
    readonly grant?: AccessDuration
    readonly token?: AccessDuration
    readonly session?: AccessDuration
  }
  readonly comment?: string
}

/** Records that sign up and in by themselves. */
export interface RecordAccessOptions extends EveryAccess {
  readonly type: 'record'
  readonly on?: 'database'
  /** What makes the record of a new user: ``surql`CREATE user SET email = $email` ``. */
  readonly signUp?: CompiledQuery
  /** What finds the record of a user. */
  readonly signIn?: CompiledQuery
  readonly jwt?: TokenOptions
  /** Whether tokens can be refreshed. */
  readonly refresh?: boolean
}

/** Tokens that somebody else signs. */
export type JwtAccessOptions = EveryAccess & { readonly type: 'jwt' } & TokenOptions

/** Keys that the database grants. */
export interface BearerAccessOptions extends EveryAccess {
  readonly type: 'bearer'
  readonly for: 'user' | 'record'
}

/** What an access can be told. */
export type AccessOptions = RecordAccessOptions | JwtAccessOptions | BearerAccessOptions

/**
 * A way to sign in. Its keys are in the statement that defines it: keep `defineStatements()` out of logs.
 *
 * @example
 * ```ts
 * import { Access, surql } from 'surrealengine'
 *
 * const account = new Access('account', {
 *   type: 'record',
 *   signUp: surql`CREATE user SET email = $email, pass = crypto::argon2::generate($pass)`,
 *   signIn: surql`SELECT * FROM user WHERE email = $email AND crypto::argon2::compare(pass, $pass)`,
 *   duration: { token: '15m', session: '12h' },
 * })
 * ```
 * ```surql
 * DEFINE ACCESS IF NOT EXISTS `account` ON DATABASE TYPE RECORD SIGNUP (…) SIGNIN (…) DURATION FOR TOKEN 15m, FOR SESSION 12h
 * ```
 */
export class Access extends DefinedObject {
  readonly #options: AccessOptions

  constructor(name: string, options: AccessOptions) {
    super(name, 'An access')
    this.#options = options
    this.statement(true)
  }

  /** @internal */
  statement(keep: boolean): DefineAccessStatement {
    const { on = 'database', authenticate, duration = {}, comment } = this.#options
    const access = this.#kind()
    const isForRecords = access.kind === 'record' || (access.kind === 'bearer' && access.for === 'record')
    if (on === 'namespace' && isForRecords) {
      throw invalidDefinition(`The access ${this.name} is for records, and these are in a database, not a namespace.`)
    }
    const durations = Object.entries(duration)
      .filter(([, value]) => value !== undefined)
      .map(([what, value]) => {
        const text = value === null ? null : durationText(value, `The duration ${what} of the access ${this.name}`)
        return [what, text] as const
      })
    return { kind: 'define-access', name: this.name, on, access, authenticate, durations, comment, keep }
  }

  #kind(): AccessKind {
    const options = this.#options
    switch (options.type) {
      case 'record': {
        const { signUp, signIn, jwt, refresh = false } = options
        return { kind: 'record', signUp, signIn, token: jwt && this.#verification(jwt), refresh }
      }
      case 'jwt':
        return { kind: 'jwt', token: this.#verification(options) }
      case 'bearer':
        return { kind: 'bearer', for: options.for }
      default:
        throw invalidDefinition(`The access ${this.name} has no type: it is record, jwt or bearer.`)
    }
  }

  #verification({ algorithm, key, issuerKey, url }: TokenOptions): TokenVerification {
    if ((key === undefined) === (url === undefined)) {
      throw invalidDefinition(`The access ${this.name} checks tokens by a key or by a url; give one of the two.`)
    }
    if (key !== undefined && !/^[A-Z]{2,5}\d*$/.test(algorithm)) {
      throw invalidDefinition(`The access ${this.name} has no known algorithm; HS512 for instance.`)
    }
    return { algorithm, key, issuerKey, url }
  }
}

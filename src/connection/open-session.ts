import { UnsupportedError } from '../errors.js'
import type { Authenticator } from './authenticator.js'
import type { Work } from './both-modes.js'
import type { Calls } from './calls.js'
import type { CheckedOptions } from './connection-options.js'
import type { Deadline } from './deadline.js'
import type { SessionState } from './session-state.js'

export interface SessionOpening {
  readonly calls: Calls
  readonly options: CheckedOptions
  readonly session: SessionState
  readonly authenticator: Authenticator
  readonly deadline: Deadline
}

const OLDEST = [2, 1, 0] as const

/** The requests that follow the opening of a link: who is there, sign in, choose namespace and database. */
export function* openSession({ calls, options, session, authenticator, deadline }: SessionOpening): Work<void> {
  session.serverVersion = versionIn(yield* calls.once({ method: 'version', params: [] }, deadline.left))
  yield* createFirstUser(calls, options, deadline)
  yield* authenticator.signIn(deadline.left)
  yield* calls.once({ method: 'use', params: [session.namespace, session.database] }, deadline.left)
}

/** A new store has no users. Like `surreal start --user --pass`, the first one given becomes its root user. */
function* createFirstUser(calls: Calls, { auth, target }: CheckedOptions, deadline: Deadline): Work<void> {
  if (target.kind !== 'embedded' || typeof auth !== 'object') return
  if (!('username' in auth) || 'namespace' in auth) return
  const { username, password } = auth
  const [info] = (yield* calls.once({ method: 'query', params: ['INFO FOR ROOT', {}] }, deadline.left)) as [
    { readonly users?: object } | undefined,
  ]
  if (Object.keys(info?.users ?? {}).length > 0) return
  const statement = `DEFINE USER IF NOT EXISTS ${quoteName(username)} ON ROOT PASSWORD ${JSON.stringify(password)} ROLES OWNER`
  yield* calls.once({ method: 'query', params: [statement, {}] }, deadline.left)
}

function quoteName(name: string): string {
  return '`' + name.replace(/[\\`]/g, '\\$&') + '`'
}

/** Checks that the server is one this package can talk to. */
export function versionIn(answer: unknown): string {
  const version = typeof answer === 'string' ? answer : String((answer as { version?: unknown } | undefined)?.version)
  const numbers = /(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number)
  if (!numbers)
    throw new UnsupportedError('UNSUPPORTED_VERSION', 'The server does not say that it is SurrealDB; check the url.')
  const different = OLDEST.findIndex((part, index) => part !== numbers[index])
  if (different >= 0 && numbers[different]! < OLDEST[different]!) {
    throw new UnsupportedError(
      'UNSUPPORTED_VERSION',
      `The server is version ${numbers.join('.')}; this package needs ${OLDEST.join('.')} or later.`,
    )
  }
  return version
}

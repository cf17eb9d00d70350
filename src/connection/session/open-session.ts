import { UnsupportedError } from '../../errors.js'
import type { Work } from '../both-modes.js'
import type { CheckedOptions } from '../options/connection-options.js'
import type { RpcRequest } from '../calls/rpc.js'

/** What opening a session needs. */
export interface SessionOpening {
  readonly options: CheckedOptions
  readonly ask: (request: RpcRequest) => Work<unknown>
  readonly signIn: () => Work<void>
}

const OLDEST = [2, 1, 0] as const

/** The requests that follow the opening of a link: who is there, sign in, choose namespace and database. */
export function* openSession({ options, ask, signIn }: SessionOpening): Work<string> {
  const version = versionIn(yield* ask({ method: 'version', params: [] }))
  if (options.target.kind === 'embedded') yield* createFirstUser(options, ask)
  yield* signIn()
  yield* ask({ method: 'use', params: [options.namespace, options.database] })
  return version
}

/** A new store has no users. Like `surreal start --user --pass`, the first one given becomes its root user. */
function* createFirstUser({ auth }: CheckedOptions, ask: SessionOpening['ask']): Work<void> {
  if (typeof auth !== 'object' || !('username' in auth) || 'namespace' in auth) return
  const [info] = (yield* ask({ method: 'query', params: ['INFO FOR ROOT', {}] })) as [{ readonly users?: object }?]
  if (Object.keys(info?.users ?? {}).length > 0) return
  const name = quoteName(auth.username)
  const statement = `DEFINE USER IF NOT EXISTS ${name} ON ROOT PASSWORD ${JSON.stringify(auth.password)} ROLES OWNER`
  yield* ask({ method: 'query', params: [statement, {}] })
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

import { UnsupportedError } from '../errors.js'
import type { CheckedOptions } from './connection-options.js'
import type { RpcRequest } from './rpc.js'
import type { Steps } from './steps.js'

/** What is known of the server and the session once a connection is open. */
export interface Session {
  readonly serverVersion: string
  /** The token of the signed-in user; undefined for an anonymous session. */
  readonly token: string | undefined
}

const OLDEST = [2, 1, 0] as const

/** The requests that follow the opening of a link: who is there, sign in, choose namespace and database. */
export function* openSession(options: CheckedOptions): Steps<RpcRequest, Session> {
  const serverVersion = versionIn(yield { method: 'version', params: [] })
  const token = yield* signIn(options)
  // Over http each request carries namespace and database in its headers.
  if (options.target.kind !== 'http') yield { method: 'use', params: [options.namespace, options.database] }
  return { serverVersion, token }
}

function* signIn(options: CheckedOptions): Steps<RpcRequest, string | undefined> {
  const { token, username, password, target } = options
  if (token !== undefined) {
    yield { method: 'authenticate', params: [token] }
    return token
  }
  if (username === undefined || password === undefined) return undefined
  if (target.kind === 'embedded') yield* createFirstUser(username, password)
  const answer = yield { method: 'signin', params: [{ user: username, pass: password }] }
  return typeof answer === 'string' ? answer : (answer as { access?: string } | undefined)?.access
}

/** A new store has no users. Like `surreal start --user --pass`, the first one given becomes its root user. */
function* createFirstUser(username: string, password: string): Steps<RpcRequest, void> {
  const [info] = (yield { method: 'query', params: ['INFO FOR ROOT', {}] }) as readonly {
    result?: { users?: object }
  }[]
  if (Object.keys(info?.result?.users ?? {}).length > 0) return
  const statement = `DEFINE USER IF NOT EXISTS ${quoteName(username)} ON ROOT PASSWORD ${JSON.stringify(password)} ROLES OWNER`
  yield { method: 'query', params: [statement, {}] }
}

function quoteName(name: string): string {
  return '`' + name.replace(/[\\`]/g, '\\$&') + '`'
}

function versionIn(answer: unknown): string {
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

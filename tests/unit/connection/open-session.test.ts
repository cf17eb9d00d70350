import { describe, expect, it } from '@jest/globals'
import { Authenticator } from '../../../src/connection/session/authenticator.js'
import { runSync, type Work } from '../../../src/connection/both-modes.js'
import { checkOptions } from '../../../src/connection/options/connection-options.js'
import { openSession } from '../../../src/connection/session/open-session.js'
import type { RpcRequest } from '../../../src/connection/calls/rpc.js'
import { SessionState } from '../../../src/connection/session/session-state.js'
import { UnsupportedError } from '../../../src/errors.js'
import { readIdentifier } from '../surrealql/identifier-token.js'

interface Opened {
  readonly version: string
  readonly token: string | undefined
  readonly requests: readonly (readonly unknown[])[]
}

/** Opens a session against answers by method. */
function open(url: string, answers: Readonly<Record<string, unknown>> = {}): Opened {
  const requests: unknown[][] = []
  const options = checkOptions(url, {})
  const session = new SessionState(options.target.kind, options)
  function* ask(request: RpcRequest): Work<unknown> {
    requests.push([request.method, ...request.params])
    const answer = { version: 'surrealdb-3.0.2', query: [{ users: {} }], ...answers }[request.method]
    session.changed(request, answer)
    return answer
  }
  const authenticator = new Authenticator({
    calls: { once: ask },
    session,
    auth: options.auth,
    refreshMargin: 1000,
    timeout: 1000,
    onFailure: () => {},
  })
  const version = runSync(openSession({ options, ask, signIn: () => authenticator.signIn() }))
  return { version, token: session.token, requests }
}

const USE = ['use', 'app', 'main']
const VERSION = ['version']
const store = 'mem://?namespace=app&database=main'

describe('a session', () => {
  it('asks who is there, and chooses namespace and database', () => {
    expect(open(store)).toEqual({
      version: 'surrealdb-3.0.2',
      token: undefined,
      requests: [VERSION, USE],
    })
  })

  it('signs in on a server', () => {
    expect(open('ws://root:secret@localhost/app/main', { signin: 'the token' })).toEqual({
      version: 'surrealdb-3.0.2',
      token: 'the token',
      requests: [VERSION, ['signin', { user: 'root', pass: 'secret' }], USE],
    })
    expect(open('ws://a:b@localhost/app/main', { signin: { access: 'new', refresh: 'x' } }).token).toBe('new')
  })

  it('authenticates with a token', () => {
    expect(open('ws://localhost/app/main?token=abc')).toEqual({
      version: 'surrealdb-3.0.2',
      token: 'abc',
      requests: [VERSION, ['authenticate', 'abc'], USE],
    })
  })

  it('makes the first user of a new store, and no second one', () => {
    const url = `${store}&username=${encodeURIComponent('ro`ot\\')}&password=${encodeURIComponent('a"b\\c')}`
    const { requests } = open(url)
    expect(requests.map(([method]) => method)).toEqual(['version', 'query', 'query', 'signin', 'use'])
    const statement = String(requests[2]?.[1])
    const prefix = 'DEFINE USER IF NOT EXISTS '
    expect(readIdentifier(statement.slice(prefix.length))).toEqual({
      name: 'ro`ot\\',
      rest: ' ON ROOT PASSWORD "a\\"b\\\\c" ROLES OWNER',
    })
    expect(open(url, { query: [{ users: { other: '…' } }] }).requests.map(([method]) => method)).toEqual([
      'version',
      'query',
      'signin',
      'use',
    ])
  })

  it.each(['surrealdb-2.1.0', 'surrealdb-2.6.1', '3.0.0', { version: 'surrealdb-3.1.0', build: 'x' }])(
    'takes the server %p',
    (version) => {
      expect(open(store, { version }).requests).toHaveLength(2)
    },
  )

  it.each([
    ['surrealdb-2.0.9', 'The server is version 2.0.9; this package needs 2.1.0 or later.'],
    ['surrealdb-1.5.6', 'The server is version 1.5.6; this package needs 2.1.0 or later.'],
    ['nginx', 'The server does not say that it is SurrealDB; check the url.'],
    [undefined, 'The server does not say that it is SurrealDB; check the url.'],
    [{}, 'The server does not say that it is SurrealDB; check the url.'],
  ])('does not take the server %p', (version, message) => {
    expect(() => open(store, { version })).toThrow(new UnsupportedError('UNSUPPORTED_VERSION', message))
  })
})

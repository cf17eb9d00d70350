import { afterEach, describe, expect, test } from '@jest/globals'
import { createConnection, type Connection, type ConnectionOptions } from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { recordEvents } from '../support/connection-events.js'
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy/fault-proxy.js'
import { MODES, type ModeName } from '../support/modes.js'
import { startOddServer } from '../support/odd-servers.js'
import { startServer, type ServerOptions, type TestServer } from '../support/server/server.js'
import { freePort } from '../support/server/free-port.js'

const PLACE = { namespace: 'again', database: 'main' } as const
const ROOT = { username: 'root', password: 'root' } as const
const SHORT = { initialDelay: 100, maxDelay: 200 } as const
/** After which a test gives up. */
const PATIENCE = 30_000

const DISCONNECTED = 'disconnected CONNECTION_LOST (reconnecting)'
const trying = (attempt: number): string => `reconnecting ${attempt} (reconnecting)`
const FAILED = 'error CONNECTION_FAILED (reconnecting)'
const RECONNECTED = 'reconnected (connected)'

let count = 0
const toEnd: (() => unknown)[] = []

afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

const start = async (options: ServerOptions = {}): Promise<TestServer> => {
  const server = await startServer(options)
  toEnd.push(() => server.stop())
  return server
}
const startProxy = async (port: number): Promise<FaultProxy> => {
  const proxy = await startFaultProxy(port)
  toEnd.push(() => proxy.stop())
  return proxy
}
const make = (port: number, options: ConnectionOptions = {}): Connection => {
  const url = `ws://127.0.0.1:${port}`
  const connection = createConnection({ url, ...PLACE, name: `again-${++count}`, retry: SHORT, ...options })
  toEnd.push(() => connection.close())
  return connection
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/** Waits as a program of that mode does: a blocking one does nothing but blocking calls. */
const until = async (modeName: ModeName, connection: Connection, isSo: () => boolean): Promise<void> => {
  const end = performance.now() + PATIENCE
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`it did not happen within ${PATIENCE} ms`)
    if (modeName === 'async') {
      await wait(20)
      continue
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    try {
      connection.pingSync()
    } catch {
      // it is gone for now
    }
  }
}

describe.each(['async', 'sync'] as const)('a connection that broke (%s)', (modeName) => {
  const mode = MODES[modeName]
  const isBack = (connection: Connection, events: readonly string[]): Promise<void> =>
    until(modeName, connection, () => events.at(-1) === RECONNECTED)

  test('comes back with user, place, parameters and live queries, and says each step', async () => {
    const server = await start({ requireAuth: true })
    const connection = make(server.port, { auth: ROOT })
    const events = recordEvents(connection)
    await mode(connection).connect()
    await mode(connection).use({ database: 'other' })
    await mode(connection).let('tenant', 'acme')
    await mode(connection).let('gone', 1)
    await mode(connection).unset('gone')
    await mode(connection).query('DEFINE TABLE news')
    const live = await connection.live('news')
    await server.dropConnections()
    await isBack(connection, events)
    expect(events).toEqual(['connected (connected)', DISCONNECTED, trying(1), RECONNECTED])
    const question = 'RETURN [$session.tk.ID, session::ns(), session::db(), $tenant, $gone]'
    expect(await mode(connection).query(question)).toEqual([['root', 'again', 'other', 'acme', undefined]])
    expect(await live.next()).toEqual({ done: false, value: { action: 'RESYNC' } })
    await mode(connection).query('CREATE news:one')
    expect(await live.next()).toMatchObject({ value: { action: 'CREATE' } })
    await live.kill()
  })

  test('comes back with the next call to a server that was away for long, whatever is left of the pause', async () => {
    const port = await freePort()
    const first = await startServer({ port })
    const retry = { initialDelay: 100, backoff: 10_000, maxDelay: '10m', jitter: false, limit: 0 } as const
    const connection = make(port, { retry })
    const events = recordEvents(connection)
    await mode(connection).connect()
    await first.stop()
    await until(modeName, connection, () => events.filter((event) => event === FAILED).length >= 2)
    await start({ port })
    // the next try is due in ten minutes
    expect(events.at(-1)).toBe(FAILED)
    await wait(100)
    expect(await mode(connection).query('RETURN 1')).toEqual([1])
    expect(events.at(-1)).toBe(RECONNECTED)
  })

  test('comes back to a server that was away, and tells each try that failed', async () => {
    const port = await freePort()
    const first = await startServer({ port, requireAuth: true })
    const connection = make(port, { auth: ROOT })
    const events = recordEvents(connection)
    await mode(connection).connect()
    await first.stop()
    await until(modeName, connection, () => events.filter((event) => event === FAILED).length >= 2)
    expect(connection.isConnected()).toBe(false)
    await start({ port, requireAuth: true })
    await isBack(connection, events)
    const tries = events.filter((event) => event === FAILED).length
    const steps = Array.from({ length: tries }, (_, index) => [trying(index + 1), FAILED]).flat()
    expect(events).toEqual(['connected (connected)', DISCONNECTED, ...steps, trying(tries + 1), RECONNECTED])
    expect(await mode(connection).query('RETURN $session.tk.ID')).toEqual(['root'])
  })

  test('with a pool: each channel is replaced, and one break is told once', async () => {
    const server = await start({ requireAuth: true })
    const connection = make(server.port, { auth: ROOT, pool: { max: 4 } })
    const events = recordEvents(connection)
    await mode(connection).connect()
    await Promise.all(Array.from({ length: 4 }, () => connection.query('RETURN sleep(50ms)')))
    await server.dropConnections()
    await isBack(connection, events)
    expect(events).toEqual(['connected (connected)', DISCONNECTED, trying(1), RECONNECTED])
    const answers = await Promise.all(Array.from({ length: 4 }, () => connection.query('RETURN $session.tk.ID')))
    expect(answers).toEqual(Array(4).fill(['root']))
  })

  test('a socket that only looks open is found out, also under a call', async () => {
    const server = await start()
    const proxy = await startProxy(server.port)
    const heartbeat = { pingInterval: 200, pingTimeout: 400, timeout: 1_000 }
    const connection = make(proxy.port, heartbeat)
    const events = recordEvents(connection)
    await mode(connection).connect()
    await proxy.freeze()
    const error = await errorOf(() => mode(connection).query('CREATE person'))
    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('no sign of life') })
    expect(connection.status).toBe('reconnecting')
    await proxy.thaw()
    await isBack(connection, events)
    expect(events.slice(0, 3)).toEqual(['connected (connected)', DISCONNECTED, trying(1)])
    expect(await mode(connection).query('RETURN 1')).toEqual([1])
  })

  test('a server that sleeps and wakes up again is no lost one while it has time', async () => {
    const server = await start()
    const connection = make(server.port)
    const events = recordEvents(connection)
    await mode(connection).connect()
    server.freeze()
    const waking = setTimeout(() => server.thaw(), 300)
    const answer = connection.query('RETURN 1')
    await wait(350)
    clearTimeout(waking)
    server.thaw()
    expect(await answer).toEqual([1])
    expect(await mode(connection).query('RETURN 2')).toEqual([2])
    expect(events).toEqual(['connected (connected)'])
  })

  test.each([false, true])('stays away with "retry: false" until connect() is called (pool: %s)', async (pool) => {
    const server = await start()
    const connection = make(server.port, { retry: false, pool })
    const events = recordEvents(connection)
    await mode(connection).connect()
    await server.dropConnections()
    // a blocking call hears of it at once, the event loop as soon as it turns
    await until(modeName, connection, () => events.length > 1)
    await wait(500)
    expect(events).toEqual(['connected (connected)', 'disconnected CONNECTION_LOST (disconnected)'])
    expect(await errorOf(() => mode(connection).query('RETURN 1'))).toMatchObject({ code: 'NOT_CONNECTED' })
    await mode(connection).connect()
    expect(connection.status).toBe('connected')
    expect(await mode(connection).query('RETURN 1')).toEqual([1])
  })

  test('whose user is gone meanwhile says so, does not hammer the server, and takes another user', async () => {
    const server = await start({ requireAuth: true })
    const proxy = await startProxy(server.port)
    const root = await make(server.port, { auth: ROOT }).connect()
    await root.query('DEFINE USER brief ON ROOT PASSWORD "secret" ROLES OWNER')
    const connection = make(proxy.port, { auth: { username: 'brief', password: 'secret' } })
    const events = recordEvents(connection)
    await mode(connection).connect()
    await root.query('REMOVE USER brief ON ROOT')
    await proxy.cut()
    const end = performance.now() + PATIENCE
    for (let code: unknown; code !== 'AUTHENTICATION_FAILED' && performance.now() < end;) {
      const error = await errorOf(() => mode(connection).query('RETURN 1', {}, { idempotent: true }))
      code = (error as { code?: unknown }).code
    }
    await until('async', connection, () => events.length > 3)
    expect(events.slice(0, 4)).toEqual([
      'connected (connected)',
      DISCONNECTED,
      trying(1),
      'error AUTHENTICATION_FAILED (reconnecting)',
    ])
    const { requests } = await proxy.counters()
    await wait(1_500)
    expect((await proxy.counters()).requests).toBe(requests)
    await mode(connection).signin(ROOT)
    expect(await mode(connection).query('RETURN $session.tk.ID')).toEqual(['root'])
    expect(events.at(-1)).toBe(RECONNECTED)
  })

  test('close() ends the tries at once', async () => {
    const server = await start()
    const proxy = await startProxy(server.port)
    const connection = make(proxy.port, { timeout: '10m', operationTimeout: '10m' })
    const events = recordEvents(connection)
    await mode(connection).connect()
    await proxy.blackHole(true)
    await proxy.cut()
    while (!events.includes(trying(1))) await wait(20)
    await mode(connection).close()
    await wait(300)
    expect(connection.status).toBe('closed')
    expect(events).toEqual(['connected (connected)', DISCONNECTED, trying(1)])
    expect(await errorOf(() => mode(connection).query('RETURN 1'))).toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect((await proxy.counters()).connections).toBe(0)
  })

  test('driver() gives a new client after it', async () => {
    const server = await start()
    const connection = make(server.port)
    const events = recordEvents(connection)
    await mode(connection).connect()
    const before = await connection.driver()
    await server.dropConnections()
    await isBack(connection, events)
    // a client that nobody waits for hears of it when the event loop turns
    await wait(50)
    await expect(before.query('RETURN 1')).rejects.toThrow()
    const after = await connection.driver()
    expect(after).not.toBe(before)
    expect(await after.query('RETURN 1')).toEqual([1])
  })
})

test('close() ends a connect() that is under way', async () => {
  const server = await start()
  const proxy = await startProxy(server.port)
  await proxy.blackHole(true)
  const connection = make(proxy.port, { timeout: '10m' })
  const connecting = errorOf(() => connection.connect())
  await wait(200)
  await connection.close()
  expect(await connecting).toMatchObject({ code: 'CONNECTION_CLOSED' })
  expect((await proxy.counters()).connections).toBe(0)
})

describe.each(['async', 'sync'] as const)('what cannot be connected to (%s)', (modeName) => {
  const mode = MODES[modeName]
  const WAYS = [
    ['ws', false],
    ['ws', true],
    ['http', false],
  ] as const

  const codesAt = async (port: number, more: ConnectionOptions = {}): Promise<unknown[]> => {
    const codes: unknown[] = []
    for (const [scheme, pool] of WAYS) {
      const connection = make(port, { url: `${scheme}://127.0.0.1:${port}`, pool, timeout: 2_000, ...more })
      codes.push(await errorOf(() => mode(connection).connect()).then((error) => (error as { code?: unknown }).code))
      expect(connection.status).toBe('disconnected')
    }
    return codes
  }
  const everyWay = (code: string): string[] => WAYS.map(() => code)

  test('a port that nobody listens on', async () => {
    expect(await codesAt(await freePort())).toEqual(everyWay('CONNECTION_FAILED'))
  })

  test('one that takes everything and answers nothing', async () => {
    const proxy = await startProxy(1)
    await proxy.blackHole(true)
    expect(await codesAt(proxy.port)).toEqual(['CONNECTION_FAILED', 'CONNECTION_FAILED', 'TIMEOUT'])
  })

  test.each([
    ['web page', ['CONNECTION_FAILED', 'CONNECTION_FAILED', 'UNEXPECTED_RESPONSE']],
    ['error page', everyWay('CONNECTION_FAILED')],
    ['garbage', everyWay('CONNECTION_FAILED')],
    ['hangs up', everyWay('CONNECTION_FAILED')],
    ['echo', everyWay('UNSUPPORTED_VERSION')],
  ] as const)('a server that is none: %s', async (kind, codes) => {
    const server = await startOddServer(kind)
    toEnd.push(() => server.stop())
    expect(await codesAt(server.port)).toEqual(codes)
  })

  test('a wrong password', async () => {
    const { port } = await start({ requireAuth: true })
    expect(await codesAt(port, { auth: { username: 'root', password: 'wrong' } })).toEqual(
      everyWay('AUTHENTICATION_FAILED'),
    )
  })

  test('a server that is too old', async () => {
    const { port } = await start({ version: 'surrealdb-1.5.0' })
    expect(await codesAt(port)).toEqual(everyWay('UNSUPPORTED_VERSION'))
  })
})

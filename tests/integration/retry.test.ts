import { afterEach, describe, expect, test } from '@jest/globals'
import {
  AbortedError,
  Collection,
  createConnection,
  Document,
  IntField,
  type Connection,
  type ConnectionOptions,
  type RetryEvent,
} from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { openPlace } from '../support/everywhere.js'
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy/fault-proxy.js'
import { MODES } from '../support/modes.js'
import { freePort } from '../support/server/free-port.js'
import { startServer, type TestServer } from '../support/server/server.js'

@Collection('retry_counter')
class Counter extends Document<Counter>() {
  @IntField() n?: number
}

const PLACE = { namespace: 'retry', database: 'main' } as const
const SHORT = { initialDelay: 50, backoff: 1, jitter: false, limit: 5 } as const

let count = 0
const toEnd: (() => unknown)[] = []

afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

const startBehindProxy = async (): Promise<{ server: TestServer; proxy: FaultProxy }> => {
  const server = await startServer()
  toEnd.push(() => server.stop())
  const proxy = await startFaultProxy(server.port)
  toEnd.push(() => proxy.stop())
  return { server, proxy }
}
const make = (url: string, options: ConnectionOptions = {}): Connection => {
  const connection = createConnection({
    url: url.replace('/rpc', ''),
    ...PLACE,
    name: `retry-${++count}`,
    makeDefault: true,
    retry: SHORT,
    ...options,
  })
  toEnd.push(() => connection.close())
  return connection
}
const retriesOf = (connection: Connection): RetryEvent[] => {
  const events: RetryEvent[] = []
  connection.on('retry', (event) => void events.push(event))
  return events
}
const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
const COUNT = 'RETURN count(SELECT * FROM retry_counter)'
const AGAIN = { idempotent: true } as const

describe.each(['ws', 'http'] as const)('a call whose reply is lost (%s)', (scheme) => {
  describe.each(['async', 'sync'] as const)('%s', (modeName) => {
    const mode = MODES[modeName]
    const open = async (options?: ConnectionOptions) => {
      const { server, proxy } = await startBehindProxy()
      const connection = await mode(make(scheme === 'ws' ? proxy.wsUrl : proxy.httpUrl, options)).connect()
      await mode(connection).query('DEFINE TABLE IF NOT EXISTS retry_counter')
      return { server, proxy, connection, retries: retriesOf(connection) }
    }

    test('a write runs once, and its outcome is not known', async () => {
      const { proxy, connection, retries } = await open()
      for (const write of [
        () => mode(connection).query('CREATE retry_counter'),
        () => mode(connection).query('CREATE retry_counter SET n = 1'),
        () => mode(Counter.objects.filter({ n: 1 })).update({ n: 2 }),
      ]) {
        await proxy.dropReply()
        expect(await errorOf(write)).toMatchObject({ code: 'OUTCOME_UNKNOWN', isRetryable: false })
        // what waits for the channel is not what is tested here
        await mode(connection).query('RETURN 1', {}, AGAIN)
        retries.length = 0
      }
      expect(await mode(connection).query(COUNT)).toEqual([2])
      expect(await mode(connection).query('SELECT VALUE n FROM retry_counter WHERE n')).toEqual([[2]])
    })

    test('a write that may run twice is sent again', async () => {
      const { proxy, connection, retries } = await open()
      const before = (await proxy.counters()).repliesDropped
      await proxy.dropReply()
      await mode(connection).query('UPSERT retry_counter:one SET n = 1', {}, AGAIN)
      expect(await mode(connection).query('SELECT VALUE n FROM retry_counter')).toEqual([[1]])
      expect((await proxy.counters()).repliesDropped).toBe(before + 1)
      expect(retries[0]).toMatchObject({
        connection: connection.name,
        attempt: 1,
        delay: SHORT.initialDelay,
        error: { code: 'CONNECTION_LOST' },
      })
    })

    test('reading is repeated: of querysets, documents and the methods that only read', async () => {
      const { proxy, connection, retries } = await open()
      const one = await mode(Counter).create({ n: 7 })
      const reads: (() => unknown)[] = [
        () => mode(Counter.objects.filter({ n: 7 })).all(),
        () => mode(Counter.objects.filter({ n: 7 })).count(),
        () => mode(Counter).get(one.id!),
        () => mode(connection).select('retry_counter'),
        () => mode(connection).ping(),
      ]
      for (const read of reads) {
        await proxy.dropReply()
        retries.length = 0
        await read()
        expect(retries.length).toBeGreaterThan(0)
      }
    })

    test('nothing is repeated with "retry: false"', async () => {
      const { proxy, connection, retries } = await open({ retry: false })
      await proxy.dropReply()
      const error = await errorOf(() => mode(connection).query('RETURN 1', {}, AGAIN))
      expect(error).toMatchObject({ code: 'CONNECTION_LOST' })
      expect(retries).toEqual([])
    })
  })
})

describe.each(['ws', 'http', 'pool'] as const)('a call that could not be sent (%s)', (way) => {
  describe.each(['async', 'sync'] as const)('%s', (modeName) => {
    const mode = MODES[modeName]
    /** A connection whose server has just gone. */
    const withoutServer = async (options: ConnectionOptions) => {
      const port = await freePort()
      const server = await startServer({ port })
      const url = way === 'http' ? server.httpUrl : server.wsUrl
      const connection = await mode(make(url, { pool: way === 'pool', ...options })).connect()
      await server.stop()
      const retries = retriesOf(connection)
      // the news of the broken socket
      await errorOf(() => mode(connection).query('RETURN 1', {}, { ...AGAIN, timeout: 100 }))
      retries.length = 0
      return { connection, port, retries }
    }

    test('is tried again up to the limit, each try an event', async () => {
      const { connection, retries } = await withoutServer({ retry: { ...SHORT, limit: 3 } })
      const error = await errorOf(() => mode(connection).query('CREATE retry_counter'))
      expect(error).toMatchObject({ code: 'CONNECTION_LOST', message: expect.stringContaining('not sent') })
      expect(retries.map(({ attempt, delay }) => [attempt, delay])).toEqual([1, 2, 3].map((each) => [each, 50]))
    })

    test('is tried no longer than its deadline', async () => {
      const retry = { initialDelay: 2_000, backoff: 1, jitter: false, limit: 100 }
      const { connection, retries } = await withoutServer({ retry, operationTimeout: 3_500 })
      expect(await errorOf(() => mode(connection).query('CREATE retry_counter'))).toMatchObject({
        code: 'CONNECTION_LOST',
      })
      expect(retries).toHaveLength(1)
    })

    test('is sent once when the server is back', async () => {
      const { connection, port, retries } = await withoutServer({ retry: { ...SHORT, limit: 200 } })
      const starting = startServer({ port }).then((server) => toEnd.push(() => server.stop()))
      // a process of its own starts it, so a blocked thread does not keep it from that
      if (modeName === 'sync') await starting
      await mode(connection).query('CREATE retry_counter')
      await starting
      if (modeName === 'async') expect(retries.length).toBeGreaterThan(0)
      expect(await mode(connection).query(COUNT)).toEqual([1])
    })
  })
})

describe.each(['async', 'sync'] as const)('a conflict (%s)', (modeName) => {
  const mode = MODES[modeName]
  /** Writes, and takes its time before it commits. */
  const SLOW = 'BEGIN; UPDATE retry_counter:one SET n += 1; RETURN sleep(800ms); COMMIT'

  test.each([
    ['is tried again, and nothing is lost', true, [2]],
    ['is an error with "retry: false"', false, [1]],
  ] as const)('%s', async (_, isRetried, expected) => {
    const place = await openPlace('rocksdb')
    toEnd.push(() => place.release())
    const connection = await mode(make(place.url, isRetried ? {} : { retry: false })).connect()
    const retries = retriesOf(connection)
    await mode(connection).query('CREATE retry_counter:one SET n = 0')
    // another one writes in the middle of it
    const other = connection.query('RETURN sleep(200ms); UPDATE retry_counter:one SET n += 1')
    const outcome = await errorOf(async () => {
      await mode(connection).query(SLOW)
      throw new Error('it succeeded')
    })
    await other
    expect(outcome).toMatchObject(isRetried ? { message: 'it succeeded' } : { code: 'TRANSACTION_CONFLICT' })
    expect(await mode(connection).query('SELECT VALUE n FROM ONLY retry_counter:one')).toEqual(expected)
    expect(retries.map(({ attempt, error }) => [attempt, error.code])).toEqual(
      isRetried ? [[1, 'TRANSACTION_CONFLICT']] : [],
    )
  })
})

describe('a signal', () => {
  const reason = new Error('the user went away')

  test.each(['async', 'sync'] as const)('that was given before: nothing is sent (%s)', async (modeName) => {
    const { proxy } = await startBehindProxy()
    const connection = await make(proxy.wsUrl).connect()
    const { requests } = await proxy.counters()
    const error = await errorOf(() =>
      MODES[modeName](connection).query('CREATE retry_counter', {}, { signal: AbortSignal.abort(reason) }),
    )
    expect(error).toBeInstanceOf(AbortedError)
    expect(error).toMatchObject({ code: 'ABORTED', cause: reason })
    expect((await proxy.counters()).requests).toBe(requests)
  })

  test.each(['mem', 'ws', 'http', 'pool'] as const)('during the call ends the wait for it (%s)', async (way) => {
    const place = await openPlace(way === 'pool' ? 'ws' : way)
    toEnd.push(() => place.release())
    const connection = await make(place.url, { pool: way === 'pool' }).connect()
    const abort = new AbortController()
    const call = errorOf(() => connection.query('RETURN sleep(3s)', {}, { signal: abort.signal }))
    await wait(200)
    abort.abort(reason)
    const error = await call
    expect(error).toBeInstanceOf(AbortedError)
    expect(error).toMatchObject({ cause: reason })
    expect(await connection.query('RETURN 1')).toEqual([1])
  })

  test("in a pool's queue: the call is never made", async () => {
    const { server } = await startBehindProxy()
    const connection = await make(server.wsUrl, { pool: { max: 1 } }).connect()
    await connection.query('DEFINE TABLE retry_counter')
    const first = connection.query('RETURN sleep(1s)')
    const abort = new AbortController()
    const second = errorOf(() => connection.query('CREATE retry_counter', {}, { signal: abort.signal }))
    await wait(200)
    abort.abort(reason)
    expect(await second).toMatchObject({ code: 'ABORTED', cause: reason })
    await first
    expect(await connection.query(COUNT)).toEqual([0])
    expect((await connection.health()).pool).toMatchObject({ size: 1, borrowed: 0, waiting: 0 })
  })

  test('in the pause before another try ends it', async () => {
    const port = await freePort()
    const server = await startServer({ port })
    const connection = await make(server.httpUrl, { retry: { initialDelay: '20s', maxDelay: '20s' } }).connect()
    await server.stop()
    const abort = new AbortController()
    connection.on('retry', () => abort.abort(reason))
    const error = await errorOf(() => connection.query('RETURN 1', {}, { ...AGAIN, signal: abort.signal }))
    expect(error).toMatchObject({ code: 'ABORTED', cause: reason })
  })
})

describe.each(['async', 'sync'] as const)('a timeout of one call (%s)', (modeName) => {
  test.each(['mem', 'ws', 'http'] as const)('is shorter than the one of the connection (%s)', async (scheme) => {
    const mode = MODES[modeName]
    const place = await openPlace(scheme)
    toEnd.push(() => place.release())
    const connection = await mode(make(place.url)).connect()
    const error = await errorOf(() => mode(connection).query('RETURN sleep(2s)', {}, { timeout: '200ms' }))
    expect(error).toMatchObject({ code: 'TIMEOUT' })
    expect(await mode(connection).query('RETURN 1')).toEqual([1])
  })
})

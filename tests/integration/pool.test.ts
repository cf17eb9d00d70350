import { afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createConnection, type Connection, type Health, type PoolOptions } from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { eventually } from '../support/eventually.js'
import { serverBehindProxy } from '../support/fault-proxy/server-behind-proxy.js'
import { MODES } from '../support/modes.js'
import { prepareDatabase } from '../support/server/prepare-database.js'
import { startServer } from '../support/server/server.js'
import { transact } from '../support/transact.js'

const PLACES = (['ws', 'http'] as const).flatMap((scheme) =>
  (['async', 'sync'] as const).map((modeName) => ({ scheme, modeName })),
)

type Pool = NonNullable<Health['pool']>

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

describe.each(PLACES)('a pool ($scheme, $modeName)', ({ scheme, modeName }) => {
  const mode = MODES[modeName]
  const network = serverBehindProxy()
  const open: Connection[] = []
  let count = 0

  beforeAll(async () => {
    if (!network.server.createsDatabases) await prepareDatabase(network.server, 'test', 'pool')
  })
  afterEach(async () => {
    for (const connection of open.splice(0)) await connection.close()
    await eventually(async () => scheme === 'http' || (await network.proxy.counters()).connections === 0)
    await network.proxy.cut()
    await eventually(async () => (await network.proxy.counters()).connections === 0)
    await network.proxy.reset()
  })

  const connect = async (pool: PoolOptions, more: object = {}): Promise<Connection> => {
    const url = scheme === 'ws' ? network.proxy.wsUrl : network.proxy.httpUrl
    const name = `pool-${scheme}-${modeName}-${count++}`
    const connection = createConnection({ url, namespace: 'test', database: 'pool', name, pool, ...more })
    open.push(connection)
    await mode(connection).connect()
    return connection
  }
  /** Calls that are under way at the server, and stay so for a while. */
  const hold = async (connection: Connection, calls: number, text = 'SLEEP 700ms; RETURN time::now()') => {
    const { requests } = await network.proxy.counters()
    const held = numbers(calls).map(() => connection.query(text))
    for (const call of held) call.catch(() => {})
    await eventually(async () => (await network.proxy.counters()).requests >= requests + calls)
    return held
  }
  const poolOf = async (connection: Connection): Promise<Pool> => (await mode(connection).health()).pool!
  const timeOf = (results: unknown): number => Number((results as { nanoseconds?: bigint }[]).at(-1)?.nanoseconds)

  test('has never more channels than max, however many calls there are, and each gets its own answer', async () => {
    const connection = await connect({ max: 3 })
    const ask = (index: number): Promise<unknown> => connection.query('SLEEP 5ms; RETURN $index', { index })
    const storm = numbers(60).map(ask)
    for (const index of numbers(10)) {
      expect(await mode(connection).query('RETURN $index', { index })).toEqual([index])
    }
    expect((await Promise.all(storm)).map((results) => (results as unknown[])[1])).toEqual(numbers(60))
    const { mostConnections, mostUnderWay } = await network.proxy.counters()
    // the sockets of http are those of Node's fetch, which opens another one while it still tidies up the last
    if (scheme === 'ws') expect(mostConnections).toBe(3)
    expect(mostUnderWay).toBe(3)
    expect(await poolOf(connection)).toMatchObject({ borrowed: 0, opening: 0, waiting: 0, max: 3 })
  })

  test('serves a call while others hold all other channels', async () => {
    const connection = await connect({ max: 3 })
    const held = await hold(connection, 2)
    const between = timeOf(await mode(connection).query('RETURN time::now()'))
    for (const results of await Promise.all(held)) expect(timeOf(results)).toBeGreaterThan(between)
  })

  test('serves those who wait in the order they came, whichever mode they are in', async () => {
    const connection = await connect({ max: 1 })
    await mode(connection).query('DEFINE TABLE OVERWRITE turn; DELETE turn')
    void (await hold(connection, 1, 'SLEEP 200ms'))
    const take = 'CREATE turn SET n = $n, at = time::now() RETURN NONE'
    const waiting = numbers(8).map((n) => connection.query(take, { n }))
    // the thread of a blocking call stands still until its turn comes: the pool has to go on without it
    await mode(connection).query(take, { n: 8 })
    await Promise.all(waiting)
    const [turns] = await connection.query('SELECT VALUE n FROM (SELECT n, at FROM turn ORDER BY at)')
    expect(turns).toEqual(numbers(9))
  })

  test('lets nobody wait longer than acquireTimeout, and sends nothing then', async () => {
    const connection = await connect({ max: 1, acquireTimeout: 200 })
    const held = await hold(connection, 1, 'SLEEP 2s; RETURN time::now()')
    const { requests } = await network.proxy.counters()
    // whoever waited longer would be served in the end
    const error = await errorOf(() => mode(connection).query('RETURN 1'))
    expect(error).toMatchObject({ name: 'PoolExhaustedError', code: 'POOL_EXHAUSTED', isRetryable: true })
    expect(String(error)).toMatch(/within 200 ms \(1 in use, \d waiting\); nothing was sent/)
    expect((await network.proxy.counters()).requests).toBe(requests)
    await Promise.all(held)
    expect(await mode(connection).query('RETURN 1')).toEqual([1])
  })

  test('refuses one more than maxWaiting at once', async () => {
    const connection = await connect({ max: 1, maxWaiting: 2 })
    void (await hold(connection, 1))
    const waiting = numbers(2).map((n) => connection.query('RETURN $n', { n }))
    expect(await errorOf(() => mode(connection).query('RETURN 1'))).toMatchObject({ code: 'POOL_EXHAUSTED' })
    expect(await Promise.all(waiting)).toEqual([[0], [1]])
    expect(await mode(connection).query('RETURN 1')).toEqual([1])
  })

  test('lets a signal end the wait for a channel, and the place in the line is free again', async () => {
    const connection = await connect({ max: 1, maxWaiting: 1 })
    await mode(connection).query('DEFINE TABLE OVERWRITE aborted; DELETE aborted')
    const held = await hold(connection, 1)
    const abort = new AbortController()
    const reason = new Error('no more')
    const waiting = errorOf(() => connection.query('CREATE aborted', {}, { signal: abort.signal }))
    abort.abort(reason)
    expect(await waiting).toMatchObject({ code: 'ABORTED' })
    expect(await errorOf(() => mode(connection).query('CREATE aborted', {}, { signal: abort.signal }))).toMatchObject({
      code: 'ABORTED',
      cause: reason,
    })
    expect(await mode(connection).query('SELECT * FROM aborted')).toEqual([[]])
    await Promise.all(held)
  })

  test('gets a channel back whose call was given up', async () => {
    const connection = await connect({ max: 1 })
    const abort = new AbortController()
    const { requests } = await network.proxy.counters()
    const given = errorOf(() => connection.query('SLEEP 30s', {}, { signal: abort.signal }))
    await eventually(async () => (await network.proxy.counters()).requests > requests)
    abort.abort()
    expect(await given).toMatchObject({ code: 'ABORTED' })
    expect(await mode(connection).query('RETURN 1')).toEqual([1])
    expect(await poolOf(connection)).toMatchObject({ borrowed: 0, waiting: 0 })
  })

  test('opens min ahead, and closes what nobody uses down to it', async () => {
    const connection = await connect({ max: 4, min: 2, idleTimeout: 200 })
    await eventually(async () => (await poolOf(connection)).size === 2)
    if (scheme === 'ws') expect((await network.proxy.counters()).mostConnections).toBe(2)
    await Promise.all(await hold(connection, 4, 'SLEEP 300ms'))
    expect((await network.proxy.counters()).mostUnderWay).toBe(4)
    await eventually(async () => (await poolOf(connection)).size === 2)
    if (scheme === 'ws') await eventually(async () => (await network.proxy.counters()).connections === 2)
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(await poolOf(connection)).toMatchObject({ size: 2, idle: 2, min: 2, max: 4 })
  })

  test('with min = max keeps all of them', async () => {
    const connection = await connect({ max: 2, min: 2, idleTimeout: 50 })
    await eventually(async () => (await poolOf(connection)).idle === 2)
    await Promise.all(await hold(connection, 2, 'SLEEP 100ms'))
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await poolOf(connection)).toMatchObject({ size: 2, idle: 2 })
    if (scheme === 'ws') expect(await network.proxy.counters()).toMatchObject({ connections: 2, mostConnections: 2 })
  })

  test('is drained by close(): calls under way end, those who wait are told, and it may be closed again', async () => {
    const connection = await connect({ max: 2 })
    const held = await hold(connection, 2, 'SLEEP 400ms; RETURN "done"')
    const waiting = numbers(3).map(() => errorOf(() => connection.query('RETURN 1')))
    await mode(connection).close()
    await mode(connection).close()
    expect(await Promise.all(held)).toEqual([
      [undefined, 'done'],
      [undefined, 'done'],
    ])
    for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(await errorOf(() => mode(connection).query('RETURN 1'))).toMatchObject({ code: 'CONNECTION_CLOSED' })
  })

  test('does not wait in close() for a channel that does not open', async () => {
    if (scheme === 'http') return
    const connection = await connect({ max: 3 })
    const [held] = await hold(connection, 1, 'SLEEP 1s; RETURN "done"')
    await network.proxy.blackHole(true)
    const waiting = numbers(2).map(() => errorOf(() => connection.query('RETURN 1')))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const start = performance.now()
    await mode(connection).close()
    // every deadline is 30 seconds
    expect(performance.now() - start).toBeLessThan(15_000)
    expect(await held).toEqual([undefined, 'done'])
    for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ code: 'CONNECTION_CLOSED' })
  })

  test('close() does not wait for the end of a transaction, of which nothing is stored then', async () => {
    const connection = await connect({ max: 2 })
    await mode(connection).query('DEFINE TABLE OVERWRITE given_up; DELETE given_up')
    const start = performance.now()
    const givenUp = transact({ connection, mode, modeName }, function* (transaction) {
      yield mode(transaction).query('CREATE given_up')
      yield mode(connection).close()
    })
    expect(await errorOf(() => givenUp)).toMatchObject({ code: 'CONNECTION_CLOSED' })
    // every deadline is 30 seconds
    expect(performance.now() - start).toBeLessThan(15_000)
    const other = await connect({ max: 1 })
    expect(await mode(other).query('SELECT * FROM given_up')).toEqual([[]])
  })

  test('a second close() waits for the end of the first', async () => {
    const connection = await connect({ max: 1 })
    const [held] = await hold(connection, 1, 'SLEEP 400ms; RETURN time::now()')
    let isOver = false
    void held!.then(() => (isOver = true))
    const closing = connection.close()
    await mode(connection).close()
    await new Promise((resolve) => setImmediate(resolve))
    expect(isOver).toBe(true)
    await closing
  })

  test('lends a transaction a channel of its own, and nobody else sees what it does', async () => {
    const connection = await connect({ max: 2 })
    await mode(connection).query('DEFINE TABLE OVERWRITE own; DELETE own')
    const seen: unknown[] = []
    const read = 'SELECT VALUE id FROM own'
    if (modeName === 'async') {
      let begun: () => void = () => {}
      let goOn: () => void = () => {}
      const hasBegun = new Promise<void>((resolve) => (begun = resolve))
      const mayGoOn = new Promise<void>((resolve) => (goOn = resolve))
      const done = connection.transaction(async (transaction) => {
        await transaction.query('CREATE own:1')
        begun()
        await mayGoOn
        await transaction.query('CREATE own:2')
      })
      await hasBegun
      seen.push(...(await Promise.all(numbers(4).map(() => connection.query(read)))))
      seen.push((await poolOf(connection)).borrowed)
      goOn()
      await done
    } else {
      // everything in this thread is inside
      const other = await connect({ max: 1 })
      connection.transactionSync((transaction) => {
        transaction.querySync('CREATE own:1')
        seen.push(...numbers(4).map(() => other.querySync(read)))
        seen.push(connection.healthSync().pool!.borrowed)
        transaction.querySync('CREATE own:2')
      })
    }
    // http has no session that could hold a transaction, so it is held by a websocket beside the pool
    expect(seen).toEqual([[[]], [[]], [[]], [[]], scheme === 'ws' ? 1 : 0])
    expect(await mode(connection).query('SELECT count() FROM own GROUP ALL')).toEqual([[{ count: 2 }]])
    expect(await poolOf(connection)).toMatchObject({ borrowed: 0 })
  })

  test('a live query has a channel beside the pool: neither hinders the other', async () => {
    const connection = await connect({ max: 1, idleTimeout: 50 })
    await mode(connection).query('DEFINE TABLE OVERWRITE followed; DELETE followed')
    const other = await connect({ max: 1 })
    const live =
      modeName === 'async' ? await connection.live('followed') : connection.liveSync('followed', { timeout: '20s' })
    // longer than anything idle is kept
    await new Promise((resolve) => setTimeout(resolve, 300))
    const held = await hold(connection, 1)
    await other.query('CREATE followed:1')
    const next =
      modeName === 'async' ? () => (live as AsyncIterable<unknown>)[Symbol.asyncIterator]().next() : undefined
    const message = next ? await next() : (live as Iterable<unknown>)[Symbol.iterator]().next()
    expect(message).toMatchObject({ value: { action: 'CREATE' } })
    await mode(connection).kill(live as never)
    await Promise.all(held)
    expect(await mode(connection).query('RETURN 1')).toEqual([1])
  })

  test('replaces what broke', async () => {
    const connection = await connect({ max: 3 })
    await mode(connection).let('kept', 7)
    await Promise.all(await hold(connection, 3, 'SLEEP 200ms'))
    for (let round = 0; round < 3; round++) {
      const lost = (await hold(connection, 1, 'SLEEP 20s')).map((call) => errorOf(() => call))
      await network.proxy.cut()
      expect(await Promise.all(lost)).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }])
      expect(await mode(connection).query('RETURN $kept')).toEqual([7])
    }
    await eventually(async () => (await network.proxy.counters()).connections <= 3)
    expect(await poolOf(connection)).toMatchObject({ borrowed: 0, waiting: 0 })
  })

  test('brings changes of the session to every channel', async () => {
    const connection = await connect({ max: 4 })
    // four requests that make it at the same time would be in each other's way
    await prepareDatabase(network.server, 'test', 'elsewhere')
    const everywhere = async (text: string): Promise<unknown> => {
      const answers = await Promise.all(
        numbers(4).map(() => connection.query(`SLEEP 100ms; ${text}`, {}, { idempotent: true })),
      )
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
      expect(await poolOf(connection)).toMatchObject({ size: 4 })
      return answers[0]![1]
    }
    expect(await everywhere('RETURN [session::db(), $one, $token.ID]')).toEqual(['pool', undefined, undefined])
    await mode(connection).let('one', 1)
    expect(await everywhere('RETURN [session::db(), $one]')).toEqual(['pool', 1])
    await mode(connection).use({ database: 'elsewhere' })
    expect(await everywhere('RETURN [session::db(), $one]')).toEqual(['elsewhere', 1])
    await mode(connection).signin({ username: 'root', password: 'root' })
    expect(await everywhere('RETURN [session::db(), $one, $token.ID]')).toEqual(['elsewhere', 1, 'root'])
    await network.proxy.cut()
    expect(await everywhere('RETURN [session::db(), $one, $token.ID]')).toEqual(['elsewhere', 1, 'root'])
    await mode(connection).unset('one')
    await mode(connection).invalidate()
    expect(await everywhere('RETURN [session::db(), $one, $token.ID]')).toEqual(['elsewhere', undefined, undefined])
  })

  test('counts right all the time, and nothing is in use at the end', async () => {
    const connection = await connect({ max: 3, min: 1, idleTimeout: 50, acquireTimeout: '10s' })
    const storm = numbers(150).map((index) => {
      const abort = new AbortController()
      if (index % 7 === 0) setTimeout(() => abort.abort(), index)
      return connection.query(`SLEEP ${index % 13}ms; RETURN 1`, {}, { signal: abort.signal })
    })
    const settled = Promise.allSettled(storm)
    for (const round of numbers(12)) {
      const pool = await poolOf(connection).catch(() => undefined)
      if (pool) {
        expect(pool.size).toBe(pool.idle + pool.borrowed + pool.opening)
        for (const value of Object.values(pool)) expect(value).toBeGreaterThanOrEqual(0)
        expect(pool.size).toBeLessThanOrEqual(3)
      }
      if (round % 4 === 3) await network.proxy.cut()
    }
    const outcomes = new Set((await settled).map((one) => (one.status === 'rejected' ? codeOf(one.reason) : 'done')))
    expect(
      [...outcomes].filter((each) => !['done', 'ABORTED', 'OUTCOME_UNKNOWN', 'CONNECTION_LOST'].includes(each)),
    ).toEqual([])
    await eventually(async () => (await poolOf(connection)).size === 1)
    expect(await poolOf(connection)).toEqual({ size: 1, idle: 1, borrowed: 0, opening: 0, waiting: 0, max: 3, min: 1 })
  })

  test('outlives a restart of the server', async () => {
    const restarted = await startServer()
    await network.proxy.retarget(restarted.port)
    const connection = await connect({ max: 2, min: 1 }, { retry: { limit: 30, initialDelay: 100, maxDelay: 500 } })
    await mode(connection).let('kept', 7)
    await restarted.stop()
    const next = await startServer({ port: restarted.port })
    expect(await mode(connection).query('RETURN $kept')).toEqual([7])
    expect(connection.status).toBe('connected')
    expect(await poolOf(connection)).toMatchObject({ borrowed: 0, waiting: 0 })
    await next.stop()
    expect(
      await errorOf(() => mode(connection).query('RETURN 1', {}, { timeout: '2s', idempotent: true })),
    ).toMatchObject({
      code: expect.stringMatching(/CONNECTION_LOST|TIMEOUT/),
    })
    await network.proxy.retarget(network.server.port)
    expect(await mode(connection).query('RETURN $kept')).toEqual([7])
  })
})

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code)
}

test('an embedded store takes no pool, and the error says why', async () => {
  const error = await errorOf(() =>
    createConnection({ url: 'mem://', namespace: 'test', database: 'test', name: 'pool-mem', pool: { max: 2 } }),
  )
  expect(error).toMatchObject({ name: 'ConfigurationError', code: 'INVALID_OPTION' })
  expect(String(error)).toMatch(/pool.*(one engine|embedded)/s)
})

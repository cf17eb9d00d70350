import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import {
  Collection,
  type Connection,
  createConnection,
  Document,
  IntField,
  type QueryEvent,
  StringField,
  type Transaction,
} from '../../src/index.js'
import { loadOpenTelemetry } from '../../src/connection/observability/open-telemetry.js'
import { errorOf } from '../support/error-of.js'
import { everywhere } from '../support/everywhere.js'
import { serverBehindProxy } from '../support/fault-proxy/server-behind-proxy.js'
import { MODES, type ModeName } from '../support/modes.js'
import { startServer, type TestServer } from '../support/server/server.js'

@Collection('watched')
class Watched extends Document<Watched>() {
  @StringField({ unique: true }) name!: string
  @IntField({ default: 0 }) age!: number
}

/** A transaction in either mode. */
const inTransaction = (modeName: ModeName, connection: Connection, body: (transaction: Transaction) => unknown) =>
  modeName === 'sync' ? connection.transactionSync(body) : connection.transaction(body)

const NEAR = ['mem', 'ws', 'http'] as const

everywhere(
  'query events',
  (place) => {
    const { mode, modeName, scheme } = place
    const events: QueryEvent[] = []
    let stop: () => void = () => {}

    beforeEach(() => {
      events.length = 0
      stop = place.connection.on('query', (event) => events.push(event))
    })
    afterEach(() => stop())

    it('tell of a query, without its bindings', async () => {
      await mode(place.connection).query('RETURN $a; RETURN [1, 2, $a]', { a: 'secret' })
      expect(events).toEqual([
        {
          connection: place.connection.name,
          scheme,
          statement: 'RETURN $a; RETURN [1, 2, $a]',
          duration: expect.any(Number),
          attempts: 1,
          rows: 4,
          isSlow: false,
        },
      ])
      expect(events[0]!.duration).toBeGreaterThan(0)
    })

    it('tell of documents and of the methods for records', async () => {
      const user = await mode(Watched as { create(fields: object): Promise<Watched> }).create({ name: modeName })
      await mode(Watched.objects.filter({ age__gte: 0 })).all()
      await mode(place.connection).select('watched')
      await mode(user).delete()
      expect(events.map(({ statement }) => statement.split(' ')[0])).toEqual(['CREATE', 'SELECT', 'SELECT', 'DELETE'])
      expect(events.map(({ rows }) => rows).slice(0, 3)).toEqual([1, 1, 1])
    })

    it('tell of an error', async () => {
      const error = await errorOf(() => mode(place.connection).query('THROW "no"'))
      expect(events).toMatchObject([{ statement: 'THROW "no"', rows: 0, attempts: 1 }])
      expect(events[0]!.error).toBe(error)
    })

    it('tell what belongs to one transaction', async () => {
      await inTransaction(modeName, place.connection, (transaction) => mode(transaction).query('RETURN 1'))
      await errorOf(() =>
        inTransaction(modeName, place.connection, (transaction) => mode(transaction).query('THROW "no"')),
      )
      expect(events.map(({ statement }) => statement)).toEqual([
        ...['begin', 'RETURN 1', 'commit'],
        ...['begin', 'THROW "no"', 'cancel'],
      ])
      const numbers = events.map(({ transaction }) => transaction)
      expect(new Set(numbers.slice(0, 3)).size).toBe(1)
      expect(new Set(numbers).size).toBe(2)
      expect(numbers).not.toContain(undefined)
    })

    it('never show credentials or parameters', async () => {
      const { connection } = place
      await connection
        .query('DEFINE USER IF NOT EXISTS watcher ON DATABASE PASSWORD $pass ROLES OWNER', {
          pass: 'pass-secret',
        })
        .catch(() => connection.query("DEFINE USER IF NOT EXISTS watcher ON DATABASE PASSWORD 'pass-'"))
      events.length = 0
      const { namespace, database } = connection
      await errorOf(() =>
        mode(connection).signin({ namespace, database, username: 'watcher', password: 'wrong-secret' }),
      )
      await mode(connection).let('parameter', 'let-secret')
      await mode(connection).unset('parameter')
      await mode(connection).invalidate()
      const names = ['signin', 'let', 'unset', 'invalidate', 'use']
      expect(events.map(({ statement }) => statement)).toEqual(names)
      expect(events[0]!.error).toMatchObject({ code: 'AUTHENTICATION_FAILED' })
      const everything = JSON.stringify(events, (_, value: unknown) =>
        value instanceof Error ? Object.getOwnPropertyNames(value).map((name) => value[name as never]) : value,
      )
      expect(everything).not.toContain('secret')
    })

    it('tell of a live query that starts', async () => {
      await place.connection.query('DEFINE TABLE IF NOT EXISTS watched')
      events.length = 0
      const live = modeName === 'sync' ? place.connection.liveSync('watched') : await place.connection.live('watched')
      await mode(live).kill()
      expect(events).toMatchObject([{ statement: 'LIVE SELECT * FROM $table', rows: 1 }])
    })

    it('harm nobody when a listener throws', async () => {
      const thrown: unknown[] = []
      const later = jest.spyOn(globalThis, 'queueMicrotask').mockImplementation((work) => {
        void Promise.resolve()
          .then(work)
          .catch((error: unknown) => thrown.push(error))
      })
      const mine = new Error('mine')
      const first = place.connection.on('query', () => {
        throw mine
      })
      const other: unknown[] = []
      const second = place.connection.on('query', (event) => other.push(event))
      expect(await mode(place.connection).query('RETURN 1')).toEqual([1])
      first()
      second()
      expect(other).toHaveLength(1)
      await new Promise((resolve) => setImmediate(resolve))
      later.mockRestore()
      expect(thrown).toEqual([mine])
    })

    it('health tells of a round trip, the version and the pool', async () => {
      expect(await mode(place.connection).health()).toEqual({
        status: 'connected',
        roundTrip: expect.any(Number),
        serverVersion: expect.stringMatching(/^surrealdb-\d/),
        pool: undefined,
      })
    })
  },
  NEAR,
)

describe('slow queries and bindings', () => {
  it.each(['async', 'sync'] as const)('%s', async (modeName) => {
    const connection = createConnection({
      url: 'mem://',
      namespace: 'a',
      database: 'b',
      name: `slow-${modeName}`,
      slowQueryThreshold: '100ms',
      queryBindings: true,
    })
    const slow: QueryEvent[] = []
    const all: QueryEvent[] = []
    await connection.connect()
    connection.on('slow-query', (event) => slow.push(event))
    await MODES[modeName](connection).query('SLEEP 150ms; RETURN $a', { a: 1 })
    connection.on('query', (event) => all.push(event))
    await MODES[modeName](connection).query('SLEEP 150ms')
    await MODES[modeName](connection).let('password', 'x')
    expect(slow.map(({ statement }) => statement)).toEqual(['SLEEP 150ms; RETURN $a', 'SLEEP 150ms'])
    expect(slow[0]).toMatchObject({ isSlow: true, bindings: { a: 1 } })
    expect(slow[0]!.duration).toBeGreaterThanOrEqual(100)
    expect(all[0]).toBe(slow[1])
    expect(all[1]).not.toHaveProperty('bindings')
    await connection.close()
  })
})

describe('retries', () => {
  const network = serverBehindProxy()

  it.each(['async', 'sync'] as const)('are counted and told (%s)', async (modeName) => {
    const connection = createConnection({
      url: network.proxy.httpUrl,
      namespace: 'a',
      database: 'b',
      name: `retries-${modeName}`,
      retry: { limit: 2, initialDelay: 10, jitter: false },
    })
    await connection.connect()
    const events: QueryEvent[] = []
    const retries: object[] = []
    connection.on('query', (event) => events.push(event))
    connection.on('retry', (event) => retries.push(event))
    await network.proxy.dropReply()
    await MODES[modeName](connection).query('RETURN 1', {}, { idempotent: true })
    expect(events).toMatchObject([{ attempts: 2, rows: 1 }])
    expect(retries).toMatchObject([
      { connection: connection.name, attempt: 1, delay: 10, error: { code: 'CONNECTION_LOST' } },
    ])
    await connection.close()
  })

  it.each(['async', 'sync'] as const)(
    'health tells of the pool, and fails with a dead server (%s)',
    async (modeName) => {
      const name = `pool-${modeName}`
      const connection = createConnection({
        url: network.proxy.wsUrl,
        namespace: 'a',
        database: 'b',
        name,
        pool: { max: 3 },
        retry: false,
      })
      await connection.connect()
      const { pool } = await MODES[modeName](connection).health()
      expect(pool).toMatchObject({ max: 3, min: 0, waiting: 0 })
      await network.proxy.cut()
      await network.proxy.refuse(true)
      expect(await errorOf(() => MODES[modeName](connection).health())).toMatchObject({
        code: expect.stringMatching(/CONNECTION_LOST|CONNECTION_FAILED|NOT_CONNECTED|POOL_EXHAUSTED/),
      })
      await network.proxy.refuse(false)
      await network.proxy.reset()
      await connection.close()
    },
  )
})

describe('OpenTelemetry', () => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const manager = new AsyncLocalStorageContextManager()
  const tracer = trace.getTracer('test')
  let server: TestServer

  beforeAll(async () => {
    context.setGlobalContextManager(manager.enable())
    trace.setGlobalTracerProvider(provider)
    server = await startServer()
  })
  afterAll(async () => {
    await server.stop()
    context.disable()
    trace.disable()
  })
  beforeEach(() => exporter.reset())

  const spans = (): readonly ReadableSpan[] => exporter.getFinishedSpans()
  const named = (name: string): ReadableSpan => {
    const found = spans().find((span) => span.name.startsWith(`${name} `) || span.name === name)
    if (!found)
      throw new Error(
        `no span "${name}" among ${spans()
          .map((span) => span.name)
          .join(', ')}`,
      )
    return found
  }
  const parentOf = (span: ReadableSpan): string | undefined => span.parentSpanContext?.spanId

  it('has to be installed where it is asked for', async () => {
    expect(() => loadOpenTelemetry(['/nowhere/program.js'])).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        message: expect.stringContaining('npm install @opentelemetry/api'),
      }),
    )
  })

  describe.each(['mem', 'ws', 'http'] as const)('%s', (scheme) => {
    describe.each(['async', 'sync'] as const)('%s', (modeName) => {
      const mode = MODES[modeName]
      let connection: Connection

      beforeAll(async () => {
        const url = { mem: 'mem://', ws: server.wsUrl, http: server.httpUrl }[scheme]
        const name = `traced-${scheme}-${modeName}`
        connection = createConnection({ url, namespace: 'app', database: name, name, openTelemetry: true })
        await connection.connect()
      })
      afterAll(() => connection.close())

      it('a call is a span of the active one', async () => {
        await tracer.startActiveSpan('mine', async (mine) => {
          await mode(connection).query('SELECT * FROM [1, 2, $three]', { three: 'secret' })
          mine.end()
        })
        const span = named('SELECT')
        const place = `app|traced-${scheme}-${modeName}`
        expect(span.name).toBe(`SELECT ${place}`)
        expect(span.kind).toBe(SpanKind.CLIENT)
        expect(span.attributes).toEqual({
          'db.system.name': 'surrealdb',
          'db.namespace': place,
          'db.operation.name': 'SELECT',
          'db.query.text': 'SELECT * FROM [1, 2, $three]',
          'db.response.returned_rows': 3,
          ...(scheme !== 'mem' && { 'server.address': '127.0.0.1', 'server.port': server.port }),
        })
        expect(span.status.code).toBe(SpanStatusCode.UNSET)
        expect(parentOf(span)).toBe(named('mine').spanContext().spanId)
        expect(spans()).toHaveLength(2)
      })

      it('calls at the same time stay with their own', async () => {
        const work = async (name: string) =>
          tracer.startActiveSpan(name, async (mine) => {
            await mode(connection).query(`RETURN "${name}"`)
            await mode(connection).query(`RETURN "${name}"`)
            mine.end()
          })
        await Promise.all(['one', 'two', 'three'].map(work))
        for (const name of ['one', 'two', 'three']) {
          const children = spans().filter((span) => span.attributes['db.query.text'] === `RETURN "${name}"`)
          expect(children.map(parentOf)).toEqual([1, 2].map(() => named(name).spanContext().spanId))
        }
      })

      it('an error is recorded, without values', async () => {
        await mode(connection).query('CREATE twice:1')
        await errorOf(() => mode(connection).query('CREATE $id', { id: 'twice:1' }))
        await errorOf(() => mode(connection).query('CREATE twice:1'))
        const [, , last] = spans()
        expect(last!.attributes['error.type']).toBe('RECORD_EXISTS')
        expect(last!.status).toMatchObject({ code: SpanStatusCode.ERROR, message: expect.any(String) })
        expect(last!.events).toMatchObject([{ name: 'exception' }])
        expect(last!.attributes).not.toHaveProperty('db.response.returned_rows')
      })

      it('signing in shows nothing but its name', async () => {
        const username = 'nobody-secret'
        await errorOf(() => mode(connection).signin({ username, password: 'password-secret' }))
        const span = named('signin')
        expect(span.attributes['error.type']).toBe('AUTHENTICATION_FAILED')
        expect(span.attributes).not.toHaveProperty('db.query.text')
        expect(JSON.stringify([span.attributes, span.events, span.status])).not.toContain('secret')
      })

      it('a transaction is one span, with its calls below it', async () => {
        await tracer.startActiveSpan('mine', async (mine) => {
          await inTransaction(modeName, connection, (transaction) => mode(transaction).query('RETURN 1'))
          mine.end()
        })
        const whole = named('transaction')
        expect(whole.kind).toBe(SpanKind.INTERNAL)
        expect(parentOf(whole)).toBe(named('mine').spanContext().spanId)
        for (const name of ['begin', 'RETURN', 'commit']) {
          expect(parentOf(named(name))).toBe(whole.spanContext().spanId)
        }
        expect(spans()).toHaveLength(5)
        expect(whole.status.code).toBe(SpanStatusCode.UNSET)
      })

      it('a cancelled transaction is one that failed', async () => {
        const mine = new RangeError('mine')
        const body = (transaction: Transaction) => {
          if (modeName === 'sync') transaction.querySync('RETURN 1')
          throw mine
        }
        await errorOf(() => inTransaction(modeName, connection, body))
        expect(named('transaction').attributes['error.type']).toBe('RangeError')
        expect(parentOf(named('cancel'))).toBe(named('transaction').spanContext().spanId)
      })

      it('an export is one span, up to its last piece', async () => {
        await mode(connection).export()
        await mode(connection).import('RETURN 1')
        expect(spans().map(({ name }) => name.split(' ')[0])).toEqual(['export', 'import'])
      })
    })
  })

  it('is asked for nothing without the option', async () => {
    const connection = createConnection({ url: 'mem://', namespace: 'a', database: 'b', name: 'untraced' })
    await connection.connect()
    await connection.query('RETURN 1')
    connection.querySync('RETURN 1')
    await connection.close()
    expect(spans()).toEqual([])
  })
})

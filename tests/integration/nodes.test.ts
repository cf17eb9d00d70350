import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createConnection, type Connection, type ConnectionOptions } from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { eventually } from '../support/eventually.js'
import { MODES } from '../support/modes.js'
import { prepareDatabase } from '../support/server/prepare-database.js'
import { startServer, type TestServer } from '../support/server/server.js'

const NAMES = ['one', 'two', 'three']
const WHERE = 'SELECT VALUE name FROM ONLY node:here'
const IMPATIENT = { limit: 20, initialDelay: 50, maxDelay: 200 } as const

/** Three servers with a store each, where nodes of a cluster would share one: that shows which one answers. */
describe.each(['async', 'sync'] as const)('several nodes (%s)', (modeName) => {
  const mode = MODES[modeName]
  const servers = new Map<string, TestServer>()
  const ports = new Map<string, number>()
  const open: Connection[] = []
  let count = 0

  const start = async (name: string): Promise<void> => {
    const server = await startServer({ port: ports.get(name) ?? 0 })
    if (!server.createsDatabases) await prepareDatabase(server, 'test', 'nodes')
    const direct = connectionTo([server.wsUrl])
    await direct.connect()
    await direct.query('CREATE node:here SET name = $name; DEFINE TABLE written', { name })
    await direct.close()
    servers.set(name, server)
    ports.set(name, server.port)
  }
  const kill = async (name: string): Promise<void> => {
    await servers.get(name)!.stop()
    servers.delete(name)
    // until the sockets to it are known to be broken
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const connectionTo = (urls: readonly string[], more: Partial<ConnectionOptions> = {}): Connection => {
    const name = `nodes-${modeName}-${count++}`
    const url = urls as [string, ...string[]]
    const connection = createConnection({ url, namespace: 'test', database: 'nodes', name, ...more })
    open.push(connection)
    return connection
  }
  const connect = async (scheme: 'ws' | 'http', more: Partial<ConnectionOptions> = {}): Promise<Connection> => {
    const urls = [...ports.values()].map((port) => `${scheme}://127.0.0.1:${port}`)
    return await mode(connectionTo(urls, more)).connect()
  }
  const whereIs = async (connection: Connection): Promise<string> => {
    const [name] = await mode(connection).query<[string]>(WHERE, {}, { idempotent: true })
    return name
  }
  /** Who answers several calls that are under way at once, in alphabetical order. */
  const whoAnswers = async (connection: Connection, calls: number): Promise<string[]> => {
    const text = `SLEEP 100ms; ${WHERE}`
    const asked = Array.from({ length: calls }, () => connection.query(text, {}, { idempotent: true }))
    return (await Promise.all(asked)).map((results) => String((results as unknown[])[1])).sort()
  }

  beforeAll(async () => {
    for (const name of NAMES) await start(name)
  })
  beforeEach(async () => {
    for (const name of NAMES) if (!servers.has(name)) await start(name)
  })
  afterEach(async () => {
    for (const connection of open.splice(0)) await connection.close()
  })
  afterAll(async () => {
    for (const server of servers.values()) await server.stop()
  })

  test('the channels of a pool are spread over them; one that died and came back has its share again', async () => {
    const connection = await connect('ws', { pool: { max: 6, idleTimeout: 100 }, retry: IMPATIENT })
    await mode(connection).let('kept', 7)
    expect(await whoAnswers(connection, 6)).toEqual(['one', 'one', 'three', 'three', 'two', 'two'])
    await kill('two')
    expect(new Set(await whoAnswers(connection, 6))).toEqual(new Set(['one', 'three']))
    expect(connection.status).toBe('connected')
    await start('two')
    await eventually(async () => (await whoAnswers(connection, 6)).includes('two'))
    expect(await mode(connection).query('RETURN $kept')).toEqual([7])
  })

  test('without a pool, a websocket whose node dies goes on with another one', async () => {
    const connection = await connect('ws', { retry: IMPATIENT })
    const reconnected: string[] = []
    connection.on('reconnected', () => reconnected.push(connection.status))
    await mode(connection).let('kept', 7)
    const seen: string[] = []
    for (let round = 0; round < 2; round++) {
      const name = await whereIs(connection)
      seen.push(name)
      await kill(name)
      expect(await whereIs(connection)).not.toBe(name)
    }
    seen.push(await whereIs(connection))
    expect(seen.sort()).toEqual([...NAMES].sort())
    expect(await mode(connection).query('RETURN $kept')).toEqual([7])
    expect(reconnected).toEqual(['connected', 'connected'])
    // the last one goes, and another one has come back
    const [dead] = NAMES.filter((name) => !servers.has(name))
    await start(dead!)
    await kill([...servers.keys()].find((name) => name !== dead)!)
    expect(await whereIs(connection)).toBe(dead)
  })

  test.each([{ pool: false }, { pool: { max: 4 } }] as const)(
    'over http ($pool) each call goes to the next one, and passes over one that is dead without a retry',
    async ({ pool }) => {
      const connection = await connect('http', { pool, retry: false })
      const ask = async (calls: number): Promise<string[]> => {
        const names: string[] = []
        for (let call = 0; call < calls; call++) names.push(await whereIs(connection))
        return names.sort()
      }
      expect(await ask(6)).toEqual(['one', 'one', 'three', 'three', 'two', 'two'])
      await kill('two')
      for (let call = 0; call < 6; call++) await mode(connection).query('CREATE written')
      let written = 0
      for (const name of ['one', 'three']) {
        const direct = connectionTo([servers.get(name)!.httpUrl])
        await direct.connect()
        written += ((await direct.query('SELECT * FROM written')) as [unknown[]])[0].length
        await direct.query('DELETE written')
      }
      expect(written).toBe(6)
      expect(new Set(await ask(6))).toEqual(new Set(['one', 'three']))
      await start('two')
      // it rests for a moment, and has its turn then
      await eventually(async () => (await whereIs(connection)) === 'two')
      await eventually(async () => new Set(await ask(3)).size === 3)
    },
  )

  test('a node that is down at the start is passed over', async () => {
    await kill('one')
    for (const scheme of ['ws', 'http'] as const) {
      // whichever node is the first
      for (let round = 0; round < 4; round++) {
        const connection = await connect(scheme, { retry: false })
        expect(['two', 'three']).toContain(await whereIs(connection))
      }
    }
  })

  test.each([
    { scheme: 'ws', pool: false },
    { scheme: 'ws', pool: { max: 4 } },
    { scheme: 'http', pool: false },
    { scheme: 'http', pool: { max: 4 } },
  ] as const)(
    'all of them are dead ($scheme, $pool): calls and connect() say so before their deadline',
    async (how) => {
      const { scheme, pool } = how
      const connection = await connect(scheme, { pool, retry: { limit: 1, initialDelay: 10 } })
      for (const name of NAMES) await kill(name)
      expect(await errorOf(() => mode(connection).query('RETURN 1'))).toMatchObject({ code: 'CONNECTION_LOST' })
      expect(await errorOf(() => connect(scheme, { pool, retry: false }))).toMatchObject({ code: 'CONNECTION_FAILED' })
      const tried: unknown[] = []
      connection.on('retry', ({ attempt, error }) => tried.push([attempt, error.code]))
      expect(await errorOf(() => mode(connection).query('RETURN 1'))).toMatchObject({ code: 'CONNECTION_LOST' })
      expect(tried).toEqual([[1, 'CONNECTION_LOST']])
    },
  )
})

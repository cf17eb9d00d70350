import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  type Connection,
  createConnection,
  escapeIdentifier,
  DateTime,
  Decimal,
  Duration,
  type ExportOptions,
  GeometryPoint,
  RecordId,
  Uuid,
} from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { everywhere } from '../support/everywhere.js'
import { startFaultProxy } from '../support/fault-proxy/fault-proxy.js'
import { serverBehindProxy } from '../support/fault-proxy/server-behind-proxy.js'
import { MODES, type ModeName } from '../support/modes.js'
import { removeDirectory } from '../support/remove-directory.js'
import { prepareDatabase } from '../support/server/prepare-database.js'
import { startServer, type TestServer } from '../support/server/server.js'

/** The pieces of an export, in either mode. */
async function piecesOf(modeName: ModeName, connection: Connection, options?: ExportOptions): Promise<string[]> {
  if (modeName === 'sync') return [...connection.exportStreamSync(options)]
  const pieces: string[] = []
  for await (const piece of connection.exportStream(options)) pieces.push(piece)
  return pieces
}

/** The records, and all that is defined; without what a table has a new number for. */
async function contents(connection: Connection): Promise<unknown> {
  const [everything, person, things, links] = await connection.query(
    'INFO FOR DB; INFO FOR TABLE person; SELECT * FROM person, thing; SELECT * FROM knows',
  )
  return { everything, person, things, links }
}

const SCHEMA = `
  DEFINE TABLE person SCHEMAFULL; DEFINE FIELD name ON person TYPE string; DEFINE FIELD age ON person TYPE int;
  DEFINE INDEX person_name ON person FIELDS name UNIQUE; DEFINE EVENT made ON person THEN (CREATE log SET of = $event);
  DEFINE TABLE thing SCHEMALESS; DEFINE TABLE knows TYPE RELATION IN person OUT person;
  DEFINE FUNCTION fn::plus($left: int, $right: int) { RETURN $left + $right }; DEFINE PARAM $limit VALUE 7;
  DEFINE ANALYZER words TOKENIZERS blank; DEFINE USER reader ON DATABASE PASSWORD 'secret' ROLES VIEWER`

const VALUES = {
  none: undefined,
  nothing: null,
  yes: true,
  int: 2n ** 60n,
  float: 0.1,
  decimal: new Decimal('12345678901234567890.123456789'),
  text: 'quotes \' " ` \\ and ⟨⟩, ☃ 🦄, \n\t, \u0000',
  bytes: new Uint8Array([0, 1, 255]),
  moment: new DateTime('2024-02-29T12:34:56.123456789Z'),
  duration: new Duration('1w2d3h4ns'),
  uuid: new Uuid(randomUUID()),
  point: new GeometryPoint([1.5, -2.25]),
  link: new RecordId('person', 'ann'),
  odd: new RecordId('odd table', ['a', 1, { b: true }]),
  list: [1, 'two', [3], { four: 4 }],
  nested: { 'odd key`': { deep: [null] } },
}

async function fill(connection: Connection): Promise<void> {
  await connection.query(SCHEMA)
  await connection.query(
    'CREATE person:ann SET name = "Ann", age = 41; CREATE person:bob SET name = "Bob", age = 9; RELATE person:ann->knows:1->person:bob SET since = 2001; CREATE thing:all CONTENT $values',
    { values: VALUES },
  )
}

everywhere('export and import', (place) => {
  const { mode, modeName } = place
  let full: Connection

  beforeAll(async () => {
    full = place.connection
    await fill(full)
  })

  /** Goes on in another database of the same store. */
  async function inDatabase<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const { namespace, database } = full
    const other = `${database}-${name}`
    await full.query(`DEFINE DATABASE IF NOT EXISTS ${escapeIdentifier(other)}`)
    await full.use({ database: other })
    try {
      return await work()
    } finally {
      await full.use({ namespace, database })
    }
  }

  it('brings everything into another database', async () => {
    const before = await contents(full)
    const text = await mode(full).export()
    expect(text).toContain('OPTION IMPORT')
    const after = await inDatabase('copy', async () => {
      await mode(full).import(text)
      expect(await full.query('RETURN fn::plus(1, $limit)')).toEqual([8])
      expect(await errorOf(() => full.query('CREATE person:x SET name = "Ann", age = 1'))).toMatchObject({
        code: 'UNIQUE_VIOLATION',
      })
      // those of the original; no event has fired here
      expect(await full.query('SELECT count() FROM log GROUP ALL')).toEqual([[{ count: 2 }]])
      return contents(full)
    })
    expect(after).toEqual(before)
  })

  it('takes pieces that are cut anywhere, as text and as bytes', async () => {
    const text = '-- ☃🦄\nCREATE thing:☃ SET a = "🦄🦄";'.replace('thing:☃', 'thing:`☃`')
    const bytes = [...new TextEncoder().encode(text)].map((byte) => new Uint8Array([byte]))
    for (const pieces of [text.split(''), bytes, [text], new Set([text.slice(0, 9), text.slice(9)])]) {
      await full.query('DELETE thing:`☃`')
      await mode(full).import(pieces)
      expect(await full.query('SELECT VALUE a FROM thing:`☃`')).toEqual([['🦄🦄']])
    }
    await full.query('DELETE thing:`☃`')
  })

  it('exports what it is asked for', async () => {
    const some = await mode(full).export({ users: false, functions: false, tables: ['person'], records: false })
    expect(some).toContain('DEFINE TABLE person')
    expect(some).toContain('DEFINE PARAM $limit')
    for (const left of ['DEFINE USER', 'DEFINE FUNCTION', 'TABLE thing', 'INSERT']) expect(some).not.toContain(left)
    expect(await mode(full).export({ tables: false })).not.toContain('DEFINE TABLE')
    expect(await mode(full).export({ users: undefined } as never)).toContain('DEFINE USER reader')
  })

  it('names everything that is wrong with the options', async () => {
    const wrong = { record: true, users: 1, tables: [7], timeout: 'soon' } as never
    const error = await errorOf(() => mode(full).export(wrong))
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'INVALID_OPTION' })
    for (const part of [/record: is no option; did you mean "records"/, /users: must be/, /tables/, /timeout/]) {
      expect(error).toHaveProperty('message', expect.stringMatching(part))
    }
    expect(await errorOf(() => piecesOf(modeName, full, wrong))).toMatchObject({ code: 'INVALID_OPTION' })
    const unknown = { users: false } as never
    expect(await errorOf(() => mode(full).import('', unknown))).toMatchObject({ code: 'INVALID_OPTION' })
  })

  it('does not import nonsense', async () => {
    expect(await errorOf(() => mode(full).import('CREATE thing:early; this is no surql'))).toMatchObject({
      code: 'INVALID_QUERY',
    })
    // a real server carries out what it reads as it comes
    const readsAhead = !/^(ws|http)/.test(place.scheme) || process.env['SURREAL_BIN'] === undefined
    expect((await full.query<[unknown[]]>('SELECT * FROM thing:early'))[0]).toHaveLength(readsAhead ? 0 : 1)
    await full.query('DELETE thing:early')
    for (const wrong of [42, null, undefined, {}, [1], [null]] as never[]) {
      expect(await errorOf(() => mode(full).import(wrong))).toMatchObject({ code: 'INVALID_VALUE' })
    }
    await mode(full).import('')
    await mode(full).import([])
  })

  it('tells of the statements that failed, and keeps the others', async () => {
    const text = 'INSERT { id: thing:a }; INSERT { id: thing:all }; THROW "no"; INSERT { id: thing:b }'
    const error = await errorOf(() => mode(full).import(text))
    expect(error).toMatchObject({ name: 'DatabaseError', code: 'IMPORT_FAILED', cause: { code: 'RECORD_EXISTS' } })
    expect(error).toHaveProperty('message', expect.stringContaining('2 statements'))
    expect(await full.query('DELETE thing:a, thing:b RETURN BEFORE')).toMatchObject([{ length: 2 }])
  })

  it('passes on what the input throws, and leaves nothing behind', async () => {
    const mine = new Error('mine')
    let isEnded = false
    function* input() {
      try {
        yield 'CREATE thing:torn;'
        yield 7 as never
      } finally {
        isEnded = true
      }
    }
    expect(await errorOf(() => mode(full).import(input()))).toMatchObject({ code: 'INVALID_VALUE' })
    expect(isEnded).toBe(true)
    const broken = (function* (): Generator<string> {
      yield 'RETURN 1;'
      throw mine
    })()
    expect(await errorOf(() => mode(full).import(broken))).toBe(mine)
    expect(await full.query('RETURN 1')).toEqual([1])
  })

  it('is one event, without the text', async () => {
    const events: object[] = []
    const stop = full.on('query', (event) => events.push(event))
    await mode(full).export()
    await mode(full).import('RETURN "secret"')
    await errorOf(() => mode(full).import('THROW "secret"'))
    stop()
    expect(events).toMatchObject([
      { statement: 'export', attempts: 1 },
      { statement: 'import' },
      { statement: 'import', error: { code: 'IMPORT_FAILED' } },
    ])
    expect(JSON.stringify(events)).not.toContain('secret')
  })
})

everywhere(
  'a large export',
  (place) => {
    const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-export-'))
    const file = path.join(directory, 'backup.surql')
    const ROWS = 3000

    beforeAll(async () => {
      await place.connection.query(
        `FOR $i IN 0..${ROWS} { CREATE type::record("row", $i) SET text = string::repeat("☃ some text ", 100), at = time::now() }`,
      )
    }, 60_000)
    afterAll(() => removeDirectory(directory))

    it('comes in pieces, and goes in in pieces', async () => {
      const { connection, mode, modeName } = place
      const pieces = await piecesOf(modeName, connection)
      expect(pieces.length).toBeGreaterThan(5)
      for (const { length } of pieces) expect(length).toBeLessThanOrEqual(512 * 1024)
      const text = pieces.join('')
      expect(text.length).toBeGreaterThan(3_000_000)
      expect(await mode(connection).export()).toBe(text)

      await connection.query('REMOVE TABLE row')
      await mode(connection).import(pieces, { timeout: '50s' })
      expect(await connection.query('SELECT count() FROM row GROUP ALL')).toEqual([[{ count: ROWS }]])
      expect(await mode(connection).export()).toBe(text)
    }, 120_000)

    it('goes through streams', async () => {
      const { connection, modeName } = place
      if (modeName === 'sync') return
      await pipeline(connection.exportStream(), createWriteStream(file))
      expect(readFileSync(file, 'utf8')).toBe(await connection.export())
      await connection.query('REMOVE TABLE row')
      await connection.import(createReadStream(file), { timeout: '50s' })
      expect(await connection.query('SELECT count() FROM row GROUP ALL')).toEqual([[{ count: ROWS }]])
      const web = new ReadableStream<string>({
        start(controller) {
          controller.enqueue('UPDATE row:1 SET text = "we')
          controller.enqueue('b"')
          controller.close()
        },
      })
      await connection.import(web)
      expect(await connection.query('SELECT VALUE text FROM row:1')).toEqual([['web']])
    }, 120_000)

    it('can be left in the middle', async () => {
      const { connection, modeName } = place
      for (let round = 0; round < 5; round++) {
        if (modeName === 'sync') for (const _ of connection.exportStreamSync()) break
        else for await (const _ of connection.exportStream()) break
      }
      expect(await connection.query('RETURN 1')).toEqual([1])
    }, 60_000)
  },
  ['mem', 'ws', 'http'],
)

it('importSync does not take what is asynchronous', async () => {
  const connection = createConnection({ url: 'mem://', namespace: 'a', database: 'b', name: 'import-async' })
  connection.connectSync()
  async function* pieces() {
    yield 'RETURN 1'
  }
  const error = await errorOf(() => connection.importSync(pieces() as never))
  expect(error).toMatchObject({ code: 'ASYNC_IN_SYNC' })
  await connection.close()
  expect(await errorOf(() => connection.export())).toMatchObject({ code: 'CONNECTION_CLOSED' })
  expect(await errorOf(() => connection.exportStream().next())).toMatchObject({ code: 'CONNECTION_CLOSED' })
})

describe.each(['mem', 'ws', 'http'] as const)('who may do it (%s)', (scheme) => {
  let server: TestServer | undefined
  let owner: Connection
  const options = () => ({
    url: server ? (scheme === 'ws' ? server.wsUrl : server.httpUrl) : 'mem://',
    namespace: 'test',
    database: `rights-${scheme}`,
  })

  beforeAll(async () => {
    if (scheme !== 'mem') server = await startServer({ requireAuth: true })
    if (server?.createsDatabases === false) await prepareDatabase(server, 'test', options().database)
    owner = createConnection({ ...options(), username: 'root', password: 'root', name: `owner-${scheme}` })
    await owner.connect()
    await fill(owner)
    await owner.query(`
      DEFINE USER editor ON DATABASE PASSWORD 'secret' ROLES EDITOR;
      DEFINE ACCESS guest ON DATABASE TYPE RECORD SIGNUP (CREATE guest) SIGNIN (SELECT * FROM guest)`)
  })
  afterAll(async () => {
    await owner.close()
    await server?.stop()
  })

  describe.each(['async', 'sync'] as const)('%s', (modeName) => {
    const mode = MODES[modeName]

    it('a viewer may export, and not import', async () => {
      await owner.signin({ ...database(), username: 'reader', password: 'secret' })
      expect(await mode(owner).export()).toContain('DEFINE TABLE person')
      expect(await errorOf(() => mode(owner).import('CREATE thing:never'))).toMatchObject({ code: 'PERMISSION_DENIED' })
    })

    it('an editor may export, import where the server lets them, and make no users', async () => {
      await owner.signin({ ...database(), username: 'editor', password: 'secret' })
      expect(await mode(owner).export()).toContain('DEFINE TABLE person')
      const importing = async () => mode(owner).import(`CREATE thing:edited_${modeName}`)
      // a real server leaves it to owners
      if (server?.createsDatabases === false)
        expect(await errorOf(importing)).toMatchObject({ code: 'PERMISSION_DENIED' })
      else await importing()
      const error = await errorOf(() => mode(owner).import("DEFINE USER thief ON DATABASE PASSWORD 'x' ROLES OWNER"))
      expect(error).toMatchObject({ code: expect.stringMatching(/IMPORT_FAILED|PERMISSION_DENIED/) })
    })

    it('a record user may do neither', async () => {
      await owner.signup({ access: 'guest', variables: {} })
      expect(await errorOf(() => mode(owner).export())).toMatchObject({ code: 'PERMISSION_DENIED' })
      expect(await errorOf(() => piecesOf(modeName, owner))).toMatchObject({ code: 'PERMISSION_DENIED' })
      expect(await errorOf(() => mode(owner).import('CREATE thing:never'))).toMatchObject({ code: 'PERMISSION_DENIED' })
      await owner.signin({ username: 'root', password: 'root' })
      expect(await owner.query('SELECT * FROM thing:never; (INFO FOR DB).users.thief')).toEqual([[], undefined])
    })

    it('nobody may do neither where everybody signs in', async () => {
      if (!server) return
      const anonymous = createConnection({ ...options(), name: `anonymous-${scheme}-${modeName}` })
      await anonymous.connect()
      expect(await errorOf(() => mode(anonymous).export())).toMatchObject({ code: 'PERMISSION_DENIED' })
      expect(await errorOf(() => mode(anonymous).import('RETURN 1'))).toMatchObject({ code: 'PERMISSION_DENIED' })
      await anonymous.close()
    })
  })

  const database = () => ({ namespace: 'test', database: `rights-${scheme}` })
})

describe.each(['ws', 'http'] as const)('a server that goes away (%s)', (scheme) => {
  const network = serverBehindProxy()
  let connection: Connection
  const big = Array.from({ length: 2000 }, (_, at) => `CREATE row:${at} SET text = "${'x'.repeat(1000)}";\n`)

  beforeAll(async () => {
    const direct = createConnection({
      url: network.server.wsUrl,
      namespace: 'a',
      database: 'b',
      name: `direct-${scheme}`,
    })
    await direct.connect()
    await direct.import(big)
    await direct.close()
    const url = scheme === 'ws' ? network.proxy.wsUrl : network.proxy.httpUrl
    connection = createConnection({ url, namespace: 'a', database: 'b', name: `gone-${scheme}`, retry: { limit: 1 } })
    await connection.connect()
  }, 60_000)
  afterAll(async () => {
    await connection.close()
  })

  describe.each(['async', 'sync'] as const)('%s', (modeName) => {
    const mode = MODES[modeName]

    it('in the middle of an export: an error, and never half a text', async () => {
      expect((await piecesOf(modeName, connection)).join('').length).toBeGreaterThan(2_000_000)
      for (const bytes of [2000, 1_000_000]) {
        await network.proxy.cutAfter({ direction: 'to-client', bytes })
        const error = await errorOf(() => mode(connection).export())
        expect(error).toMatchObject({ name: 'ConnectionError', code: 'CONNECTION_LOST' })
        await network.proxy.reset()
      }
      // nothing has come yet, so it is tried again
      await network.proxy.cutAfter({ direction: 'to-client', bytes: 10 })
      expect((await mode(connection).export()).length).toBeGreaterThan(2_000_000)
      await network.proxy.reset()
    }, 60_000)

    it('in the middle of an import: its outcome is unknown', async () => {
      await network.proxy.cutAfter({ direction: 'to-server', bytes: 500_000 })
      const error = await errorOf(() => mode(connection).import(big))
      expect(error).toMatchObject({ name: 'OutcomeUnknownError', code: 'OUTCOME_UNKNOWN' })
      await network.proxy.reset()
    }, 60_000)

    it('without a word: a timeout for the piece that is waited for', async () => {
      await network.proxy.freeze()
      for (const run of [
        () => mode(connection).export({ timeout: 500 }),
        () => mode(connection).import(big, { timeout: 500 }),
      ]) {
        expect(await errorOf(run)).toMatchObject({ code: 'TIMEOUT' })
      }
      await network.proxy.thaw()
      await network.proxy.reset()
    }, 60_000)

    it('before it begins: it is tried again', async () => {
      const retries: object[] = []
      const stop = connection.on('retry', (event) => retries.push(event))
      await network.proxy.refuse(true)
      expect(await errorOf(() => mode(connection).import('RETURN 1'))).toMatchObject({ code: 'CONNECTION_LOST' })
      expect(retries).toMatchObject([{ attempt: 1 }])
      await network.proxy.refuse(false)
      await mode(connection).import('RETURN 1')
      stop()
    }, 60_000)
  })

  it('several nodes: one that works', async () => {
    const dead = await startFaultProxy(network.server.port)
    const url = scheme === 'ws' ? [dead.wsUrl, network.server.wsUrl] : [dead.httpUrl, network.server.httpUrl]
    const both = createConnection({ url, namespace: 'a', database: 'b', name: `nodes-${scheme}` })
    await both.connect()
    await dead.refuse(true)
    for (let round = 0; round < 4; round++) {
      expect((await both.export({ tables: false })).length).toBeGreaterThan(0)
      both.importSync('RETURN 1')
    }
    await both.close()
    await dead.stop()
  }, 60_000)

  it('a close in the middle ends the transfer', async () => {
    const other = createConnection({
      url: network.server.wsUrl,
      namespace: 'a',
      database: 'b',
      name: `closing-${scheme}`,
    })
    await other.connect()
    const stream = other.exportStream()
    await stream.next()
    await other.close()
    expect(await errorOf(() => stream.next())).toMatchObject({ code: 'CONNECTION_CLOSED' })
  })
})

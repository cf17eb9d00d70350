import { afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inspect } from 'node:util'
import {
  AsyncInSyncError,
  Collection,
  ConnectionRegistry,
  createConnection,
  Document,
  StringField,
  surql,
  withConnection,
  withConnectionSync,
  type Connection,
} from '../../src/index.js'
import { inMemory } from '../support/in-memory.js'
import { everywhere, openPlace, SCHEMES } from '../support/everywhere.js'
import { MODES } from '../support/modes.js'
import { removeDirectory } from '../support/remove-directory.js'

@Collection('connections_note')
class Note extends Document<Note>() {
  @StringField() text?: string
}

@Collection('connections_archived', { connection: 'connections-archive' })
class Archived extends Document<Archived>() {
  @StringField() text?: string
}

everywhere('a connection', (place) => {
  const { mode } = place

  test('knows where it is', async () => {
    const { connection, scheme } = place
    expect(connection.isConnected()).toBe(true)
    expect(connection.status).toBe('connected')
    expect(connection.serverVersion).toMatch(/\d+\.\d+\.\d+/)
    await mode(connection).ping()
    expect(inspect(connection)).toContain(scheme === 'file' ? 'surrealkv' : scheme)
  })

  test('gives one result for each statement, with the values it was given', async () => {
    const { connection } = place
    expect(await mode(connection).query('RETURN $a; RETURN [$a, $b]', { a: 1, b: 'x' })).toEqual([1, [1, 'x']])
    expect(await mode(connection).query(surql`RETURN ${"it's"}; RETURN ${2}`)).toEqual(["it's", 2])
    const [namespace, database] = await mode(connection).query('RETURN session::ns(); RETURN session::db()')
    expect([namespace, database]).toEqual([connection.namespace, connection.database])
  })

  test('throws the statement that really failed', async () => {
    const failing = 'BEGIN; CREATE connections_t:1; THROW "the cause"; COMMIT'
    await expect(async () => mode(place.connection).query(failing)).rejects.toThrow('the cause')
  })

  test('serves both modes at once', async () => {
    const { connection } = place
    const slow = Array.from({ length: 20 }, (_, index) => connection.query('SLEEP 20ms; RETURN $index', { index }))
    const blocking = Array.from({ length: 5 }, (_, index) => connection.querySync('RETURN $index', { index })[0])
    expect(blocking).toEqual([0, 1, 2, 3, 4])
    expect((await Promise.all(slow)).map(([, index]) => index)).toEqual(Array.from({ length: 20 }, (_, index) => index))
  })

  test('of the two modes one sees at once what the other wrote', async () => {
    const { id } = Note.createSync({ text: 'blocking' })
    const note = await Note.get(id!)
    await note.update({ text: 'awaited' })
    expect(Note.getSync(id!).text).toBe('awaited')
  })
})

everywhere(
  'the official driver',
  (place) => {
    test('shares session, transaction and data', async () => {
      const { connection } = place
      const driver = await connection.driver()
      await driver.set('answer', 42)
      expect(connection.querySync('RETURN $answer')).toEqual([42])
      const transaction = await driver.beginTransaction()
      await transaction.query('CREATE connections_note SET text = "in a transaction"').collect()
      expect(Note.objects.filter({ text: 'in a transaction' }).countSync()).toBe(0)
      await transaction.commit()
      expect(await Note.objects.filter({ text: 'in a transaction' }).count()).toBe(1)
      await driver.close()
      expect(await connection.query('RETURN 1')).toEqual([1])
    })
  },
  ['mem', 'surrealkv', 'ws'],
)

describe.each(SCHEMES)('opening and closing (%s)', (scheme) => {
  test.each(['async', 'sync'] as const)(
    '%s: close() waits for the calls under way, and what was stored is there again',
    async (modeName) => {
      const mode = MODES[modeName]
      const place = await openPlace(scheme)
      await place.prepare?.('n', 'd')
      const open = async (): Promise<Connection> =>
        await mode(
          createConnection({ url: place.url, namespace: 'n', database: 'd', name: `reopen-${scheme}` }),
        ).connect()
      const first = await open()
      await mode(first).query('DEFINE TABLE kept; DEFINE INDEX by_text ON kept FIELDS text')
      const writes = Array.from({ length: 20 }, (_, index) => first.query('CREATE kept SET text = $index', { index }))
      await mode(first).close()
      expect((await Promise.allSettled(writes)).map(({ status }) => status)).toEqual(Array(20).fill('fulfilled'))
      expect(first.status).toBe('closed')

      const second = await open()
      const [, rows] = await mode(second).query('DEFINE TABLE IF NOT EXISTS kept; SELECT * FROM kept')
      expect(rows).toHaveLength(scheme === 'mem' ? 0 : 20)
      await mode(second).close()
      await place.release()
    },
  )
})

describe.each(['async', 'sync'] as const)('what cannot be opened (%s)', (modeName) => {
  const mode = MODES[modeName]
  const failure = async (url: string): Promise<object> => {
    const connection = createConnection({ url, namespace: 'n', database: 'd', name: `failing-${url}`, timeout: '5s' })
    const error: unknown = await (async () => mode(connection).connect())().catch((reason: unknown) => reason)
    expect(connection.status).toBe('disconnected')
    await mode(connection).close()
    return error as object
  }

  test('says why, in time', async () => {
    const fileInTheWay = path.join(import.meta.dirname, 'connections.test.ts')
    expect(await failure(`surrealkv://${fileInTheWay}`)).toMatchObject({ code: 'CONNECTION_FAILED' })
    expect(await failure(`rocksdb://${fileInTheWay}/x`)).toMatchObject({ code: 'CONNECTION_FAILED' })
    expect(await failure('ws://127.0.0.1:1')).toMatchObject({ code: 'CONNECTION_FAILED' })
    expect(await failure('http://127.0.0.1:1')).toMatchObject({ code: 'CONNECTION_FAILED' })
  })

  test('a failed connection can be tried again', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-'))
    const place = await openPlace('ws')
    const connection = createConnection({
      url: place.url,
      namespace: 'n',
      database: 'd',
      name: 'again',
      username: 'root',
      password: 'wrong',
    })
    await expect(async () => mode(connection).connect()).rejects.toMatchObject({ code: 'AUTHENTICATION_FAILED' })
    await expect(async () => mode(connection).connect()).rejects.toMatchObject({ code: 'AUTHENTICATION_FAILED' })
    await mode(connection).close()
    await place.release()
    expect(existsSync(directory)).toBe(true)
    await removeDirectory(directory)
  })

  test('on an embedded store the first user is created, and the second one must be it', async () => {
    const place = await openPlace('surrealkv')
    const withPassword = (password: string): Connection =>
      createConnection({ url: place.url, namespace: 'n', database: 'd', name: 'users', username: 'root', password })
    const first = withPassword('pass "word" \\ ☃')
    await mode(first).connect()
    await mode(first).close()
    const wrong = withPassword('other')
    const error: unknown = await (async () => mode(wrong).connect())().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'AUTHENTICATION_FAILED' })
    expect(inspect(error)).not.toContain('other')
    await mode(wrong).close()
    const right = withPassword('pass "word" \\ ☃')
    await mode(right).connect()
    expect(inspect(right, { showHidden: true, depth: 9 })).not.toContain('pass "word"')
    await mode(right).close()
    await place.release()
  })
})

describe.each(['async', 'sync'] as const)('the other ways to name a store (%s)', (modeName) => {
  const mode = MODES[modeName]
  const roundTrip = async (options: string | object): Promise<unknown> => {
    const connection = await mode(createConnection(options as string)).connect()
    const results = await mode(connection).query('UPSERT thing:1 SET n += 1; SELECT VALUE n FROM thing')
    await mode(connection).close()
    return results[1]
  }

  test('memory, and a connection string', async () => {
    expect(await roundTrip({ url: 'memory', namespace: 'n', database: 'd', name: 'spelled' })).toEqual([1])
    expect(await roundTrip('mem://?namespace=n&database=d&name=spelled')).toEqual([1])
    const { url, release } = await openPlace('ws')
    expect(await roundTrip(`${url.replace('/rpc', '')}/n/d?name=spelled&operationTimeout=5s`)).toEqual([1])
    await release()
  })

  test('directories with blanks and other letters, relative ones, and options of the engine', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-'))
    const common = { namespace: 'n', database: 'd', name: 'spelled' }
    const places = [
      `surrealkv://${directory}/a b ü%20c`,
      `surrealkv://${path.relative(process.cwd(), directory)}/relative?sync=never`,
      `file://${directory}/with%20blank`,
      `rocksdb://${directory}/rocks`,
    ]
    for (const url of places) {
      expect(await roundTrip({ url, ...common })).toEqual([1])
      expect(await roundTrip({ url, ...common })).toEqual([2])
    }
    expect(readdirSync(directory).sort()).toEqual(['a b ü%20c', 'relative', 'rocks', 'with blank'])
    await removeDirectory(directory)
  })

  test('surrealkv+versioned keeps the old versions', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-'))
    const url = `surrealkv+versioned://${directory}/store`
    const connection = await mode(createConnection({ url, namespace: 'n', database: 'd', name: 'versioned' })).connect()
    const [, then] = await mode(connection).query<[unknown, unknown]>('CREATE thing:1 SET n = 1; RETURN time::now()')
    await mode(connection).query('UPDATE thing:1 SET n = 2')
    const [old, now] = await mode(connection).query(
      `SELECT VALUE n FROM thing VERSION d'${String(then)}'; SELECT VALUE n FROM thing`,
    )
    expect([old, now]).toEqual([[1], [2]])
    await mode(connection).close()
    await removeDirectory(directory)
  })
})

describe('the registry', () => {
  beforeAll(() => ConnectionRegistry.closeAll())
  afterEach(() => ConnectionRegistry.closeAll())

  test('has connections by name, and a default', async () => {
    const [one, two] = [inMemory('one'), inMemory('two')]
    expect(ConnectionRegistry.get('one')).toBe(one)
    expect(ConnectionRegistry.getDefault()).toBe(one)
    ConnectionRegistry.setDefault('two')
    expect(ConnectionRegistry.getDefault()).toBe(two)
    const three = inMemory('three', { makeDefault: true })
    expect(ConnectionRegistry.getDefault()).toBe(three)
    expect(ConnectionRegistry.names()).toEqual(['one', 'two', 'three'])
    expect(ConnectionRegistry.has('two')).toBe(true)
    expect(ConnectionRegistry.remove('three')).toBe(true)
    expect(() => ConnectionRegistry.getDefault()).toThrow('There is no connection')
    expect(() => ConnectionRegistry.setDefault('four')).toThrow('"four"')
    one.connectSync()
    await two.connect()
    ConnectionRegistry.closeAllSync()
    expect([one.status, two.status, ConnectionRegistry.names()]).toEqual(['closed', 'closed', []])
  })

  test('a closed connection leaves its name', () => {
    inMemory('again').connectSync().closeSync()
    expect(inMemory('again').status).toBe('disconnected')
  })
})

describe('which connection is used', () => {
  afterEach(() => ConnectionRegistry.closeAll())
  const texts = (connection: Connection): unknown => connection.querySync('SELECT VALUE text FROM connections_note')[0]

  test("the named one, the ambient one, the model's own, the default", async () => {
    const [main, scoped, named, archive] = ['main', 'scoped', 'named', 'connections-archive'].map((name) =>
      inMemory(name).connectSync(),
    )
    await withConnection(scoped!, async () => {
      await Note.create({ text: 'scoped' })
      await Note.create({ text: 'named' }, { connection: 'named' })
      await Archived.create({ text: 'scoped, too' })
      expect(await Note.objects.count()).toBe(1)
      expect(await Note.objects.using('named').count()).toBe(1)
      withConnectionSync(main!, () => Note.createSync({ text: 'nested' }))
      await Note.create({ text: 'scoped again' })
    })
    await Note.create({ text: 'default' })
    Archived.createSync({ text: 'its own' })
    expect(texts(main!)).toEqual(expect.arrayContaining(['nested', 'default']))
    expect(texts(scoped!)).toEqual(expect.arrayContaining(['scoped', 'scoped again']))
    expect(texts(named!)).toEqual(['named'])
    expect(archive!.querySync('SELECT VALUE text FROM connections_archived')).toEqual([['its own']])
  })

  test('scopes of concurrent tasks do not mix', async () => {
    const connections = Array.from({ length: 4 }, (_, index) => inMemory(`task-${index}`).connectSync())
    await Promise.all(
      Array.from({ length: 200 }, (_, task) =>
        withConnection(connections[task % 4]!, async () => {
          await new Promise((resolve) => setTimeout(resolve, (task * 7) % 5))
          await Note.create({ text: String(task % 4) })
          await Promise.resolve()
          await Note.create({ text: String(task % 4) })
        }),
      ),
    )
    for (const [index, connection] of connections.entries()) {
      expect(texts(connection)).toEqual(Array(100).fill(String(index)))
    }
  })

  test('a blocking scope refuses asynchronous work', () => {
    const connection = inMemory('blocking').connectSync()
    expect(() => withConnectionSync(connection, async () => Note.objects.count())).toThrow(AsyncInSyncError)
  })
})

test('using and await using close', async () => {
  let [blocking, awaited]: Connection[] = []
  {
    using connection = inMemory('using').connectSync()
    blocking = connection
    await using other = await inMemory('await using').connect()
    awaited = other
    expect([blocking.status, awaited.status]).toEqual(['connected', 'connected'])
  }
  expect([blocking.status, awaited.status]).toEqual(['closed', 'closed'])
})

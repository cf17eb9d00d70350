import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  BoundExcluded,
  BoundIncluded,
  createConnection,
  RecordId,
  RecordIdRange,
  type Connection,
  type LiveMessage,
  type LiveQuery,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'
import { MODES } from '../support/modes.js'
import { startServer, type TestServer } from '../support/server/server.js'
import { errorOf, transact } from '../support/transact.js'

const id = (key: number): RecordId => new RecordId('inside', key)
const cancelled = new Error('cancel')

everywhere(
  'the methods of the driver in a transaction',
  (place) => {
    const { mode } = place

    test('see what the transaction has written, and are all stored or all not', async () => {
      await mode(place.connection).query(
        `DEFINE TABLE OVERWRITE inside; DEFINE TABLE OVERWRITE likes TYPE RELATION;
         DEFINE FUNCTION OVERWRITE fn::inside::count() { RETURN count(SELECT * FROM inside) }`,
      )
      const everything = transact(place, function* (transaction) {
        const tx = mode(transaction)
        expect(yield tx.create(id(1), { n: 1 })).toEqual({ id: id(1), n: 1 })
        expect(yield tx.insert('inside', [{ id: 2, n: 2 }, { id: 3 }])).toHaveLength(2)
        expect(yield tx.update(id(2), { n: 22 })).toEqual({ id: id(2), n: 22 })
        expect(yield tx.merge(id(2), { m: 2 })).toEqual({ id: id(2), n: 22, m: 2 })
        expect(yield tx.upsert(id(4), { n: 4 })).toEqual({ id: id(4), n: 4 })
        expect(yield tx.patch(id(4), [{ op: 'replace', path: '/n', value: 5 }])).toEqual({ id: id(4), n: 5 })
        expect(yield tx.delete(id(3))).toEqual({ id: id(3) })
        expect(yield tx.relate(id(1), 'likes', id(2), { since: 1 })).toMatchObject({ in: id(1), out: id(2), since: 1 })
        expect(yield tx.insertRelation('likes', { in: id(2), out: id(1) })).toMatchObject([{ in: id(2), out: id(1) }])
        expect(yield tx.select(id(4))).toEqual({ id: id(4), n: 5 })
        const range = new RecordIdRange('inside', new BoundIncluded(1), new BoundExcluded(4))
        expect(yield tx.select(range)).toHaveLength(2)
        expect(yield tx.run('fn::inside::count')).toBe(3)
        expect(yield tx.version()).toEqual({ version: place.connection.serverVersion })
        expect(yield tx.query('SELECT VALUE n FROM $ids; RETURN 1', { ids: [id(1), id(2)] })).toEqual([[1, 22], 1])
        throw cancelled
      })
      expect(await errorOf(everything)).toBe(cancelled)
      expect(await mode(place.connection).query('SELECT * FROM inside; SELECT * FROM likes')).toEqual([[], []])
    })

    test('change the session of the connection, which stays as it is then', async () => {
      const { connection } = place
      const { database } = connection
      await mode(connection).use({ database: `${database}-other` })
      await mode(connection).query('DEFINE TABLE OVERWRITE inside')
      await mode(connection).use({ database })
      await mode(connection).query('DEFINE TABLE OVERWRITE inside')
      await transact(place, function* (transaction) {
        const tx = mode(transaction)
        yield tx.let('kept', 1)
        yield tx.let('gone', 1)
        yield tx.unset('gone')
        // asked of the connection, it goes over the same channel
        yield mode(connection).let('also', 2)
        yield tx.create(id(1), { where: 'here' })
        expect(yield tx.query('RETURN [$kept, $gone, $also]')).toEqual([[1, undefined, 2]])
        // a session that stays as it was is no failure of the transaction
        let refused: unknown
        try {
          yield mode(connection).signin({ username: 'nobody', password: 'x' })
        } catch (error) {
          refused = error
        }
        expect(refused).toMatchObject({ code: 'AUTHENTICATION_FAILED' })
        yield tx.use({ database: `${database}-other` })
        yield tx.create(id(1), { where: 'there' })
      })
      expect(connection.database).toBe(`${database}-other`)
      const ask = () => mode(connection).query('RETURN [$kept, $gone, session::db()]')
      const asked = await Promise.all([ask(), ask(), ask(), ask()])
      expect(asked).toEqual(Array(4).fill([[1, undefined, `${database}-other`]]))
      expect(await mode(connection).select(id(1))).toEqual({ id: id(1), where: 'there' })
      // the next one knows it as well, and nothing of what is over
      await transact(place, function* (transaction) {
        yield mode(transaction).use({ database })
        expect(yield mode(transaction).query('RETURN $kept')).toEqual([1])
      })
      expect(await mode(connection).select(id(1))).toEqual({ id: id(1), where: 'here' })
    })

    test('follow a table: the live query is the connection’s, hears what others write, and goes on after the end', async () => {
      const { connection, modeName } = place
      await mode(connection).query('DEFINE TABLE OVERWRITE inside_followed')
      const live = await transact(place, function* (transaction) {
        const started = (yield modeName === 'async'
          ? transaction.live('inside_followed')
          : transaction.liveSync('inside_followed', { timeout: '20s' })) as LiveQuery<object>
        // of what a transaction writes the engine tells nothing
        yield mode(transaction).create(new RecordId('inside_followed', 1))
        return { started }
      })
      await mode(connection).create(new RecordId('inside_followed', 2))
      const first =
        modeName === 'async'
          ? (await live.started[Symbol.asyncIterator]().next()).value
          : [...take(live.started as unknown as Iterable<LiveMessage<object>>)][0]
      expect(first).toMatchObject({ action: 'CREATE', id: new RecordId('inside_followed', 2) })
      const over = await transact(place, function* (transaction) {
        yield mode(transaction).kill(live.started)
        return { transaction }
      })
      const late = async (): Promise<void> => mode(over.transaction).kill(live.started)
      expect(await errorOf(late())).toMatchObject({ code: 'TRANSACTION_CLOSED' })
    })

    test('refuse an export and an import, and are none the worse for it', async () => {
      await mode(place.connection).query('DEFINE TABLE OVERWRITE inside')
      await transact(place, function* (transaction) {
        const tx = mode(transaction)
        for (const run of [() => tx.export(), () => tx.import('CREATE inside:7')]) {
          let refused: unknown
          try {
            yield run()
          } catch (error) {
            refused = error
          }
          expect(refused).toMatchObject({ code: 'UNSUPPORTED_CALL' })
        }
        yield tx.create(id(8))
      })
      expect(await mode(place.connection).query('SELECT VALUE id FROM inside:7, inside:8')).toEqual([[id(8)]])
    })
  },
  ['mem', 'ws', 'ws+pool', 'http'],
)

function* take<Value>(all: Iterable<Value>): Generator<Value> {
  for (const each of all) return yield each
}

describe.each(['ws', 'http', 'pool'] as const)('a sign-in inside of a transaction (%s)', (way) => {
  let server: TestServer
  let count = 0
  beforeAll(async () => {
    server = await startServer({ requireAuth: true })
  })
  afterAll(() => server.stop())

  test.each(['async', 'sync'] as const)('is that of every channel, after a break too: %s', async (modeName) => {
    const mode = MODES[modeName]
    const open = (): Promise<Connection> =>
      createConnection({
        url: way === 'http' ? server.httpUrl : server.wsUrl,
        namespace: 'inside',
        database: modeName,
        name: `inside-${way}-${++count}`,
        pool: way === 'pool' ? { max: 4 } : false,
        auth: { username: 'root', password: 'root' },
      }).connect()
    const connection = await open()
    await connection.query(
      `DEFINE TABLE OVERWRITE account PERMISSIONS FOR select WHERE id = $auth.id;
       DEFINE ACCESS OVERWRITE account ON DATABASE TYPE RECORD
         SIGNUP (CREATE account SET email = $email) SIGNIN (SELECT * FROM account WHERE email = $email)`,
    )
    const where = { connection, mode, modeName }
    const variables = { email: 'ann@example.org' }
    await transact(where, function* (transaction) {
      yield mode(transaction).signup({ access: 'account', variables })
      expect(yield mode(transaction).info()).toMatchObject(variables)
    })
    const everyone = async (): Promise<unknown[]> =>
      Promise.all([1, 2, 3, 4].map(async () => (await mode(connection).info())?.['email']))
    expect(await everyone()).toEqual(Array(4).fill(variables.email))
    await server.dropConnections()
    expect(await everyone()).toEqual(Array(4).fill(variables.email))
    await transact(where, function* (transaction) {
      expect(yield mode(transaction).info()).toMatchObject(variables)
      yield mode(transaction).signin({ username: 'root', password: 'root' })
    })
    await server.dropConnections()
    const asked = await Promise.all(
      [1, 2, 3, 4].map(() => mode(connection).query('RETURN $session.tk.ID', {}, { idempotent: true })),
    )
    expect(asked).toEqual(Array(4).fill(['root']))
    await mode(connection).close()
  })
})

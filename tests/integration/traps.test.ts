/**
 * The traps of the driver and the embedded engine that users of this package must not fall into, by the number they have in
 * docs/limits.md. Those that need a process of their own are in tests/bridge; those of later versions are named there.
 */
import { describe, expect, test } from '@jest/globals'
import {
  Collection,
  createConnection,
  DatabaseError,
  Document,
  IntField,
  StringField,
  TransactionConflictError,
  Uuid,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'
import { MODES } from '../support/modes.js'

@Collection('traps_thing', { schema: 'full' })
class Thing extends Document<Thing>() {
  @StringField({ index: true }) name?: string
  @IntField({ dbField: 'a`b\\c ⟩ none' }) odd?: number
}

describe.each(['async', 'sync'] as const)('1: opening that cannot succeed ends (%s)', (modeName) => {
  test.each(['surrealkv:///proc/nope', 'rocksdb:///proc/nope', 'ws://127.0.0.1:1'])('%s', async (url) => {
    const connection = createConnection({
      url,
      namespace: 'n',
      database: 'd',
      name: `trap-1-${url}-${modeName}`,
      timeout: 5_000,
    })
    await expect(async () => MODES[modeName](connection).connect()).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
    await connection.close()
  })
})

describe('2: closing with calls under way', () => {
  test('100 times, with 20 calls each', async () => {
    for (let cycle = 0; cycle < 100; cycle++) {
      const connection = createConnection({
        url: 'mem://',
        namespace: 'n',
        database: 'd',
        name: 'trap-2',
      }).connectSync()
      const calls = Array.from({ length: 20 }, () => connection.query('RETURN 1'))
      if (cycle % 2) await connection.close()
      else connection.closeSync()
      expect(await Promise.all(calls)).toEqual(Array(20).fill([1]))
    }
  })
})

everywhere('traps', (place) => {
  const { mode } = place

  test('7: a filter of thousands of terms', async () => {
    await mode(Thing).defineTable()
    const many = Array.from({ length: 3_000 }, (_, index) => index)
    let things = Thing.objects.exclude({ odd: -1 })
    for (const odd of many) things = things.exclude({ odd })
    await mode(Thing).create({ odd: 5_000 })
    expect(await mode(things).count()).toBe(1)
  })

  test('10: names with anything in them', async () => {
    const thing = await mode(Thing).create({ odd: 7 })
    expect(await mode(Thing.objects.filter({ odd: 7 })).count()).toBe(1)
    await mode(thing).update({ odd: 8 })
    expect((await mode(Thing.objects.orderBy('-odd').filter({ odd__lt: 100 })).first())!.odd).toBe(8)
  })

  test('13: loading by id is no scan', async () => {
    const { id } = await mode(Thing).create({ id: new Uuid('01890a5d-ac96-774b-bcce-b302099a8057') })
    const [plan] = await mode(place.connection).query<[string]>('EXPLAIN SELECT * FROM ONLY $p0', { p0: id })
    expect(JSON.stringify(plan)).toMatch(/RecordIdScan/)
    expect(JSON.stringify(plan)).not.toMatch(/TableScan/)
  })

  test('15: a slow query does not hold up the others', async () => {
    const slow = place.connection.query('SLEEP 700ms')
    let isDone = false
    void slow.then(() => (isDone = true))
    await mode(place.connection).query('RETURN 1')
    expect(isDone).toBe(false)
    await slow
  })

  test('18: a failed transaction tells its cause', async () => {
    const failing = 'BEGIN; CREATE traps_thing SET name = "x"; CREATE traps_thing SET name = 5; COMMIT'
    await expect(async () => mode(place.connection).query(failing)).rejects.toMatchObject({
      code: 'SCHEMA_VIOLATION',
      field: 'name',
    })
    expect(await mode(Thing.objects.filter({ name: 'x' })).count()).toBe(0)
  })
})

everywhere(
  'traps of transactions',
  (place) => {
    test('14: a conflict is told apart, and says that it may be tried again', async () => {
      const { mode, connection } = place
      const { id } = await mode(Thing).create({ name: 'contested' })
      const begin = async (): Promise<unknown> => await mode(connection).request({ method: 'begin', params: [] })
      const [first, second] = [await begin(), await begin()]
      for (const txn of [first, second]) {
        await mode(connection).request({
          method: 'query',
          params: ['UPDATE $id SET name = rand::string(4)', { id }],
          txn,
        })
      }
      const commit = (txn: unknown) => async () => await mode(connection).request({ method: 'commit', params: [txn] })
      await commit(first)()
      await expect(commit(second)).rejects.toThrow(TransactionConflictError)
      await expect(commit(second)).rejects.toBeInstanceOf(DatabaseError)
    })
  },
  ['mem', 'surrealkv', 'ws'],
)

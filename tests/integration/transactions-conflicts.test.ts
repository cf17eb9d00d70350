import { describe, expect, test } from '@jest/globals'
import {
  BeforeSave,
  Collection,
  createConnection,
  Document,
  IntField,
  ListField,
  StringField,
  type Connection,
  type TransactionOptions,
} from '../../src/index.js'
import { everywhere, SCHEMES } from '../support/everywhere.js'
import { errorOf, outside, transact } from '../support/transact.js'

@Collection('transactions_counter')
class Counter extends Document<Counter>() {
  @IntField({ default: 0 }) count!: number
  @ListField(StringField()) log?: string[]

  runs = 0

  @BeforeSave() countRuns(): void {
    this.runs++
  }
}

everywhere(
  'transactions that write the same record',
  (place) => {
    const { mode, modeName } = place
    const reset = async (): Promise<Counter> => {
      await mode(place.connection).query('DEFINE TABLE IF NOT EXISTS transactions_counter; DELETE transactions_counter')
      return await mode(Counter).create({ id: 'c' })
    }
    const stored = async (): Promise<number> => (await mode(Counter).get('c')).count
    /** Reads, then writes. */
    const increment = (options?: TransactionOptions) =>
      transact(
        place,
        function* () {
          const counter = (yield mode(Counter).get('c')) as Counter
          counter.count++
          yield mode(counter).save()
        },
        options,
      )
    /** What somebody else does meanwhile: the engine does not write what is the same already. */
    const interfere = (count: number): unknown =>
      outside(() => mode(Counter.objects.filter({ count__gte: 0 })).update({ count }))

    test('200 increments at the same time end exactly right', async () => {
      await reset()
      const tasks = Array.from({ length: 200 }, () => increment())
      await Promise.all(tasks)
      expect(await stored()).toBe(200)
    })

    // the engine itself loses some on a store in memory and on surrealkv
    test('increments in single statements, each with a connection of its own or not, end exactly right', async () => {
      await reset()
      const { namespace, database } = place.connection
      const other = await createConnection({ url: place.url, namespace, database, name: `other-${database}` }).connect()
      const single = (connection: Connection) =>
        mode(connection).query('UPDATE transactions_counter:c SET count += 1 RETURN NONE')
      // another store in memory is another store
      const connections = place.scheme === 'mem' ? [place.connection] : [place.connection, other]
      await Promise.all(Array.from({ length: 200 }, (_, index) => single(connections[index % connections.length]!)))
      await other.close()
      expect(await stored()).toBe(200)
    })

    test('fields that are written side by side are all written', async () => {
      await reset()
      for (let round = 1; round <= 10; round++) {
        const fields = Array.from({ length: 20 }, (_, index) => `field_${index}`)
        await Promise.all(
          fields.map((field) => mode(place.connection).query(`UPDATE transactions_counter:c SET ${field} = ${round}`)),
        )
        const [record] = await place.connection.query<[Record<string, number>]>(
          'SELECT * FROM ONLY transactions_counter:c',
        )
        expect(fields.map((field) => record[field])).toEqual(fields.map(() => round))
      }
    })

    // with a pool, blocking ones would wait for channels that only this thread can give back
    if (modeName === 'async' && place.scheme !== 'ws+pool') {
      test('increments of both modes at the same time end exactly right', async () => {
        await reset()
        const tasks = Array.from({ length: 60 }, () => increment({ retries: 100 }))
        for (let round = 0; round < 20; round++) {
          place.connection.transactionSync(() => {
            const counter = Counter.getSync('c')
            counter.count++
            counter.saveSync()
          })
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
        await Promise.all(tasks)
        expect(await stored()).toBe(80)
      })
    }

    test('one that loses is run again, with its documents as they were', async () => {
      const loaded = await reset()
      const retries: { attempt: number; delay: number; error: { code: string } }[] = []
      const off = place.connection.on('retry', (event) => retries.push(event))
      const fresh = new Counter({ count: 7 })
      const seen: unknown[] = []
      await transact(place, function* (tx) {
        seen.push([fresh.isNew, fresh.id, loaded.log, loaded.isDirty])
        yield mode(fresh).save()
        expect(fresh.isNew).toBe(false)
        loaded.log = ['x']
        yield mode(loaded).save()
        yield mode(tx).query('UPDATE transactions_counter:c SET count += 1')
        if (seen.length < 4) yield interfere(100 * seen.length)
      })
      off()
      expect(seen).toEqual([
        [true, undefined, undefined, false],
        // what was still to be saved when the transaction first wrote it is still to be saved
        ...Array(3).fill([true, undefined, ['x'], true]),
      ])
      expect(fresh.runs).toBe(4)
      expect(await mode(Counter.objects).count()).toBe(2)
      expect(await stored()).toBe(301)
      expect(retries.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
      for (const { attempt, delay, error } of retries) {
        expect(error.code).toBe('TRANSACTION_CONFLICT')
        expect(delay).toBeGreaterThanOrEqual(2 ** attempt / 2)
        expect(delay).toBeLessThanOrEqual(2 ** attempt)
      }
    })

    test.each([
      [0, 1],
      [2, 3],
      [undefined, 6],
    ])('with retries: %p it gives up after run %i, and says why', async (retries, runs) => {
      const counter = await reset()
      let count = 0
      const options = retries === undefined ? {} : { retries }
      const error = await errorOf(
        transact(
          place,
          function* () {
            count++
            counter.count = 5
            yield mode(counter).save()
            yield interfere(100 + count)
          },
          options,
        ),
      )
      expect(error).toMatchObject({ code: 'TRANSACTION_CONFLICT', isRetryable: true })
      expect(count).toBe(runs)
      expect(counter.changes()).toEqual({ count: { before: 0, after: 5 } })
      expect(await stored()).toBe(100 + runs)
      expect((await mode(place.connection).health()).pool?.borrowed ?? 0).toBe(0)
    })

    test('an error of the body is not a reason to run it again', async () => {
      await reset()
      let count = 0
      const error = await errorOf(
        transact(place, function* () {
          count++
          yield mode(Counter).create({ id: 'c' })
        }),
      )
      expect(error).toMatchObject({ code: 'RECORD_EXISTS' })
      expect(count).toBe(1)
    })
  },
  [...SCHEMES, 'ws+pool'],
)

describe('options of a transaction', () => {
  everywhere(
    'retries',
    (place) => {
      test.each([-1, 1.5, NaN, '3'])('that are no whole number are refused: %p', async (retries) => {
        let runs = 0
        const error = await errorOf(
          transact(
            place,
            function* () {
              runs++
            },
            { retries: retries as number },
          ),
        )
        expect(error).toMatchObject({ code: 'INVALID_VALUE' })
        expect(runs).toBe(0)
      })
    },
    ['mem'],
  )
})

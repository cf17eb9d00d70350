import { expect, test } from '@jest/globals'
import { LiveQueryError, RecordId, type BlockingLiveQuery, type LiveMessage, type LiveQuery } from '../../src/index.js'
import { everywhere, type Scheme } from '../support/everywhere.js'
import { errorOf } from '../support/transact.js'

type Row = { readonly n: number }
type Live = LiveQuery<Row> | BlockingLiveQuery<Row>

const SCHEMES: readonly Scheme[] = ['mem', 'surrealkv', 'rocksdb', 'ws', 'ws+pool', 'http']
const WITHIN = 20_000

let tables = 0

everywhere(
  'a live query',
  (place) => {
    const { mode, modeName } = place
    const query = async (text: string, bindings: Record<string, unknown> = {}): Promise<unknown[]> =>
      await mode(place.connection).query(text, bindings)
    const newTable = async (): Promise<string> => {
      const table = `live_${++tables}`
      await query(`DEFINE TABLE ${table}`)
      return table
    }
    const start = async (table: string, options: object = {}): Promise<Live> =>
      modeName === 'async'
        ? await place.connection.live<Row>(table, options)
        : place.connection.liveSync<Row>(table, { timeout: WITHIN, ...options })
    const next = async (live: Live): Promise<LiveMessage<Row> | undefined> => {
      const step = await live.next()
      return step.done ? undefined : step.value
    }
    const take = async (live: Live, count: number): Promise<LiveMessage<Row>[]> => {
      const messages: LiveMessage<Row>[] = []
      while (messages.length < count) {
        const message = await next(live)
        if (!message) break
        messages.push(message)
      }
      return messages
    }
    /** How many live queries the database knows of on a table. */
    const running = async (table: string): Promise<number> => {
      const [info] = (await query(`INFO FOR TABLE ${table}`)) as [{ lives: object }]
      return Object.keys(info.lives).length
    }

    test('tells of what is created, changed and deleted, in both modes', async () => {
      const table = await newTable()
      const live = await start(table)
      const id = new RecordId(table, 1)
      // one after the other has come: their order is not certain otherwise
      await query(`CREATE ${table}:1 SET n = 1`)
      expect(await next(live)).toEqual({ action: 'CREATE', id, value: { id, n: 1 } })
      place.connection.querySync(`UPDATE ${table}:1 SET n = 2`)
      expect(await next(live)).toEqual({ action: 'UPDATE', id, value: { id, n: 2 } })
      await place.connection.query(`DELETE ${table}:1`)
      expect(await next(live)).toEqual({ action: 'DELETE', id, value: { id, n: 2 } })
      await mode(live).kill()
    })

    test('tells of other tables nothing, of changes a patch when that is wanted', async () => {
      const [table, other] = [await newTable(), await newTable()]
      const live = await start(table, { diff: true })
      const second = await start(other)
      await query(`CREATE ${table}:1 SET n = 1; CREATE ${other}:1 SET n = 3`)
      expect(await next(live)).toMatchObject({ action: 'CREATE' })
      await query(`UPDATE ${table}:1 SET n = 2`)
      const changed = await next(live)
      expect(changed?.action).toBe('UPDATE')
      expect(changed?.value).toEqual([{ op: 'replace', path: '/n', value: 2 }])
      expect(await take(second, 1)).toMatchObject([{ action: 'CREATE', value: { n: 3 } }])
      await mode(live).kill()
      await mode(second).kill()
    })

    // the stores on disk run the same engine; one write takes them longer
    const rapid = ['mem', 'ws', 'http'].includes(place.scheme) ? 10_000 : 2000
    test(`of ${rapid} rapid writes every one arrives, once`, async () => {
      const table = await newTable()
      const live = await start(table)
      const count = rapid
      await query(`FOR $n IN 1..=${count - 1000} { CREATE ${table} SET n = $n }`)
      const single = Array.from({ length: 1000 }, (_, index) =>
        place.connection.query(`CREATE ${table} SET n = $n`, { n: count - 999 + index }),
      )
      await Promise.all(single)
      const numbers = (await take(live, count)).map(({ value }) => value?.n)
      expect(numbers.sort((left, right) => left! - right!)).toEqual(Array.from({ length: count }, (_, n) => n + 1))
      await query(`CREATE ${table} SET n = 0`)
      expect(await next(live)).toMatchObject({ value: { n: 0 } })
      await mode(live).kill()
    })

    test.each(['by itself', 'by the connection', 'by its id', 'in the other mode', 'by return()'])(
      'brings nothing after it was killed: %s',
      async (how) => {
        const table = await newTable()
        const live = await start(table)
        await query(`CREATE ${table} SET n = 1; CREATE ${table} SET n = 2`)
        expect(await take(live, 1)).toHaveLength(1)
        expect(await running(table)).toBe(1)
        if (how === 'by itself') await mode(live).kill()
        else if (how === 'by the connection') await mode(place.connection).kill(live)
        else if (how === 'by its id') await mode(place.connection).kill(live.id)
        else if (how === 'by return()') await live.return()
        else if (modeName === 'async') live.killSync()
        else await live.kill()
        expect(await running(table)).toBe(0)
        await query(`CREATE ${table} SET n = 3`)
        expect(await next(live)).toBeUndefined()
        expect(await next(live)).toBeUndefined()
        // once more does no harm
        await mode(live).kill()
        await mode(place.connection).kill(live)
      },
    )

    test('several at a time on one table each hear of everything', async () => {
      const table = await newTable()
      const lives: Live[] = []
      for (let count = 0; count < 5; count++) lives.push(await start(table))
      expect(new Set(lives.map(({ id }) => String(id))).size).toBe(5)
      await mode(lives[0]!).kill()
      await query(`FOR $n IN 1..=50 { CREATE ${table} SET n = $n }`)
      expect(await next(lives[0]!)).toBeUndefined()
      for (const live of lives.slice(1)) {
        const numbers = (await take(live, 50)).map(({ value }) => value?.n)
        expect(new Set(numbers).size).toBe(50)
        await mode(live).kill()
      }
      expect(await running(table)).toBe(0)
    })

    test('of a table that does not exist, or with limits that are none, is an error at once', async () => {
      expect(await errorOf(start('live_missing'))).toMatchObject({ kind: 'NotFound.Table' })
      const table = await newTable()
      for (const options of [{ capacity: 0 }, { capacity: 1.5 }, { overflow: 'forget' }])
        expect(await errorOf(start(table, options))).toMatchObject({ code: 'INVALID_VALUE' })
      expect(await running(table)).toBe(0)
    })

    test('ends with an error when its table is removed', async () => {
      const table = await newTable()
      const live = await start(table)
      await query(`CREATE ${table} SET n = 1`)
      expect(await next(live)).toMatchObject({ action: 'CREATE' })
      await query(`REMOVE TABLE ${table}`)
      const error = await errorOf((async () => next(live))())
      expect(error).toBeInstanceOf(LiveQueryError)
      expect(error).toMatchObject({ code: 'LIVE_QUERY_ENDED' })
      expect(await next(live)).toBeUndefined()
      await mode(live).kill()
    })

    test('that holds more than it may ends with an error, and with it on the server', async () => {
      const table = await newTable()
      const live = await start(table, { capacity: 10 })
      const probe = await start(table)
      await query(`FOR $n IN 1..=30 { CREATE ${table} SET n = $n }`)
      // more than ten have come when nearly all have come to another one, whatever their order
      await take(probe, 30)
      expect(await take(live, 10)).toHaveLength(10)
      const error = await errorOf((async () => next(live))())
      expect(error).toMatchObject({ code: 'LIVE_QUERY_OVERFLOW' })
      expect(await next(live)).toBeUndefined()
      await mode(probe).kill()
      expect(await running(table)).toBe(0)
    })

    test.each(['dropOldest', 'dropNewest'] as const)(
      'says where it dropped what was too much: %s',
      async (overflow) => {
        const table = await newTable()
        const live = await start(table, { capacity: 10, overflow })
        const probe = await start(table)
        await query(`FOR $n IN 1..=30 { CREATE ${table} SET n = $n }`)
        await take(probe, 30)
        await mode(probe).kill()
        let message = await next(live)
        for (let count = 0; message?.action !== 'RESYNC' && count <= 10; count++) message = await next(live)
        expect(message).toEqual({ action: 'RESYNC' })
        await query(`CREATE ${table} SET n = 31`)
        while (message?.value?.n !== 31) message = await next(live)
        expect(await running(table)).toBe(1)
        await mode(live).kill()
      },
    )

    test('tells of what a BEGIN … COMMIT wrote, and of a transaction() nothing: the engine does not', async () => {
      const table = await newTable()
      const live = await start(table)
      await query(`BEGIN; CREATE ${table} SET n = 1; COMMIT`)
      place.connection.transactionSync((tx) => tx.querySync(`CREATE ${table} SET n = 2`))
      await query(`CREATE ${table} SET n = 3`)
      const numbers = (await take(live, 2)).map(({ value }) => value?.n)
      expect(numbers.sort()).toEqual([1, 3])
      await mode(live).kill()
    })

    if (modeName === 'sync') {
      test('ends its iteration when nothing comes in time, and goes on after a poll', async () => {
        const table = await newTable()
        const live = place.connection.liveSync<Row>(table, { timeout: 300 })
        expect(live.poll(50)).toBeUndefined()
        await query(`CREATE ${table} SET n = 1`)
        expect(live.poll(WITHIN)).toMatchObject({ value: { n: 1 } })
        await query(`CREATE ${table} SET n = 2`)
        const seen: unknown[] = []
        for (const { value } of live) seen.push(value?.n)
        expect(seen).toEqual([2])
        expect(await running(table)).toBe(0)
      })

      test('hears of what async calls under way write while it blocks', async () => {
        const table = await newTable()
        const live = place.connection.liveSync<Row>(table, { timeout: WITHIN })
        const writing = Array.from({ length: 20 }, (_, n) =>
          place.connection.query(`CREATE ${table} SET n = $n`, { n }),
        )
        const seen = new Set<unknown>()
        for (const { value } of live) {
          seen.add(value?.n)
          if (seen.size === 20) break
        }
        expect(await running(table)).toBe(0)
        await Promise.all(writing)
      })
      return
    }

    test('can be iterated at once, and a break ends it on the server', async () => {
      const table = await newTable()
      const starting = place.connection.live<Row>(table)
      const seen: unknown[] = []
      const reading = (async () => {
        for await (const { value } of starting) {
          seen.push(value?.n)
          if (seen.length === 2) break
        }
      })()
      await starting
      await query(`CREATE ${table} SET n = 1; CREATE ${table} SET n = 2; CREATE ${table} SET n = 3`)
      await reading
      expect(seen).toHaveLength(2)
      expect(await running(table)).toBe(0)
    })

    test('loses nothing to a consumer that is slower than the writer', async () => {
      const table = await newTable()
      const live = await place.connection.live<Row>(table)
      const writing = query(`FOR $n IN 1..=2000 { CREATE ${table} SET n = $n }`)
      const seen = new Set<unknown>()
      for await (const { value } of live) {
        seen.add(value?.n)
        if (seen.size % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 5))
        if (seen.size === 2000) break
      }
      await writing
      expect(seen.size).toBe(2000)
    })

    test('serves several readers at once, and wakes all of them when it is killed', async () => {
      const table = await newTable()
      const live = await place.connection.live<Row>(table)
      const reading = Array.from({ length: 4 }, () => live.next())
      await query(`CREATE ${table} SET n = 1`)
      await Promise.race(reading)
      await live.kill()
      const results = await Promise.all(reading)
      expect(results.filter(({ done }) => !done).length).toBeLessThanOrEqual(1)
      expect(await live.next()).toEqual({ done: true, value: undefined })
    })
  },
  SCHEMES,
)

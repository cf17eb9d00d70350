import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import assert from 'node:assert/strict'
import {
  BulkWriteError,
  Collection,
  ConnectionError,
  Document,
  IntField,
  RelationDocument,
  SoftDelete,
  StringField,
  Timestamps,
  ValidationError,
  Versioned,
} from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { everywhere } from '../support/everywhere.js'

@Collection('bulk_city', { schema: 'full' })
class City extends Document<City>() {
  @StringField({ unique: true, required: true }) name!: string
  @IntField({ min: 0 }) people?: number
  @IntField({ default: 1 }) rank?: number
  @StringField({ readonly: true }) code?: string
}

@Collection('bulk_kept')
class Kept extends Versioned(Timestamps(SoftDelete(Document<Kept>()))) {
  @StringField({ unique: true }) name?: string
  @IntField() value?: number
}

@Collection('bulk_road', { in: () => City, out: () => City })
class Road extends RelationDocument<Road>() {
  @IntField() length?: number
}

everywhere(
  'many writes at once',
  (place) => {
    const { mode } = place
    const cities = City.objects
    const stored = async () => (await mode(cities.orderBy('name')).pluck('name').all()) as string[]

    beforeAll(async () => {
      for (const model of [City, Kept, Road]) await mode(model).defineTable()
    })

    beforeEach(async () => {
      await mode(cities.allowAll()).delete()
      await mode(Kept.objects.withDeleted().allowAll()).hardDelete()
    })

    describe('bulkCreate', () => {
      test('stores every row, in the order it was given', async () => {
        const rows = Array.from({ length: 230 }, (_, index) => ({ name: `city ${index}`, people: index }))
        const made = await mode(cities).bulkCreate(rows, { batchSize: 150 })
        assert.deepEqual(
          made.map(({ name, people, rank, isNew }) => ({ name, people, rank, isNew })),
          rows.map((row) => ({ ...row, rank: 1, isNew: false })),
        )
        expect(await mode(cities).count()).toBe(230)
        expect((await mode(City).get(made[200]!.id)).name).toBe('city 200')
      })

      test('nothing is sent when any row is not valid, and the error has the places', async () => {
        const error = await errorOf(async () =>
          mode(cities).bulkCreate([{ name: 'a' }, { name: 'b', people: -1 }, { people: 3 }]),
        )
        assert(error instanceof ValidationError)
        expect(error.issues.map(({ path, code }) => [...path, code])).toEqual([
          [1, 'people', 'custom'],
          [2, 'name', 'required'],
        ])
        const unknown = await errorOf(async () => mode(cities).bulkCreate([{ name: 'a' }, { nope: 1 } as object]))
        expect(unknown).toMatchObject({ issues: [{ path: [1, 'nope'], code: 'unknown_field' }] })
        expect(await stored()).toEqual([])
      })

      test('what the database refuses is told row by row, and all else is stored', async () => {
        await mode(cities).create({ name: 'city 7' })
        const rows = Array.from({ length: 120 }, (_, index) => ({ name: `city ${index}` }))
        rows[50] = { name: 'city 49' }
        const error = await errorOf(async () => mode(cities).bulkCreate(rows))
        assert(error instanceof BulkWriteError)
        expect(error.code).toBe('BULK_WRITE_FAILED')
        expect(error.failures.map(({ index, code }) => [index, code])).toEqual([
          [7, 'UNIQUE_VIOLATION'],
          [50, 'UNIQUE_VIOLATION'],
        ])
        expect(error.stored).toHaveLength(118)
        expect(error.message).not.toContain('city 49')
        expect((error.stored as City[]).every(({ isNew }) => !isNew)).toBe(true)
        expect(await mode(cities).count()).toBe(119)
      })

      test('atomic: all or none', async () => {
        await mode(cities).create({ name: 'b' })
        const error = await errorOf(async () =>
          mode(cities).bulkCreate([{ name: 'a' }, { name: 'b' }, { name: 'c' }], { atomic: true }),
        )
        assert(error instanceof BulkWriteError)
        expect(error.failures).toMatchObject([{ index: 1, code: 'UNIQUE_VIOLATION' }])
        expect(error.stored).toEqual([])
        expect(await stored()).toEqual(['b'])
        const made = await mode(cities).bulkCreate([{ name: 'a' }, { name: 'c' }], { atomic: true })
        expect(made.map(({ name, rank }) => [name, rank])).toEqual([
          ['a', 1],
          ['c', 1],
        ])
        expect(await stored()).toEqual(['a', 'b', 'c'])
      })

      test('onConflict: ignore says which rows were left out', async () => {
        await mode(cities).bulkCreate([{ id: 'a', name: 'a' }, { name: 'b' }])
        const made = await mode(cities).bulkCreate(
          [{ name: 'b', people: 9 }, { name: 'c' }, { id: 'a', name: 'x' }, { name: 'd' }, { name: 'd', people: 1 }],
          { onConflict: 'ignore' },
        )
        expect(made.map(({ name }) => name)).toEqual(['c', 'd'])
        expect(made.ignored).toEqual([0, 2, 4])
        expect(await stored()).toEqual(['a', 'b', 'c', 'd'])
        expect(await mode(cities.filter({ people__isnull: false })).count()).toBe(0)
      })

      test('onConflict: update sets what each row gives, or the named fields', async () => {
        await mode(cities).bulkCreate([
          { id: 'a', name: 'a', people: 1, rank: 5, code: 'A' },
          { name: 'b', people: 2, rank: 6 },
        ])
        const made = await mode(cities).bulkCreate(
          [{ id: 'a', name: 'a2', code: 'Z' }, { name: 'b', people: 20 }, { name: 'c' }],
          { onConflict: 'update' },
        )
        const shown = (all: readonly City[]) => all.map(({ name, people, rank, code }) => [name, people, rank, code])
        expect(shown(made)).toEqual([
          ['a2', 1, 5, 'A'],
          ['b', 20, 6, undefined],
          ['c', undefined, 1, undefined],
        ])
        expect(shown(await mode(cities.orderBy('name')).all())).toEqual(shown(made))
        await mode(cities).bulkCreate([{ name: 'b', people: 30, rank: 9 }], {
          onConflict: 'update',
          updateFields: ['rank'],
        })
        expect(shown(await mode(cities.filter({ name: 'b' })).all())).toEqual([['b', 20, 9, undefined]])
      })

      test('onConflict: update keeps time and version', async () => {
        const old = await mode(Kept.objects).create({ name: 'a', value: 1 })
        const [made] = await mode(Kept.objects).bulkCreate([{ name: 'a', value: 2 }], { onConflict: 'update' })
        expect(made).toMatchObject({ id: old.id, value: 2, version: 2, createdAt: old.createdAt })
        expect(made!.updatedAt!.getTime()).toBeGreaterThanOrEqual(old.updatedAt!.getTime())
      })

      test('edges: one that is there already is a conflict too', async () => {
        const [from, to] = await mode(cities).bulkCreate([{ name: 'a' }, { name: 'b' }])
        const road = (id: number, length: number) => ({ id, in: from!, out: to!, length })
        await mode(Road.objects).bulkCreate([road(1, 10)])
        const error = await errorOf(async () => mode(Road.objects).bulkCreate([road(1, 11), road(2, 20)]))
        expect(error).toMatchObject({ failures: [{ index: 0, code: 'RECORD_EXISTS' }] })
        expect((await mode(Road.objects).bulkCreate([road(2, 21)], { onConflict: 'ignore' })).ignored).toEqual([0])
        await mode(Road.objects).bulkCreate([road(1, 12)], { onConflict: 'update' })
        expect(await mode(Road.objects.orderBy('id').pluck('length')).all()).toEqual([12, 20])
        await mode(Road.objects.allowAll()).delete()
      })

      if (!place.isOldEngine)
        test('in a transaction the first refusal is the end of it', async () => {
          await mode(cities).create({ name: 'b' })
          const rows = [{ name: 'a' }, { name: 'b' }]
          const error =
            place.modeName === 'async'
              ? await errorOf(() => place.connection.transaction(() => cities.bulkCreate(rows)))
              : await errorOf(async () => place.connection.transactionSync(() => cities.bulkCreateSync(rows)))
          expect(error).toMatchObject({ code: 'UNIQUE_VIOLATION' })
          expect(await stored()).toEqual(['b'])
        })

      test('when the connection is lost on the way, what is stored is known', async () => {
        const { connection } = place
        const method = place.modeName === 'async' ? 'execute' : 'executeSync'
        const real = connection[method].bind(connection) as (...values: unknown[]) => never
        let calls = 0
        const spy = jest.spyOn(connection, method).mockImplementation((...values: unknown[]) => {
          if (++calls === 2) throw new ConnectionError('CONNECTION_LOST', 'gone')
          return real(...values)
        })
        const rows = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }))
        try {
          const error = await errorOf(async () => mode(cities).bulkCreate(rows, { batchSize: 2 }))
          assert(error instanceof BulkWriteError)
          expect(error.failures.map(({ index, code }) => [index, code])).toEqual(
            [2, 3, 4].map((index) => [index, 'CONNECTION_LOST']),
          )
          expect((error.stored as City[]).map(({ name }) => name)).toEqual(['a', 'b'])
          calls = 1
          const first = await errorOf(async () => mode(cities).bulkCreate([{ name: 'x' }, { name: 'y' }]))
          expect(first.code).toBe('CONNECTION_LOST')
        } finally {
          spy.mockRestore()
        }
        expect(await stored()).toEqual(['a', 'b'])
      })

      test('large rows are parted by their size', async () => {
        const text = 'x'.repeat(300_000)
        const rows = Array.from({ length: 20 }, (_, index) => ({ name: `${index} ${text}` }))
        expect(await mode(cities).bulkCreate(rows)).toHaveLength(20)
        expect(await mode(cities).count()).toBe(20)
      })
    })

    describe('bulkUpdate', () => {
      test('writes what changed, and tells how many', async () => {
        const all = await mode(cities).bulkCreate(['a', 'b', 'c', 'd'].map((name) => ({ name, people: 1 })))
        all[0]!.people = 10
        all[2]!.people = 30
        all[2]!.name = 'c2'
        expect(await mode(cities).bulkUpdate(all)).toBe(2)
        expect(await mode(cities).bulkUpdate(all)).toBe(0)
        expect(all.some(({ isDirty }) => isDirty)).toBe(false)
        expect(await mode(cities.orderBy('name').pluck('people')).all()).toEqual([10, 1, 30, 1])
        all[0]!.people = 11
        all[0]!.name = 'a1'
        expect(await mode(cities).bulkUpdate([all[0]!, all[0]!], ['people'])).toBe(1)
        expect(await mode(City).get(all[0]!.id)).toMatchObject({ name: 'a', people: 11 })
        expect(all[0]).toMatchObject({ name: 'a1', isDirty: true })
      })

      test('what is not valid keeps all from being written', async () => {
        const all = await mode(cities).bulkCreate([{ name: 'a' }, { name: 'b', code: 'B' }])
        all[0]!.people = 5
        all[1]!.people = -5
        all[1]!.code = 'C'
        expect(await errorOf(async () => mode(cities).bulkUpdate(all))).toMatchObject({
          issues: [
            { path: [1, 'code'], code: 'readonly' },
            { path: [1, 'people'], code: 'custom' },
          ],
        })
        expect(await mode(cities.filter({ people: 5 })).count()).toBe(0)
        const fresh = new City({ name: 'new' })
        expect(await errorOf(async () => mode(cities).bulkUpdate([fresh]))).toMatchObject({ code: 'NOT_SAVED' })
      })

      test('what is refused, stale or gone is told, and the others are written', async () => {
        const kept = await mode(Kept.objects).bulkCreate(['a', 'b', 'c', 'd'].map((name) => ({ name, value: 1 })))
        const other = await mode(Kept).get(kept[1]!.id)
        await mode(other).update({ value: 5 })
        for (const document of kept) document.value = 2
        kept[2]!.name = 'a'
        const error = await errorOf(async () => mode(Kept.objects).bulkUpdate(kept))
        assert(error instanceof BulkWriteError)
        expect(error.failures.map(({ index, code }) => [index, code])).toEqual([
          [1, 'STALE_DOCUMENT'],
          [2, 'UNIQUE_VIOLATION'],
        ])
        expect(error.stored).toEqual([kept[0], kept[3]])
        expect(kept.map(({ version }) => version)).toEqual([2, 1, 1, 2])
        expect(await mode(Kept.objects.orderBy('name').pluck('value')).all()).toEqual([2, 5, 1, 2])
      })

      if (!place.isOldEngine)
        test('in a transaction that is not committed documents are what they were', async () => {
          const all = await mode(cities).bulkCreate([{ name: 'a' }, { name: 'b' }])
          for (const city of all) city.people = 7
          const error =
            place.modeName === 'async'
              ? await errorOf(() =>
                  place.connection.transaction(async () => {
                    expect(await cities.bulkUpdate(all)).toBe(2)
                    throw new TypeError('no')
                  }),
                )
              : await errorOf(async () =>
                  place.connection.transactionSync(() => {
                    expect(cities.bulkUpdateSync(all)).toBe(2)
                    throw new TypeError('no')
                  }),
                )
          expect(error).toBeInstanceOf(TypeError)
          expect(all.map(({ isDirty }) => isDirty)).toEqual([true, true])
          expect(await mode(cities.filter({ people: 7 })).count()).toBe(0)
        })
    })

    describe('inBulk, and ids in a filter', () => {
      test('gives what is there by key', async () => {
        await mode(cities).bulkCreate([
          { id: 'a', name: 'a' },
          { id: 7, name: '7' },
          { id: '7', name: 'seven' },
        ])
        const one = await mode(cities).inBulk(['a', 7, '7', 'nobody', 'a'])
        expect([...one].map(([key, { name }]) => [key, name])).toEqual([
          ['a', 'a'],
          [7, '7'],
          ['7', 'seven'],
        ])
        expect((await mode(cities).inBulk([])).size).toBe(0)
        expect((await mode(cities.filter({ name: 'seven' })).inBulk(['a', '7'])).size).toBe(1)
        expect(await errorOf(async () => mode(cities).inBulk([true as never]))).toMatchObject({ code: 'INVALID_VALUE' })
      })

      test('what is not there is neither read, counted, changed nor made', async () => {
        await mode(cities).bulkCreate(['a', 'b', 'c'].map((name, people) => ({ id: name, name, people })))
        const some = cities.filter({ id__in: ['nobody', 'c', 'a', 'c'] })
        expect(await mode(some).count()).toBe(2)
        expect(await mode(some.filter({ people__gt: 0 })).count()).toBe(1)
        expect(await mode(some.orderBy('name').pluck('name')).all()).toEqual(['a', 'c'])
        expect(await mode(some.orderBy('-name').limit(1)).all()).toMatchObject([{ name: 'c' }])
        expect(await mode(some.limit(2)).count()).toBe(2)
        expect(await mode(cities.filter({ id__in: ['nobody'] })).exists()).toBe(false)
        expect(await mode(some).update({ people: 50 })).toBe(2)
        expect(await mode(cities.filter({ id: 'nobody' })).update({ people: 51 })).toBe(0)
        expect(await mode(cities.filter({ id: 'a', people: 50 })).update({ people: 52 })).toBe(1)
        expect(await mode(some.limit(1)).delete()).toBe(1)
        expect(await mode(some).delete()).toBe(1)
        expect(await stored()).toEqual(['b'])
      })

      if (!place.isOldEngine)
        test('sees what was written in the same transaction', async () => {
          await mode(cities).create({ id: 'old', name: 'old' })
          const names = (found: ReadonlyMap<unknown, City>) => [...found.values()].map(({ name }) => name)
          const ids = ['new', 'old', 'nobody']
          if (place.modeName === 'async') {
            await place.connection.transaction(async () => {
              await City.create({ id: 'new', name: 'new' })
              expect(names(await cities.inBulk(ids))).toEqual(['new', 'old'])
              expect(await cities.filter({ id__in: ids }).update({ people: 4 })).toBe(2)
              expect(await cities.filter({ id__in: ids, people: 4 }).count()).toBe(2)
            })
          } else {
            place.connection.transactionSync(() => {
              City.createSync({ id: 'new', name: 'new' })
              expect(names(cities.inBulkSync(ids))).toEqual(['new', 'old'])
              expect(cities.filter({ id__in: ids }).updateSync({ people: 4 })).toBe(2)
              expect(cities.filter({ id__in: ids, people: 4 }).countSync()).toBe(2)
            })
          }
          expect(await mode(cities.filter({ people: 4 })).count()).toBe(2)
        })

      test('those that are marked as deleted are not there', async () => {
        const [a, b] = await mode(Kept.objects).bulkCreate([{ name: 'a' }, { name: 'b' }])
        await mode(a!).delete()
        const both = Kept.objects.filter({ id__in: [a!.id, b!.id, 'nobody'] })
        expect(await mode(both).count()).toBe(1)
        expect(await mode(both.withDeleted()).count()).toBe(2)
        expect((await mode(Kept.objects).inBulk([a!.id, b!.id])).size).toBe(1)
        expect(await mode(both).update({ value: 9 })).toBe(1)
        expect(await mode(both).delete()).toBe(1)
        expect(await mode(both).delete()).toBe(0)
      })
    })
  },
  ['mem', 'ws', 'surrealkv'],
)

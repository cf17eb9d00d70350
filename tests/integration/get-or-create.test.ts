import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import {
  BeforeSave,
  Collection,
  ComputedField,
  Document,
  IntField,
  SoftDelete,
  StringField,
  surql,
  Versioned,
} from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { everywhere } from '../support/everywhere.js'
import { sentQueries } from '../support/sent-queries.js'
import { transact } from '../support/transact.js'

@Collection('goc_tag', { indexes: [{ fields: ['group', 'slot'], unique: true }] })
class Tag extends Document<Tag>() {
  @StringField({ unique: true }) name?: string
  @StringField() color?: string
  @IntField({ default: 1 }) uses?: number
  @StringField() group?: string
  @IntField() slot?: number
  @StringField() slug?: string
  @ComputedField(surql`string::uppercase(name ?? '')`, StringField()) readonly shout?: string

  @BeforeSave() makeSlug() {
    this.slug = this.name?.toLowerCase() ?? ''
  }
}

@Collection('goc_plain')
class Plain extends Document<Plain>() {
  @StringField() name?: string
}

@Collection('goc_kept')
class Kept extends Versioned(SoftDelete(Document<Kept>())) {
  @StringField({ unique: true }) name?: string
}

everywhere(
  'found, or made',
  (place) => {
    const { mode } = place
    const tags = Tag.objects

    const sent = (work: () => unknown): Promise<string[]> => sentQueries(place.connection, work)

    beforeAll(async () => {
      for (const model of [Tag, Plain, Kept]) await mode(model).defineTable()
    })

    beforeEach(async () => {
      await mode(tags.allowAll()).delete()
      await mode(Kept.objects.withDeleted().allowAll()).hardDelete()
    })

    describe('getOrCreate', () => {
      test('makes it once, with the values of the filter and the defaults', async () => {
        const first = await mode(tags).getOrCreate({ name: 'New' }, { color: 'red' })
        expect(first).toMatchObject({ created: true, document: { name: 'New', color: 'red', uses: 1, slug: 'new' } })
        const second = await mode(tags).getOrCreate({ name: 'New' }, { color: 'blue' })
        expect(second.created).toBe(false)
        expect(second.document.equals(first.document)).toBe(true)
        expect(second.document.color).toBe('red')
        expect((await mode(tags).getOrCreate({ id: 'x', name: 'X' })).document.id.id).toBe('x')
        expect((await mode(tags).getOrCreate({ id: 'x', name: 'X' })).created).toBe(false)
      })

      test('is one round trip for what is there, and two for what is made', async () => {
        expect(await sent(() => mode(tags).getOrCreate({ name: 'a' }))).toHaveLength(2)
        expect(await sent(() => mode(tags).getOrCreate({ name: 'a' }))).toHaveLength(1)
      })

      test('several are an error, and so is what no document can be made of', async () => {
        for (const color of ['red', 'red']) await mode(tags).create({ color })
        const code = async (work: () => unknown) => (await errorOf(async () => work())).code
        expect(await code(() => mode(tags).getOrCreate({ color: 'red' }))).toBe('MULTIPLE_OBJECTS_RETURNED')
        for (const filter of [{ uses__gt: 1 }, {}, { name__len: 3 }, 5])
          expect(await code(() => mode(tags).getOrCreate(filter as never))).toBe('INVALID_VALUE')
        expect(await code(() => mode(tags).getOrCreate({ nope: 1 } as never))).toBe('UNKNOWN_FIELD')
        expect(await code(() => mode(tags).getOrCreate({ name: undefined }))).toBe('UNDEFINED_VALUE')
        const exact = { name__exact: 'exact' } as object
        expect((await mode(tags).getOrCreate(exact)).document.name).toBe('exact')
      })

      test('what another one made in between is taken', async () => {
        const theirs = await mode(tags).create({ name: 'late' })
        const { connection } = place
        for (const method of ['execute', 'executeSync'] as const) {
          // the first look comes too early
          jest
            .spyOn(connection, method)
            .mockReturnValueOnce((method === 'execute' ? Promise.resolve([[]]) : [[]]) as never)
        }
        try {
          const { document, created } = await mode(tags).getOrCreate({ name: 'late' })
          expect([created, document.equals(theirs)]).toEqual([false, true])
        } finally {
          jest.restoreAllMocks()
        }
      })

      test('a value that is taken by a record it does not see is the error it is', async () => {
        const kept = await mode(Kept.objects).create({ name: 'gone' })
        await mode(kept).delete()
        expect(await errorOf(async () => mode(Kept.objects).getOrCreate({ name: 'gone' }))).toMatchObject({
          code: 'UNIQUE_VIOLATION',
        })
      })

      if (!place.isOldEngine)
        test('works in a transaction', async () => {
          const made = await transact(place, function* () {
            const first = (yield mode(tags).getOrCreate({ name: 'tx' })) as { created: boolean }
            const second = (yield mode(tags).getOrCreate({ name: 'tx' })) as { created: boolean }
            return [first.created, second.created]
          })
          expect(made).toEqual([true, false])
          expect(await mode(tags).count()).toBe(1)
        })

      if (place.modeName === 'async') {
        test('of fifty at the same time, one makes it', async () => {
          const all = await Promise.all(
            Array.from({ length: 50 }, (_, slot) => tags.getOrCreate({ name: 'same' }, { slot })),
          )
          expect(all.filter(({ created }) => created)).toHaveLength(1)
          expect(new Set(all.map(({ document }) => String(document.id))).size).toBe(1)
          expect(await tags.count()).toBe(1)
        }, 30_000)

        if (!place.isOldEngine)
          test('of ten transactions at the same time, one makes it', async () => {
            const all = await Promise.all(
              Array.from({ length: 10 }, () =>
                place.connection.transaction(() => tags.getOrCreate({ name: 'same' }), { retries: 20 }),
              ),
            )
            expect(all.filter(({ created }) => created)).toHaveLength(1)
            expect(await tags.count()).toBe(1)
          }, 30_000)
      }
    })

    describe('updateOrCreate', () => {
      test('sets fields of the one that is there, or makes it', async () => {
        const fields = { update: { color: 'red' }, create: { uses: 7 } }
        const made = await mode(tags).updateOrCreate({ name: 'a' }, fields)
        expect(made).toMatchObject({ created: true, document: { name: 'a', color: 'red', uses: 7 } })
        await mode(made.document).update({ uses: 8, color: 'x' })
        const found = await mode(tags).updateOrCreate({ name: 'a' }, fields)
        expect(found).toMatchObject({ created: false, document: { name: 'a', color: 'red', uses: 8 } })
        expect(await mode(tags).get()).toMatchObject({ color: 'red', uses: 8 })
        expect((await mode(tags).updateOrCreate({ name: 'a' })).created).toBe(false)
        const computed = { update: { shout: 'A' } }
        expect(await errorOf(async () => mode(tags).updateOrCreate({ name: 'a' }, computed))).toMatchObject({
          issues: [{ path: ['shout'], code: 'computed' }],
        })
        const wrong = { update: { nope: 1 } } as never
        expect(await errorOf(async () => mode(tags).updateOrCreate({ name: 'a' }, wrong))).toMatchObject({
          code: 'UNKNOWN_FIELD',
        })
      })
    })

    describe('upsert', () => {
      test('by id, in one round trip, what is not given stays', async () => {
        const queries = await sent(async () => {
          await mode(tags).upsert({ id: 'a', name: 'a', color: 'red', uses: 5 })
          expect(await mode(tags).upsert({ id: 'a', color: 'blue' })).toMatchObject({
            name: 'a',
            color: 'blue',
            uses: 5,
          })
        })
        expect(queries).toHaveLength(2)
        expect(queries[1]).toBe('INSERT INTO `goc_tag` $p0 ON DUPLICATE KEY UPDATE `color` = $input.`color`')
        expect(await mode(Tag).get('a')).toMatchObject({ name: 'a', color: 'blue', uses: 5 })
      })

      test('by a unique field, or several that are unique together', async () => {
        const first = await mode(tags).upsert({ name: 'a', color: 'red' })
        expect((await mode(tags).upsert({ name: 'a', color: 'blue' })).equals(first)).toBe(true)
        const slot = await mode(tags).upsert({ group: 'g', slot: 1, color: 'x' })
        expect((await mode(tags).upsert({ group: 'g', slot: 1, color: 'y' })).equals(slot)).toBe(true)
        expect(await mode(tags.orderBy('color').pluck('color')).all()).toEqual(['blue', 'y'])
      })

      test('the version goes on', async () => {
        await mode(Kept.objects).upsert({ id: 'v', name: 'a' })
        await mode(Kept.objects).upsert({ id: 'v', name: 'b' })
        expect(await mode(Kept).get('v')).toMatchObject({ name: 'b', version: 2 })
      })

      test('the error is that of the row; without anything to know the record by, nothing is sent', async () => {
        await mode(tags).create({ id: 'a', name: 'a' })
        expect(await errorOf(async () => mode(tags).upsert({ id: 'b', name: 'a' }))).toMatchObject({
          code: 'UNIQUE_VIOLATION',
        })
        const queries = await sent(async () => {
          const plain = await errorOf(async () => mode(Plain.objects).upsert({ name: 'x' }))
          const half = await errorOf(async () => mode(tags).upsert({ group: 'g' }))
          expect([plain.code, half.code]).toEqual(['INVALID_VALUE', 'INVALID_VALUE'])
        })
        expect(queries).toEqual([])
      })
    })
  },
  ['mem', 'ws'],
)

import { expect, test } from '@jest/globals'
import {
  Collection,
  Document,
  Incoming,
  IncomingReferenceField,
  IntField,
  ListField,
  LookupError,
  RecordId,
  ReferenceField,
  RelationDocument,
  SoftDelete,
  StringField,
  type Ref,
  UnsupportedError,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'
import { sentQueries } from '../support/sent-queries.js'

@Collection('prefetch_city')
class City extends Document<City>() {
  @StringField() name?: string
}

@Collection('prefetch_writer')
class Writer extends Document<Writer>() {
  @StringField({ required: true }) name!: string
  @ReferenceField(() => City) city?: Ref<City>
  @ListField(ReferenceField(() => City)) visited?: Ref<City>[]
  @IncomingReferenceField(() => Text, 'writer') readonly texts?: Ref<Text>[]
}

@Collection('prefetch_text')
class Text extends Document<Text>() {
  @IntField({ required: true }) rank!: number
  @StringField({ index: true }) kind?: string
  @ReferenceField(() => Writer, { onDelete: 'unset' }) writer?: Ref<Writer>
  @ListField(ReferenceField(() => Writer)) readers?: Ref<Writer>[]
}

@Collection('prefetch_note')
class Note extends SoftDelete(Document<Note>()) {
  @ReferenceField(() => Writer) writer?: Ref<Writer>
}

@Collection('prefetch_likes', { in: () => Writer, out: () => [Text, City] })
class Likes extends RelationDocument<Likes>() {
  @IntField() weight?: number
}

@Collection('prefetch_missing')
class Missing extends Document<Missing>() {
  @ReferenceField(() => Writer) writer?: Ref<Writer>
}

const gone = new RecordId('prefetch_city', 'gone')
const ranks = (texts: readonly { readonly rank: number }[]): number[] => texts.map(({ rank }) => rank)

everywhere(
  'prefetch',
  (place) => {
    const { mode } = place

    test('50 parents with what belongs to them are two round trips, whatever is limited', async () => {
      // where links are not followed back, tables are what is written to them
      if (place.isOldEngine) await expect((async () => mode(Writer).defineTable())()).rejects.toThrow(UnsupportedError)
      for (const model of place.isOldEngine ? [City, Likes] : [City, Writer, Text, Likes])
        await mode(model).defineTable()
      await mode(City.objects).bulkCreate([
        { id: 'paris', name: 'Paris' },
        { id: 'rome', name: 'Rome' },
      ])
      const writers = Array.from({ length: 50 }, (_, index) => ({
        id: index,
        name: `w${String(index).padStart(2, '0')}`,
        city: index % 2 ? new RecordId('prefetch_city', 'paris') : new RecordId('prefetch_city', 'rome'),
      }))
      await mode(Writer.objects).bulkCreate(writers)
      // of each writer but the last, four texts
      const texts = writers.slice(0, 49).flatMap(({ id }) =>
        [0, 1, 2, 3].map((rank) => ({
          id: id * 10 + rank,
          rank,
          kind: rank === 3 ? 'draft' : 'final',
          writer: new RecordId('prefetch_writer', id),
        })),
      )
      await mode(Text.objects).bulkCreate(texts)

      const all = Writer.objects.orderBy('name')
      const counts = async (work: () => unknown) => (await sentQueries(place.connection, work)).length
      const along = all.prefetch('city').prefetch({
        texts2: Incoming(Text.objects.filter({ kind: 'final' }).orderBy('-rank').limit(2), 'writer'),
      })
      let found: readonly object[] = []
      expect(await counts(async () => (found = await mode(along).all()))).toBe(2)
      const loaded = found as readonly { city: City; texts2: Text[]; isDirty: boolean }[]
      expect(loaded).toHaveLength(50)
      expect(loaded.map(({ city }) => city.name)).toEqual(writers.map((_, index) => (index % 2 ? 'Paris' : 'Rome')))
      expect(loaded.slice(0, 49).every(({ texts2 }) => String(ranks(texts2)) === '2,1')).toBe(true)
      expect(loaded[49]!.texts2).toEqual([])
      expect(loaded[0]!.texts2[0]).toBeInstanceOf(Text)
      expect(loaded.every(({ isDirty }) => !isDirty)).toBe(true)

      const unlimited = all.prefetch({ mine: Incoming(Text.objects.orderBy('rank'), 'writer') })
      const queries = await sentQueries(place.connection, () => mode(unlimited).all())
      expect(queries).toEqual([
        place.isOldEngine
          ? 'SELECT * FROM (SELECT * FROM `prefetch_writer`) ORDER BY `name` ASC'
          : 'SELECT * FROM `prefetch_writer` WITH NOINDEX ORDER BY `name` ASC',
        'SELECT *, [`writer`] AS `$owners` FROM (SELECT * FROM `prefetch_text` WHERE (`writer` IN $p0)) ORDER BY `rank` ASC',
      ])
      // none, and none that links anywhere
      expect(await counts(() => mode(all.filter({ name: 'nobody' }).prefetch('city')).all())).toBe(1)
      expect(await counts(() => mode(all.limit(3).prefetch('visited')).all())).toBe(1)
      // nested
      const nested = all.limit(5).prefetch({
        mine: Incoming(Text.objects.limit(1).prefetch({ writer: Writer.objects.prefetch('city') }), 'writer'),
      })
      expect(await counts(() => mode(nested).all())).toBe(4)
      expect((await mode(nested).first())!.mine[0]!.writer).toMatchObject({ name: 'w00', city: { name: 'Rome' } })
    })

    test('links become documents in their place, also those of lists; what is not found stays an id', async () => {
      const rome = new RecordId('prefetch_city', 'rome')
      const ann = await mode(Writer).create({ id: 'ann', name: 'Ann', city: gone, visited: [rome, gone, rome] })
      const found = await mode(Writer.objects.filter({ name: 'Ann' }).prefetch('city', 'visited')).get()
      expect(found.city).toEqual(gone)
      expect(found.visited?.map((city) => city.name)).toEqual(['Rome', undefined, 'Rome'])
      expect(found.visited?.[1]).toEqual(gone)
      expect(found.isDirty).toBe(false)
      found.visited![0]!.name = 'Roma'
      await mode(found.visited![0]!).save()
      expect(found.isDirty).toBe(false)
      found.visited!.pop()
      await mode(found).save()
      expect((await mode(Writer).get('ann')).visited).toEqual([rome, gone])

      const left = await mode(
        Writer.objects.filter({ name: 'Ann' }).prefetch({ visited: City.objects.filter({ name: 'x' }).only('name') }),
      ).get()
      expect(left.visited).toEqual([rome, gone])
      const named = Writer.objects.prefetch({ city: City.objects.only('name') }).filter({ name: 'w01' })
      const city = (await mode(named).get()).city
      expect(city).toMatchObject({ name: 'Paris' })

      // the links that the database finds
      const text = await mode(Text).create({ id: 'of ann', rank: 7, writer: ann })
      if (place.isOldEngine) return
      const withTexts = await mode(Writer.objects.filter({ name: 'Ann' }).prefetch('texts')).get()
      expect(withTexts.texts!.map(({ rank }) => rank)).toEqual([7])
      expect(withTexts.texts![0]!.id).toEqual(text.id)
    })

    test('plain rows have it, too; documents have it beside their fields', async () => {
      const ann = Writer.objects.filter({ name: 'Ann' })
      const mine = Incoming(Text.objects.values('rank'), 'writer')
      const plain = await mode(ann.values('id', 'name', 'city').prefetch({ mine }).prefetch('city')).get()
      expect(Object.keys(plain)).toEqual(['id', 'name', 'city', 'mine'])
      expect(plain.mine).toEqual([{ rank: 7 }])
      expect(JSON.parse(JSON.stringify(plain))).toMatchObject({ mine: [{ rank: 7 }] })
      const document = await mode(ann.prefetch({ mine })).get()
      expect(document.mine).toEqual([{ rank: 7 }])
      expect(document.toJSON()).not.toHaveProperty('mine')
      expect(document.changes()).toEqual({})
      expect(await mode(ann.only('name').prefetch({ mine })).get()).toMatchObject({ name: 'Ann', mine: [{ rank: 7 }] })
      expect(await mode(ann.prefetch({ mine })).count()).toBe(1)
    })

    test('goes over lists of links, edges, and records that are marked as deleted', async () => {
      const [ann, one] = [await mode(Writer).get('ann'), await mode(Writer).get(1)]
      await mode(Text).create({ id: 'read', rank: 9, readers: [ann, one, ann] })
      await mode(Text).create({ id: 'read too', rank: 8, readers: [ann] })
      const readers = Writer.objects.filter({ id__in: [ann.id, one.id] }).orderBy('name')
      const texts = Text.objects.orderBy('rank')
      const read = await mode(readers.prefetch({ read: Incoming(texts, 'readers') })).all()
      expect(read.map((reader) => ranks(reader.read))).toEqual([[8, 9], [9]])
      const first = await mode(readers.prefetch({ read: Incoming(texts.limit(1), 'readers') })).all()
      expect(first.map((reader) => ranks(reader.read))).toEqual([[8], [9]])

      const text = await mode(Text).get('read')
      await mode(ann).relate(Likes, text, { weight: 2 })
      await mode(ann).relate(Likes, await mode(City).get('rome'), { weight: 1 })
      await mode(one).relate(Likes, text, { weight: 3 })
      const likes = Likes.objects.orderBy('-weight')
      const ends = (edges: readonly { readonly out: unknown }[]) => edges.map(({ out }) => out)
      const out = await mode(readers.prefetch({ likes: Incoming(likes.prefetch('out'), 'in') })).all()
      expect(out.map((reader) => reader.likes.map(({ weight }) => weight))).toEqual([[2, 1], [3]])
      expect(ends(out[0]!.likes)[0]).toBeInstanceOf(Text)
      expect(ends(out[0]!.likes)[1]).toBeInstanceOf(City)
      const limited = await mode(readers.prefetch({ likes: Incoming(likes.limit(1), 'in') })).all()
      expect(limited.map((reader) => reader.likes.map(({ weight }) => weight))).toEqual([[2], [3]])
      const liked = Text.objects.filter({ rank: 9 }).prefetch({ likedBy: Incoming(likes.prefetch('in'), 'out') })
      expect((await mode(liked).get()).likedBy.map((edge) => (edge.in as Writer).name)).toEqual(['w01', 'Ann'])

      await mode(Note.objects).bulkCreate([
        { id: 1, writer: ann },
        { id: 2, writer: ann },
      ])
      await mode(Note.objects.filter({ id: 1 })).delete()
      const noted = readers.prefetch({ notes: Incoming(Note.objects, 'writer') })
      expect((await mode(noted).all()).map(({ notes }) => notes.map(({ id }) => id.id))).toEqual([[2], []])
    })

    if (!place.isOldEngine)
      test('of a table that is not there is nothing; inside of a transaction it is what was written there', async () => {
        const ann = Writer.objects.filter({ name: 'Ann' })
        const both = ann.prefetch('texts').prefetch({ missing: Incoming(Missing.objects, 'writer') })
        const found = await mode(both).get()
        expect(found.missing).toEqual([])
        expect(found.texts!.map(({ rank }) => rank)).toEqual([7])
        const ids = place.connection.transactionSync(() => {
          Text.createSync({ id: 'new', rank: 70, kind: 'new', writer: new RecordId('prefetch_writer', 'ann') })
          return ann.prefetch({ mine: Incoming(Text.objects.filter({ kind: 'new' }), 'writer') }).getSync().mine
        })
        expect(ids.map(({ id }) => String(id))).toEqual(['prefetch_text:new'])
      })

    test('refuses what it cannot load, before anything is sent', async () => {
      const refused = [
        () => Writer.objects.prefetch('name' as never),
        () => Writer.objects.prefetch('nope' as never),
        () => Writer.objects.prefetch(),
        () => Writer.objects.prefetch({ city: Text.objects } as never),
        () => Writer.objects.prefetch({ city: City.objects.limit(1) }),
        () => Writer.objects.prefetch({ city: City.objects.values('name') }),
        () => Writer.objects.prefetch({ city: 'x' } as never),
        () => Writer.objects.prefetch({ name: Incoming(Text.objects, 'writer') } as never),
        () => Writer.objects.prefetch({ mine: Incoming(Text.objects, 'kind' as never) }),
        () => Writer.objects.prefetch({ mine: Incoming(Text.objects, 'nope' as never) }),
        () => City.objects.prefetch({ mine: Incoming(Text.objects, 'writer') }),
        () => Writer.objects.prefetch({ mine: Incoming(Text.objects.pluck('rank'), 'writer') }),
      ]
      for (const work of refused) expect(work).toThrow(LookupError)
      const queries = await sentQueries(place.connection, async () => {
        const mine = Incoming(Text.objects, 'writer')
        const plain = Writer.objects.values('name').prefetch({ mine })
        await expect((async () => mode(plain).all())()).rejects.toThrow(LookupError)
        const values = Writer.objects.pluck('name').prefetch({ mine })
        await expect((async () => mode(values).all())()).rejects.toThrow(LookupError)
      })
      expect(queries).toEqual([])
    })
  },
  ['mem', 'ws'],
)

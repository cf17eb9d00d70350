import { beforeAll, expect, test } from '@jest/globals'
import {
  ArrayCollect,
  Avg,
  Collection,
  Count,
  Decimal,
  DecimalField,
  DistinctCount,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  F,
  First,
  GroupConcat,
  IntField,
  ListField,
  literal,
  Max,
  Q,
  ReferenceField,
  SetField,
  StringField,
  Sum,
  type Ref,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'

@Collection('annotations_maker')
class Maker extends Document<Maker>() {
  @StringField() name?: string
}

@Embeddable()
class Size extends EmbeddedDocument<Size>() {
  @IntField() width?: number
}

@Embeddable()
class Item extends EmbeddedDocument<Item>() {
  @StringField({ dbField: 'article' }) sku?: string
  @DecimalField() price?: Decimal
  @EmbeddedField(() => Size) size?: Size
  @ReferenceField(() => Maker) maker?: Ref<Maker>
}

@Collection('annotations_order')
class Order extends Document<Order>() {
  @StringField({ dbField: 'title' }) name?: string | null
  @IntField() rank?: number
  @ListField(StringField()) tags?: string[] | null
  @SetField(IntField()) numbers?: Set<number>
  @ListField(EmbeddedField(() => Item)) items?: Item[]
}

everywhere(
  'annotate()',
  (place) => {
    const { mode } = place
    const sums = Order.objects.annotate({
      length: 'name__len',
      tagCount: Count('tags'),
      total: Sum('items__price'),
      mean: Avg('items__price'),
      widest: Max('items__size__width'),
      makers: ArrayCollect('items__maker__name'),
      articles: GroupConcat('items__sku', '+'),
      kinds: DistinctCount('items__sku'),
      numberSum: Sum('numbers'),
      firstTag: First('tags'),
    })

    beforeAll(async () => {
      await mode(Maker).defineTable()
      await mode(Order).defineTable()
      const maker = await mode(Maker).create({ id: 'acme', name: 'Acme' })
      await mode(Order).create({
        id: 1,
        name: 'four',
        rank: 3,
        tags: ['x', 'y'],
        numbers: new Set([1, 2]),
        items: [
          new Item({ sku: 'a', price: new Decimal('0.10'), maker, size: new Size({ width: 4 }) }),
          new Item({ sku: 'b', price: new Decimal('0.20'), size: new Size({}) }),
          new Item({ sku: 'a' }),
        ],
      })
      await mode(Order).create({ id: 2, name: 'sixsix', rank: 2, tags: [], numbers: new Set(), items: [] })
      await mode(Order).create({ id: 3, rank: 1 })
      await mode(Order).create({ id: 4, name: null, rank: 0, tags: null })
    })

    const values = {
      length: 4,
      tagCount: 2,
      total: new Decimal('0.3'),
      mean: new Decimal('0.15'),
      widest: 4,
      makers: ['Acme'],
      articles: 'a+b+a',
      kinds: 2,
      numberSum: 3,
      firstTag: 'x',
    }
    const ofNothing = {
      length: undefined,
      tagCount: 0,
      total: new Decimal(0),
      mean: null,
      widest: null,
      makers: [],
      articles: null,
      kinds: 0,
      numberSum: 0,
      firstTag: null,
    }
    const namesOf = Object.keys(values) as (keyof typeof values)[]
    const made = (row: object) => Object.fromEntries(namesOf.map((name) => [name, (row as typeof values)[name]]))

    test('values come with documents, and are neither listed nor saved', async () => {
      const [first, second, third, fourth] = await mode(sums.orderBy('id')).all()
      expect(first).toBeInstanceOf(Order)
      expect(made(first!)).toEqual(values)
      expect(made(second!)).toEqual({ ...ofNothing, length: 6 })
      expect(made(third!)).toEqual(ofNothing)
      expect(made(fourth!)).toEqual(ofNothing)
      expect(Object.keys(first!)).not.toContain('total')
      expect(first!.isDirty).toBe(false)
      expect(first!.toObject()).not.toHaveProperty('tagCount')
      first!.rank = 30
      await mode(first!).save()
      expect((await mode(Order).get(1)).rank).toBe(30)
    })

    test('with values(), whichever is called first', async () => {
      const rows = await mode(sums.filter({ id: 1 }).values('rank', 'total', 'length')).all()
      expect(rows).toEqual([{ rank: 30, total: new Decimal('0.3'), length: 4 }])
      const later = Order.objects.filter({ id: 2 }).values('rank').annotate({ length: 'name__len' })
      expect(await mode(later).all()).toEqual([{ rank: 2, length: 6 }])
      expect(await mode(sums.filter({ id: 1 }).values()).first()).toMatchObject(values)
      expect(await mode(sums.orderBy('-length').pluck('length')).all()).toEqual([6, 4, undefined, undefined])
      expect(made((await mode(sums.only('rank').filter({ id: 1 })).first())!)).toEqual(values)
    })

    test('filters, orders, groups and further values name them', async () => {
      const ids = async (queryset: typeof sums) => (await mode(queryset).all()).map(({ id }) => id.id)
      expect(await ids(sums.filter({ tagCount__gt: 1 }))).toEqual([1])
      expect(await ids(sums.filter(Q({ length: 6 }).or({ total__gt: new Decimal('0.2') })).orderBy('-length'))).toEqual(
        [2, 1],
      )
      expect(await ids(sums.exclude({ length__gte: 5 }).orderBy('-total', '-rank').limit(2))).toEqual([1, 3])
      expect(await ids(sums.filter({ rank__gte: 0 }).orderBy('-length').limit(1))).toEqual([2])
      expect(await mode(sums.filter({ length__isnull: true })).count()).toBe(2)
      expect(await mode(sums.orderBy('length').limit(3)).count()).toBe(3)
      expect((await mode(sums.orderBy('length')).last())!.length).toBe(6)
      expect(
        await mode(
          sums
            .groupBy('tagCount')
            .aggregate({ n: Count(), most: Max('length') })
            .orderBy('tagCount'),
        ).all(),
      ).toEqual([
        { tagCount: 0, n: 3, most: 6 },
        { tagCount: 2, n: 1, most: 4 },
      ])
      expect(await mode(sums).sum('tagCount')).toBe(2)
      expect(await mode(sums.values('tagCount').distinct().orderBy('-tagCount')).all()).toEqual([
        { tagCount: 2 },
        { tagCount: 0 },
      ])
      const further = sums.annotate({ same: 'length', longest: 'firstTag__len' })
      const { same, longest, length } = (await mode(further.filter({ id: 1 })).first())!
      expect({ same, longest, length }).toEqual({ same: 4, longest: 1, length: 4 })
    })

    test('a field that gets a second name keeps its own, and values that are made alike are both there', async () => {
      const twice = Order.objects.annotate({ again: 'rank', position: 'rank', one: 'name__len', other: 'name__len' })
      const found = await mode(twice.filter({ rank__gte: 1 }).orderBy('-again', 'other')).all()
      expect(found.map(({ rank, again, position, one, other }) => ({ rank, again, position, one, other }))).toEqual([
        { rank: 30, again: 30, position: 30, one: 4, other: 4 },
        { rank: 2, again: 2, position: 2, one: 6, other: 6 },
        { rank: 1, again: 1, position: 1, one: undefined, other: undefined },
      ])
      const part = Order.objects.only('rank').annotate({ again: 'rank', other: 'name__len' }).orderBy('-again').limit(1)
      const [first] = await mode(part).all()
      expect([first!.rank, first!.again, first!.other]).toEqual([30, 30, 4])
      const lists = Order.objects.annotate({ skus: ArrayCollect('items__sku') })
      expect((await mode(lists.orderBy('-skus').limit(1)).all())[0]!.skus).toEqual(['a', 'b', 'a'])
    })

    const told = Order.objects.annotate({
      upper: (order) => order.name.uppercase(),
      isLong: (order) => order.name.len().gt(4),
      next: F('rank').add(1),
      most: (order) => order.numbers.max(),
      fixed: literal('x'),
      tagCount: Count('tags'),
    })

    test('expressions, and what they are made of may be missing', async () => {
      const found = await mode(told.orderBy('id')).all()
      const shown = found.map(({ upper, isLong, next, most, fixed }) => ({ upper, isLong, next, most, fixed }))
      expect(shown).toEqual([
        { upper: 'FOUR', isLong: false, next: 31, most: 2, fixed: 'x' },
        { upper: 'SIXSIX', isLong: true, next: 3, most: undefined, fixed: 'x' },
        { upper: undefined, isLong: false, next: 2, most: undefined, fixed: 'x' },
        { upper: undefined, isLong: false, next: 1, most: undefined, fixed: 'x' },
      ])
    })

    test('filters, where(), orders, values and further expressions name them', async () => {
      const ids = async (queryset: typeof told) => (await mode(queryset).all()).map(({ id }) => id.id)
      expect(await ids(told.filter({ isLong: true, upper__startswith: 'SIX' }))).toEqual([2])
      expect(await ids(told.where((order) => order.upper.startsWith('F').or(order.isLong)).orderBy('upper'))).toEqual([
        1, 2,
      ])
      expect(await ids(told.orderBy('-upper', '-next').limit(3))).toEqual([2, 1, 3])
      expect(await ids(told.orderBy('-upper__len', 'id').limit(2))).toEqual([2, 1])
      expect(await mode(told.filter({ id: 1 }).values('upper', 'next')).all()).toEqual([{ upper: 'FOUR', next: 31 }])
      const further = told.annotate({ whole: (order) => order.upper.concat('!', order.fixed) })
      expect(await mode(further.orderBy('-whole').pluck('whole')).first()).toBe('SIXSIX!x')
    })

    test('documents with some of their fields have them all', async () => {
      const [first] = await mode(told.only('rank').filter({ id: 1 })).all()
      expect([first!.rank, first!.upper, first!.tagCount]).toEqual([30, 'FOUR', 2])
      const [second] = await mode(told.omit('rank', 'items').filter({ id: 2 })).all()
      expect([second!.name, second!.upper, second!.tagCount]).toEqual(['sixsix', 'SIXSIX', 0])
      expect((second as unknown as Order).rank).toBeUndefined()
    })

    test('cursors and iterate() go by them', async () => {
      for (const queryset of [
        told.orderBy('-upper', 'tagCount'),
        told.orderBy('upper__len', '-next'),
        told.orderBy('isLong'),
        Order.objects.annotate({ again: 'rank' }).orderBy('again'),
        Order.objects.orderBy('-name__len', 'tags__len'),
      ] as (typeof Order.objects)[]) {
        const all = (await mode(queryset).all()).map(({ id }) => id.id)
        const seen: unknown[] = []
        for (let after: string | null = null, more = true; more;) {
          const page = await mode(queryset).cursor({ first: 1, after })
          seen.push(...page.items.map(({ id }) => id.id))
          after = page.endCursor
          more = page.hasNext
        }
        expect(seen).toEqual(all)
        const iterated: unknown[] = []
        for await (const { id } of mode(queryset).iterate({ batchSize: 3 })) iterated.push(id.id)
        expect(iterated).toEqual(all)
      }
    })

    test('a slice is written to by its order', async () => {
      expect(await mode(sums.orderBy('-length').limit(1)).update({ rank: 99 })).toBe(1)
      expect((await mode(Order).get(2)).rank).toBe(99)
    })
  },
  ['mem', 'ws'],
)

import { beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import {
  ArrayCollect,
  Avg,
  Collection,
  Count,
  CountIf,
  DateTimeField,
  Decimal,
  DecimalField,
  Distinct,
  DistinctCount,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  First,
  FloatField,
  GroupConcat,
  IntField,
  Last,
  ListField,
  Max,
  Median,
  Min,
  Percentile,
  Q,
  ReferenceField,
  StdDev,
  StringField,
  Sum,
  SumIf,
  Variance,
  type Ref,
} from '../../src/index.js'
import { everywhere, type Place } from '../support/everywhere.js'

@Embeddable()
class Address extends EmbeddedDocument<Address>() {
  @StringField({ dbField: 'town' }) city?: string | null
}

@Collection('aggregates_shop')
class Shop extends Document<Shop>() {
  @StringField() name?: string
}

/** Columns that are called as the values of a group are inside a statement: they must not be taken for them. */
@Collection('aggregates_order')
class Order extends Document<Order>() {
  @IntField() place!: number
  @StringField({ dbField: 'list0' }) kind?: string | null
  @EmbeddedField(() => Address) address?: Address
  @IntField({ dbField: 'key0' }) amount?: number | bigint | null
  @FloatField() weight?: number | null
  @DecimalField({ dbField: 'kind' }) price?: Decimal | null
  @DateTimeField() placed?: Date | null
  @StringField({ dbField: 'total' }) note?: string | null
  @ListField(StringField()) tags?: string[] | null
  @ReferenceField(() => Shop) shop?: Ref<Shop>
}

@Collection('aggregates_never')
class Never extends Document<Never>() {
  @StringField() kind?: string
  @IntField() amount?: number
  @DecimalField() price?: Decimal
}

const EVERY = {
  rows: Count(),
  amounts: Count('amount'),
  large: CountIf({ amount__gt: 2 }),
  mixed: CountIf(Q({ kind: 'a' }).or({ weight__lt: 1 })),
  sum: Sum('amount'),
  sumIf: SumIf('amount', { kind: 'a' }),
  weight: Sum('weight'),
  price: Sum('price'),
  avg: Avg('amount'),
  avgPrice: Avg('price'),
  min: Min('amount'),
  max: Max('weight'),
  minPrice: Min('price'),
  first: Min('placed'),
  last: Max('placed'),
  maxNote: Max('note'),
  median: Median('amount'),
  stdDev: StdDev('weight'),
  variance: Variance('amount'),
  p0: Percentile('amount', 0),
  p90: Percentile('amount', 90),
  distinct: Distinct('note'),
  distinctCount: DistinctCount('amount'),
  collected: ArrayCollect('tags'),
  amountsInOrder: ArrayCollect('amount'),
  joined: GroupConcat('note', ' | '),
  firstNote: First('note'),
  lastTags: Last('tags'),
  cities: DistinctCount('address__city'),
  lengths: Sum('note__len'),
}

interface Data {
  kind?: string | null | undefined
  city?: string | null | undefined
  amount?: number | null | undefined
  weight?: number | null | undefined
  price?: string | null | undefined
  placed?: Date | null | undefined
  note?: string | null | undefined
  tags?: string[] | null | undefined
}

const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null | undefined> =>
  fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(null, undefined) })

const data: fc.Arbitrary<Data> = fc.record({
  kind: optional(fc.constantFrom('a', 'b', '')),
  city: optional(fc.constantFrom('Paris', 'Lyon')),
  amount: optional(fc.integer({ min: -3, max: 5 })),
  weight: optional(fc.integer({ min: -8, max: 8 }).map((eighths) => eighths / 8)),
  price: optional(fc.integer({ min: -500, max: 500 }).map((cents) => (cents / 100).toFixed(2))),
  placed: optional(
    fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true }),
  ),
  note: optional(fc.constantFrom('', 'x', 'yy', 'é', "'; DROP")),
  tags: optional(fc.array(fc.constantFrom('p', 'q'), { maxLength: 2 })),
})

const present = <Key extends keyof Data>(rows: readonly Data[], key: Key): NonNullable<Data[Key]>[] =>
  rows.flatMap((row) => (row[key] === undefined || row[key] === null ? [] : [row[key] as NonNullable<Data[Key]>]))

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
const mean = (numbers: readonly number[]): number | null => (numbers.length > 0 ? sum(numbers) / numbers.length : null)
function least<Value>(values: readonly Value[], isBetter = (one: Value, other: Value) => one < other): Value | null {
  const [first, ...others] = values
  return first === undefined ? null : others.reduce((best, each) => (isBetter(each, best) ? each : best), first)
}
const greatest = <Value>(values: readonly Value[]): Value | null => least(values, (one, other) => one > other)

function variance(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null
  if (numbers.length === 1) return 0
  const middle = mean(numbers)!
  return sum(numbers.map((each) => (each - middle) ** 2)) / (numbers.length - 1)
}

function percentile(numbers: readonly number[], percentage: number): number | null {
  if (numbers.length === 0) return null
  const sorted = [...numbers].sort((left, right) => left - right)
  const place = ((sorted.length - 1) * percentage) / 100
  const below = sorted[Math.floor(place)]!
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place))
}

const root = (number: number | null): number | null => (number === null ? null : Math.sqrt(number))
const cents = (texts: readonly string[]): number[] => texts.map((each) => Math.round(Number(each) * 100))

/** What SQL says of these rows; decimals as numbers. */
function oracle(rows: readonly Data[]): Record<keyof typeof EVERY, unknown> {
  const amounts = present(rows, 'amount')
  const weights = present(rows, 'weight')
  const prices = cents(present(rows, 'price'))
  const notes = present(rows, 'note')
  const tags = present(rows, 'tags')
  const placed = present(rows, 'placed')
  return {
    rows: rows.length,
    amounts: amounts.length,
    large: amounts.filter((each) => each > 2).length,
    mixed: rows.filter(({ kind, weight }) => kind === 'a' || (typeof weight === 'number' && weight < 1)).length,
    sum: sum(amounts),
    sumIf: sum(
      present(
        rows.filter(({ kind }) => kind === 'a'),
        'amount',
      ),
    ),
    weight: sum(weights),
    price: sum(prices) / 100,
    avg: mean(amounts),
    avgPrice: prices.length > 0 ? mean(prices)! / 100 : null,
    min: least(amounts),
    max: greatest(weights),
    minPrice: prices.length > 0 ? least(prices)! / 100 : null,
    first: least(placed),
    last: greatest(placed),
    maxNote: greatest(notes),
    median: percentile(amounts, 50),
    stdDev: root(variance(weights)),
    variance: variance(amounts),
    p0: least(amounts),
    p90: percentile(amounts, 90),
    distinct: [...new Set(notes)],
    distinctCount: new Set(amounts).size,
    collected: tags,
    amountsInOrder: amounts,
    joined: notes.length > 0 ? notes.join(' | ') : null,
    firstNote: notes[0] ?? null,
    lastTags: tags.at(-1) ?? null,
    cities: new Set(present(rows, 'city')).size,
    lengths: sum(notes.map((each) => [...each].length)),
  }
}

/** Numbers to twelve digits, so that the order of additions does not matter. */
function rounded(value: unknown): unknown {
  if (value instanceof Decimal) return rounded(Number(value.toString()))
  return typeof value === 'number' ? Number(value.toFixed(9)) + 0 : value
}

function same(actual: object, expected: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(expected))
    assert.deepEqual(rounded((actual as Record<string, unknown>)[name]), rounded(value), name)
}

async function store({ mode }: Place, rows: readonly Data[]): Promise<void> {
  await mode(Order.objects.allowAll()).delete()
  const documents = rows.map(({ city, price, ...row }, place) => ({
    ...row,
    place,
    ...(city !== undefined && { address: new Address({ city: city as string }) }),
    price: typeof price === 'string' ? new Decimal(price) : price,
  }))
  if (documents.length > 0) await mode(Order.objects).bulkCreate(documents as never)
}

const groupsOf = (rows: readonly Data[], keyOf: (row: Data) => unknown): Map<string, Data[]> => {
  const groups = new Map<string, Data[]>()
  for (const row of rows) {
    const key = JSON.stringify([keyOf(row)], (_, value: unknown) => (value === undefined ? 'NONE' : value))
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return groups
}

everywhere(
  'every aggregate is what it is in SQL',
  (place) => {
    const { mode } = place
    beforeAll(async () => {
      await mode(Shop).defineTable()
      await mode(Order).defineTable()
    })

    test('of random rows', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(data, { maxLength: 8 }), fc.nat(8), async (rows, limit) => {
          await store(place, rows)
          const ordered = Order.objects.orderBy('place')
          same(await mode(ordered).aggregate(EVERY), oracle(rows))
          same(await mode(ordered.limit(limit)).aggregate(EVERY), oracle(rows.slice(0, limit)))
          same(
            await mode(ordered.filter({ amount__gte: 1 })).aggregate(EVERY),
            oracle(rows.filter(({ amount }) => typeof amount === 'number' && amount >= 1)),
          )

          const groups = await mode(ordered.groupBy('kind', 'address__city').aggregate(EVERY)).all()
          const expected = groupsOf(rows, ({ kind, city }) => [
            kind === undefined ? 'NONE' : kind,
            city === undefined ? 'NONE' : city,
          ])
          assert.equal(groups.length, expected.size)
          for (const group of groups) {
            const { kind, address__city: city } = group
            const key = JSON.stringify([[kind === undefined ? 'NONE' : kind, city === undefined ? 'NONE' : city]])
            same(group, oracle(expected.get(key) ?? assert.fail(`no group ${key}`)))
          }

          const pairs = await mode(Order.objects.values('kind', 'tags').distinct()).all()
          const found = new Set(
            pairs.map(({ kind, tags }) => JSON.stringify([kind === undefined, kind, tags === undefined, tags])),
          )
          const wanted = rows.map(({ kind, tags }) =>
            JSON.stringify([kind === undefined, kind, tags === undefined, tags]),
          )
          assert.deepEqual(found, new Set(wanted))
          assert.equal(pairs.length, found.size)

          const top = await mode(
            Order.objects.groupBy('kind').aggregate({ n: Count() }).having({ n__gt: 1 }).orderBy('-n').limit(2),
          ).all()
          const sizes = [...groupsOf(rows, ({ kind }) => kind).values()].map(({ length }) => length)
          assert.deepEqual(
            top.map(({ n }) => n),
            sizes
              .filter((size) => size > 1)
              .sort((left, right) => right - left)
              .slice(0, 2),
          )
        }),
        { numRuns: 40 },
      )
    })
  },
  ['mem'],
)

everywhere(
  'aggregates',
  (place) => {
    const { mode } = place
    const orders = Order.objects
    beforeAll(async () => {
      await mode(Shop).defineTable()
      await mode(Order).defineTable()
      await mode(Shop).create({ id: 'one', name: 'One' })
      const shop = await mode(Shop).create({ id: 'two', name: 'Two' })
      const at = (text: string): Date => new Date(text)
      await store(place, [
        { kind: 'a', city: 'Paris', amount: 1, price: '0.10', placed: at('2024-01-05'), note: 'x', tags: ['p'] },
        { kind: 'a', city: 'Lyon', amount: 2, price: '0.20', placed: at('2024-05-05'), note: 'y', tags: ['p'] },
        { kind: 'b', city: 'Lyon', amount: 5, price: '0.30', placed: at('2023-01-05'), note: 'x', tags: [] },
        { kind: null, amount: null, price: null, placed: null, note: null, tags: null },
        {},
      ])
      await mode(orders.filter({ kind: 'a' })).update({ shop })
    })

    test('one value of all records, or of a slice', async () => {
      expect(await mode(orders).sum('amount')).toBe(8)
      expect(await mode(orders).avg('amount')).toBe(8 / 3)
      expect(await mode(orders).min('placed')).toEqual(new Date('2023-01-05'))
      expect(await mode(orders).max('note')).toBe('y')
      expect(await mode(orders.orderBy('-amount').limit(2)).sum('amount')).toBe(7)
      expect(await mode(orders.orderBy('place').start(1).limit(1)).max('price')).toEqual(new Decimal('0.2'))
      expect(await mode(orders).min('id')).toEqual((await mode(orders.orderBy('id')).first())!.id)
      expect(await mode(orders).sum('note__len')).toBe(3)
    })

    test('decimals stay exact, and decimals', async () => {
      const found = await mode(orders).aggregate({
        sum: Sum('price'),
        avg: Avg('price'),
        none: SumIf('price', { amount: 77 }),
      })
      expect(found).toEqual({ sum: new Decimal('0.6'), avg: new Decimal('0.2'), none: new Decimal(0) })
      const ofNone = await mode(orders.filter({ amount: 77 })).aggregate({
        sum: Sum('price'),
        deviation: StdDev('price'),
      })
      expect(ofNone).toEqual({ sum: new Decimal(0), deviation: null })
    })

    test('integers beyond 2^53 stay exact', async () => {
      const added = await mode(Order).create({ place: 9, kind: 'large', amount: 2n ** 53n + 1n })
      expect(await mode(orders.filter({ kind: 'large' })).sum('amount')).toBe(2n ** 53n + 1n)
      expect(await mode(orders.filter({ amount__gte: 5 })).sum('amount')).toBe(2n ** 53n + 6n)
      await mode(added).delete()
    })

    test('of no records, and of a table that is not there', async () => {
      const given = {
        n: Count(),
        sum: Sum('amount'),
        price: Sum('price'),
        avg: Avg('amount'),
        all: ArrayCollect('kind'),
        one: First('kind'),
      }
      const nothing = { n: 0, sum: 0, price: new Decimal(0), avg: null, all: [], one: null }
      expect(await mode(orders.filter({ amount: 77 })).aggregate(given)).toEqual(nothing)
      expect(await mode(Never.objects).aggregate(given)).toEqual(nothing)
      expect(await mode(Never.objects.orderBy('kind').limit(2)).aggregate(given)).toEqual(nothing)
      expect(await mode(Never.objects).sum('amount')).toBe(0)
      expect(await mode(Never.objects).max('amount')).toBeNull()
      const groups = Never.objects.groupBy('kind').aggregate(given)
      expect(await mode(groups).all()).toEqual([])
      expect(await mode(groups).first()).toBeNull()
      expect(await mode(groups).count()).toBe(0)
    })

    test('groups: NULL is one, and no value at all is another', async () => {
      const groups = orders
        .groupBy('kind')
        .aggregate({ n: Count(), total: Sum('amount') })
        .orderBy('kind')
      const rows = await mode(groups).all()
      expect(rows).toEqual([
        { kind: undefined, n: 1, total: 0 },
        { kind: null, n: 1, total: 0 },
        { kind: 'a', n: 2, total: 3 },
        { kind: 'b', n: 1, total: 5 },
      ])
      expect(orders.groupBy('kind').aggregateSync({ n: Count() })).toHaveLength(4)
      expect(await mode(groups).count()).toBe(4)
      expect(await groups).toEqual(rows)
    })

    test('the top of those that a filter on the groups keeps', async () => {
      const groups = orders.groupBy('address__city').aggregate({ total: Sum('amount'), n: Count() })
      expect(await mode(groups.having({ total__gt: 0 }).orderBy('-total').limit(1)).all()).toEqual([
        { address__city: 'Lyon', total: 7, n: 2 },
      ])
      expect(await mode(groups.having({ total__gt: 0 }).orderBy('-total').start(1).limit(5)).all()).toEqual([
        { address__city: 'Paris', total: 1, n: 1 },
      ])
      expect(await mode(groups.having({ address__city__startswith: 'P' })).first()).toMatchObject({ n: 1 })
      expect(await mode(groups.having(Q({ address__city: 'Lyon' }).or({ total: 1 }))).count()).toBe(2)
      expect(await mode(groups.having({ address__city__isnull: true })).all()).toEqual([
        { address__city: undefined, total: 0, n: 2 },
      ])
      expect(await mode(groups.having({ n: 1 }).limit(0)).first()).toBeNull()
    })

    test('groups by what is made of a field, by a link and behind it, by a list, and by several', async () => {
      const by = { n: Count() }
      expect(
        await mode(
          orders.groupBy('placed__year').aggregate(by).having({ placed__year__gte: 2000 }).orderBy('-n'),
        ).all(),
      ).toEqual([
        { placed__year: 2024, n: 2 },
        { placed__year: 2023, n: 1 },
      ])
      expect(await mode(orders.groupBy('shop__name').aggregate(by).orderBy('-shop__name')).first()).toEqual({
        shop__name: 'Two',
        n: 2,
      })
      const [ofShop] = await mode(orders.groupBy('shop').aggregate(by).orderBy('n')).all()
      expect(ofShop!.shop).toEqual((await mode(Shop).get('two')).id)
      expect(await mode(orders.groupBy('tags').aggregate(by).orderBy('tags')).all()).toEqual([
        { tags: undefined, n: 1 },
        { tags: null, n: 1 },
        { tags: [], n: 1 },
        { tags: ['p'], n: 2 },
      ])
      expect(
        await mode(
          orders.filter({ amount__gt: 0 }).groupBy('kind', 'note').aggregate(by).orderBy('kind', '-note'),
        ).all(),
      ).toEqual([
        { kind: 'a', note: 'y', n: 1 },
        { kind: 'a', note: 'x', n: 1 },
        { kind: 'b', note: 'x', n: 1 },
      ])
    })

    test('groups by columns that are called like what is made inside of a statement', async () => {
      const found = await mode(
        orders.filter({ amount__gte: 1 }).groupBy('kind', 'amount').aggregate({ n: Count() }),
      ).all()
      expect(found).toHaveLength(3)
      expect(found).toContainEqual({ kind: 'a', amount: 1, n: 1 })
      expect(found).toContainEqual({ kind: 'b', amount: 5, n: 1 })
      const named = orders
        .groupBy('address__city')
        .aggregate({ key0: Count(), list0: Sum('amount'), list1: Min('amount') })
      expect(await mode(named.orderBy('-list0', 'key0').limit(2)).all()).toEqual([
        { address__city: 'Lyon', key0: 2, list0: 7, list1: 2 },
        { address__city: 'Paris', key0: 1, list0: 1, list1: 1 },
      ])
      expect(await mode(named.having({ list0: 7, key0__gt: 1 }).orderBy('key0')).all()).toHaveLength(1)
    })

    test('filters that look into lists', async () => {
      const given = {
        reds: CountIf({ tags__any__startswith: 'p' }),
        none: SumIf('amount', { tags__all__startswith: 'p' }),
        n: Count(),
      }
      expect(await mode(orders).aggregate(given)).toEqual({ reds: 2, none: 8, n: 5 })
      expect(await mode(orders.orderBy('-amount').limit(2)).aggregate(given)).toEqual({ reds: 1, none: 7, n: 2 })
      expect(await mode(orders.filter({ kind: 'a' }).groupBy('kind', 'tags').aggregate(given)).all()).toEqual([
        { kind: 'a', tags: ['p'], reds: 2, none: 3, n: 2 },
      ])
      expect(await mode(Never.objects).aggregate({ n: CountIf(Q({ kind: 'x' }).not()) })).toEqual({ n: 0 })
    })

    test('distinct rows, and distinct values', async () => {
      const kinds = orders.pluck('kind').distinct()
      expect(await mode(kinds.orderBy('kind')).all()).toEqual([undefined, null, 'a', 'b'])
      expect(await mode(kinds.orderBy('-kind').limit(2)).all()).toEqual(['b', 'a'])
      expect(await mode(kinds).count()).toBe(4)
      expect(await mode(kinds.limit(3)).count()).toBe(3)
      expect(await mode(kinds.orderBy('kind')).last()).toBe('b')
      expect(['a', 'b', null]).toContain(await mode(kinds).last())
      expect(await mode(kinds).exists()).toBe(true)
      expect(await mode(kinds.start(4)).exists()).toBe(false)
      expect(await mode(kinds.orderByRandom()).all()).toHaveLength(4)
      expect(new Set(await mode(kinds.filter({ amount__gte: 1 })).all())).toEqual(new Set(['a', 'b']))
      expect(await mode(orders.pluck('tags').distinct().orderBy('tags')).all()).toEqual([undefined, null, [], ['p']])
      expect(await mode(orders.pluck('address').distinct().orderBy('address')).count()).toBe(3)

      const rows = orders.values('address__city', 'note', 'placed__year').distinct().orderBy('address__city', '-note')
      expect(await mode(rows.filter({ amount__gte: 1 })).all()).toEqual([
        { address__city: 'Lyon', note: 'y', placed__year: 2024 },
        { address__city: 'Lyon', note: 'x', placed__year: 2023 },
        { address__city: 'Paris', note: 'x', placed__year: 2024 },
      ])
      expect(await mode(orders.values('kind', 'tags').distinct()).count()).toBe(4)
      expect(await mode(Never.objects.pluck('kind').distinct()).all()).toEqual([])
      expect(await mode(Never.objects.pluck('kind').distinct()).count()).toBe(0)
    })
  },
  ['mem', 'ws'],
)

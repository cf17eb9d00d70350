import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import {
  AnyField,
  Collection,
  DateTime,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  RecordId,
  ReferenceField,
  StringField,
  type Connection,
  type QuerySet,
  type Ref,
} from '../../src/index.js'
import { oldEngine } from '../support/engine/chosen-engine.js'
import { describeLoaded, openInMemory } from '../support/everywhere.js'

@Embeddable()
class Inner extends EmbeddedDocument<Inner>() {
  @IntField() depth?: number | null
}

@Collection('order_target')
class Target extends Document<Target>() {}

@Collection('order_plain')
class Plain extends Document<Plain>() {
  @IntField() rank?: number | null
  @StringField() name?: string | null
  @DateTimeField({ precision: 'nanosecond' }) at?: DateTime | null
  @ReferenceField(() => Target) target?: Ref<Target> | null
  @AnyField() mixed?: unknown
  @EmbeddedField(() => Inner) inner?: Inner
  @StringField() code?: string | null
}

@Collection('order_indexed', { indexes: [{ fields: ['name', 'rank'] }, { fields: ['target', 'id'], unique: true }] })
class Indexed extends Document<Indexed>() {
  @IntField({ index: true }) rank?: number | null
  @StringField() name?: string | null
  @DateTimeField({ precision: 'nanosecond', index: true }) at?: DateTime | null
  @ReferenceField(() => Target) target?: Ref<Target> | null
  @AnyField({ index: true }) mixed?: unknown
  @EmbeddedField(() => Inner) inner?: Inner
  @StringField({ unique: true }) code?: string | null
}

/** A row as the oracle knows it: the values by which it can be ordered. */
type Row = Readonly<Record<(typeof TERMS)[number], unknown>>

const TERMS = ['id', 'rank', 'name', 'at', 'target', 'mixed', 'inner__depth', 'code'] as const

const maybe = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary: value }, fc.constantFrom(undefined, null))

const moment = fc.integer({ min: -2, max: 2 }).map((tick) => new DateTime([1_600_000_000n, BigInt(500_000_000 + tick)]))

const row = fc.record({
  rank: maybe(fc.integer({ min: -2, max: 2 })),
  name: maybe(fc.constantFrom('', 'a', 'aa', 'B', 'é', 'e', 'E', 'a1', 'a01', 'a10', 'A2', 'a-2')),
  at: maybe(moment),
  target: maybe(fc.constantFrom(new RecordId('order_target', 'x'), new RecordId('order_target', 'y'))),
  mixed: maybe(fc.oneof(fc.boolean(), fc.constantFrom(-1, 0, 0.5, 1, 2 ** 40), fc.constantFrom('', '1', 'a'), moment)),
  depth: fc.constantFrom(undefined, 1, 2),
  hasCode: fc.boolean(),
})

const scenario = fc.record({
  rows: fc.array(row, { maxLength: 12, size: 'max' }),
  order: fc.uniqueArray(fc.tuple(fc.constantFrom(...TERMS, 'code' as const), fc.boolean()), {
    maxLength: 4,
    selector: ([name]) => name,
  }),
  size: fc.integer({ min: 1, max: 9 }),
  bound: fc.constantFrom(undefined, -1, 0),
  words: fc.constantFrom({}, {}, { collate: true }, { numeric: true }, { collate: true, numeric: true }),
})

/** NONE < NULL < booleans < numbers < texts < dates < records. */
function rankOf(value: unknown): number {
  if (value === undefined) return 0
  if (value === null) return 1
  if (value instanceof DateTime) return 5
  return { boolean: 2, number: 3, string: 4 }[typeof value as string] ?? 6
}

function compare(left: unknown, right: unknown): number {
  const ranks = rankOf(left) - rankOf(right)
  if (ranks !== 0) return ranks
  const [a, b] = [left, right].map((value) => comparable(value)) as [number, number]
  return a < b ? -1 : a > b ? 1 : 0
}

const comparable = (value: unknown): unknown =>
  value instanceof DateTime ? value.nanoseconds : value instanceof RecordId ? value.id : value

const sorted = (rows: readonly Row[], order: readonly (readonly [(typeof TERMS)[number], boolean])[]): Row[] =>
  [...rows].sort((left, right) => {
    for (const [name, isDescending] of [...order, ['id', false] as const]) {
      const result = compare(left[name], right[name])
      if (result !== 0) return isDescending ? -result : result
    }
    return 0
  })

const keys = (items: readonly { readonly id: RecordId }[]): unknown[] => items.map(({ id }) => id.id)

describeLoaded('pages in any order', () => {
  let connection: Connection
  beforeAll(async () => {
    connection = await openInMemory('pages-in-any-order', { makeDefault: true })
    for (const model of [Target, Plain, Indexed]) await model.defineTable()
    await Target.objects.bulkCreate([{ id: 'x' }, { id: 'y' }])
  })
  afterAll(() => connection.close())

  test.each([
    ['without indexes', Plain],
    ['with indexes', Indexed as unknown as typeof Plain],
  ])(
    'are the sorted whole, %s',
    async (_, model) => {
      await fc.assert(
        fc.asyncProperty(scenario, async ({ rows, order, size, bound, words }) => {
          await model.objects.allowAll().delete()
          const stored = rows.map(({ depth, hasCode, ...values }, id) => ({
            ...values,
            id,
            ...(hasCode && { code: `c${(id * 7) % 10}${id}` }),
            ...(depth !== undefined && { inner: new Inner({ depth }) }),
          }))
          await model.objects.bulkCreate(stored as never)
          const known = stored.map(
            (each, id) => ({ code: undefined, ...each, id, inner__depth: rows[id]!.depth }) as Row,
          )
          const kept =
            bound === undefined ? known : known.filter(({ rank }) => typeof rank === 'number' && rank > bound)
          const all: QuerySet<Plain> = bound === undefined ? model.objects : model.objects.filter({ rank__gt: bound })
          const terms = order.map(([name, isDescending]) => `${isDescending ? '-' : ''}${name}`)
          const people = all.orderBy(...(terms as never[]), words)
          // how texts are compared then is for the database to say
          const expected =
            Object.keys(words).length > 0
              ? keys(await all.orderBy(...([...terms, 'id'] as never[]), words))
              : sorted(kept, order).map(({ id }) => id)
          assert.deepEqual(await forward(people, size), expected, 'forward')
          assert.deepEqual(await backward(people, size), expected, 'backward')
          assert.deepEqual(await numbered(people, size), expected, 'numbered')
          const iterated: Plain[] = []
          for await (const each of people.iterate({ batchSize: size })) iterated.push(each)
          assert.deepEqual(keys(iterated), expected, 'iterated')
        }),
        { numRuns: oldEngine ? 10 : 40 },
      )
    },
    60_000,
  )

  test('the oracle orders as the database does', async () => {
    await Plain.objects.allowAll().delete()
    const values = [moment, 'a', 1, false, null, undefined].map((mixed, id) => ({
      id,
      mixed: mixed === moment ? new Date() : mixed,
    }))
    await Plain.objects.bulkCreate(values as never)
    expect(keys(await Plain.objects.orderBy('mixed'))).toEqual([5, 4, 3, 2, 1, 0])
  })
})

async function forward(rows: QuerySet<Plain>, size: number): Promise<unknown[]> {
  const found: unknown[] = []
  let after: string | null = null
  for (;;) {
    const page: Awaited<ReturnType<typeof rows.cursor>> = await rows.cursor({ first: size, after })
    assert.equal(page.hasPrevious, found.length > 0)
    found.push(...keys(page.items))
    after = page.endCursor
    if (!page.hasNext) return found
  }
}

async function backward(rows: QuerySet<Plain>, size: number): Promise<unknown[]> {
  const found: unknown[] = []
  let before: string | null = null
  for (;;) {
    const page: Awaited<ReturnType<typeof rows.cursor>> = await rows.cursor({ last: size, before })
    assert.equal(page.hasNext, found.length > 0)
    found.unshift(...keys(page.items))
    before = page.startCursor
    if (!page.hasPrevious) return found
  }
}

async function numbered(rows: QuerySet<Plain>, size: number): Promise<unknown[]> {
  const found: unknown[] = []
  for (let page = 1; ; page++) {
    const { items, hasNext } = await rows.paginate({ page, perPage: size })
    found.push(...keys(items))
    if (!hasNext) return found
  }
}

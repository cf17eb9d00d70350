import assert from 'node:assert/strict'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { z, type ZodType } from 'zod'
import { Collection, Decimal, Document, Duration, Uuid, ValidationError, type ModelClass } from '../../../src/index.js'
import { aDate, aDecimal, aDuration, aUuid, someBytes } from '../../support/fields/arbitraries.js'
import { everywhere } from '../../support/everywhere.js'
import type { AnyDocument } from '../../support/fields/model-of.js'

/** A schema, and values it gives. */
interface Kind {
  readonly schema: ZodType
  readonly values: fc.Arbitrary<unknown>
}

const kind = (schema: ZodType, values: fc.Arbitrary<unknown>): fc.Arbitrary<Kind> => fc.constant({ schema, values })

const text = fc.string({ unit: 'grapheme', maxLength: 8 })
const whole = fc.integer({ min: -1000, max: 1000 })
const aName = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'x y', '`', 'ключ', '👩')
const isoText = { decode: (given: string) => new Date(given), encode: (date: Date) => date.toISOString() }

const scalars = fc.oneof(
  kind(z.string(), text),
  kind(z.string().min(2).max(4), fc.stringMatching(/^[a-z]{2,4}$/)),
  kind(z.email(), fc.constant('ann@example.com')),
  kind(z.httpUrl(), fc.constant('https://example.com/a')),
  kind(z.url(), fc.constantFrom('mailto:ann@example.com', 'https://example.com')),
  kind(z.ipv4(), fc.ipV4()),
  kind(z.cidrv4(), fc.constant('10.0.0.0/8')),
  kind(z.uuid(), fc.uuid()),
  kind(z.iso.date(), fc.constant('2024-02-29')),
  kind(z.iso.duration(), fc.constant('P1D')),
  kind(z.int(), fc.maxSafeInteger()),
  kind(z.int32().min(3), fc.integer({ min: 3, max: 99 })),
  kind(
    z.number(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((value) => value + 0),
  ),
  kind(z.number().multipleOf(5).gt(0), fc.constantFrom(5, 10)),
  kind(z.bigint(), fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n })),
  kind(z.boolean(), fc.boolean()),
  kind(z.date(), aDate),
  kind(
    z.codec(z.iso.datetime(), z.date(), isoText),
    fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
  ),
  kind(z.literal(['a', 1, false]), fc.constantFrom('a', 1, false)),
  kind(z.literal([1n, 2n]), fc.constantFrom(1n, 2n)),
  kind(z.enum(['on', 'off']), fc.constantFrom('on', 'off')),
  kind(z.enum({ Low: 1, High: 2 }), fc.constantFrom(1, 2)),
  kind(z.templateLiteral(['n-', z.int()]), fc.constant('n-5')),
  kind(z.instanceof(Uint8Array), someBytes),
  kind(z.instanceof(Uuid), aUuid),
  kind(z.instanceof(Decimal), aDecimal),
  kind(z.instanceof(Duration), aDuration),
  kind(z.string().brand('Name').readonly(), text),
  kind(z.intersection(z.string().min(1), z.string().max(3)), fc.constantFrom('a', 'abc')),
  kind(z.string().min(1).pipe(z.string().max(3)), fc.constantFrom('a', 'abc')),
)

/** A kind made of another, that one key of an object may be of. */
const kinds = fc.letrec<{ any: Kind; nested: Kind }>((tie) => ({
  any: fc.oneof({ maxDepth: 3, depthSize: 'small' }, scalars, tie('nested')),
  nested: fc.oneof(
    tie('any').map(({ schema, values }) => listOf(schema, values)),
    scalars.map(({ schema, values }) => ({
      schema: z.set(schema).max(3),
      values: fc
        .uniqueArray(values, { maxLength: 3, comparator: (one, other) => String(one) === String(other) })
        .map((items) => new Set(items)),
    })),
    tie('any').map(({ schema, values }) => ({
      schema: z.record(z.string().min(1), present(schema)),
      values: fc.dictionary(aName, values.filter(isPresent), { maxKeys: 3, noNullPrototype: true }),
    })),
    tie('any').map(({ schema, values }) => ({
      schema: z.record(z.enum(['one', 'two']), schema),
      values: fc.record({ one: values, two: values }).map(withoutMissing),
    })),
    fc.record({ one: tie('any'), two: tie('any'), open: fc.constantFrom('not', 'strict', 'string') }).map(objectOf),
    fc.tuple(tie('any'), scalars).map(([one, two]) => ({
      schema: z.tuple([present(one.schema), z.bigint()], two.schema),
      values: fc
        .tuple(one.values.filter(isPresent), fc.bigInt({ min: 0n, max: 9n }), fc.array(two.values, { maxLength: 2 }))
        .map(([first, second, others]) => [first, second, ...others]),
    })),
    fc.tuple(tie('any'), tie('any')).map(([one, two]) => ({
      schema: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('one'), value: one.schema }),
        z.strictObject({ kind: z.literal('two'), value: two.schema }),
      ]),
      values: fc
        .oneof(
          fc.record({ kind: fc.constant('one'), value: one.values }),
          fc.record({ kind: fc.constant('two'), value: two.values }),
        )
        .map(withoutMissing),
    })),
    tie('any').map(({ schema, values }) => ({
      schema: z.intersection(z.object({ left: schema }), z.object({ right: z.int() })),
      values: fc.record({ left: values, right: whole }).map(withoutMissing),
    })),
    tie('any').map(({ schema, values }) => ({
      schema: schema.nullable(),
      values: fc.oneof(
        fc.constant(null),
        values.filter((value) => value !== undefined),
      ),
    })),
    tie('any').map(({ schema, values }) => ({
      schema: schema.optional(),
      values: fc.oneof(
        fc.constant(undefined),
        values.filter((value) => value !== null),
      ),
    })),
    tie('any').map(({ schema, values }) => ({ schema: schema.nullish(), values: fc.oneof(values, fc.constant(null)) })),
    fc.constant({ schema: z.union([z.string(), z.int(), z.null()]), values: fc.oneof(text, whole, fc.constant(null)) }),
  ),
}))

function listOf(schema: ZodType, values: fc.Arbitrary<unknown>): Kind {
  return { schema: z.array(present(schema)).max(3), values: fc.array(values.filter(isPresent), { maxLength: 3 }) }
}

/** Items and values of records are there. */
function present(schema: ZodType): ZodType {
  return z.nonoptional(schema)
}

function isPresent(value: unknown): boolean {
  return value !== undefined
}

function objectOf({ one, two, open }: { one: Kind; two: Kind; open: string }): Kind {
  const plain = z.object({ one: one.schema, two: two.schema })
  const schema = open === 'strict' ? plain.strict() : open === 'string' ? plain.catchall(z.string()) : plain
  const others = open === 'string' ? fc.dictionary(fc.constantFrom('more', 'most'), text) : fc.constant({})
  const values = fc
    .tuple(fc.record({ one: one.values, two: two.values }), others)
    .map(([named, more]) => withoutMissing({ ...more, ...named }))
  return { schema, values }
}

/** The database stores no key without a value. */
function withoutMissing(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
}

const ODD = [undefined, null, '', 'x', 'alpha', 0, 1, 1.5, 1n, true, new Date(0), [], [1], {}, { a: 1 }, new Set(['x'])]

let count = 0

/** Models of random zod objects, with values for each. */
const models = fc
  .sample(
    fc.dictionary(
      aName.filter((name) => name !== '`'),
      kinds.any,
      { minKeys: 1, maxKeys: 4 },
    ),
    {
      numRuns: 40,
      seed: 4,
    },
  )
  .map((kindsByName) => {
    const entries = Object.entries(kindsByName)
    const schema = z.object(Object.fromEntries(entries.map(([name, { schema: part }]) => [name, part])))
    const table = `from_zod_random_${++count}`
    class Random extends Document<Random>().fromZod(schema) {}
    const model = Collection(table, { schema: 'full' })(Random) as unknown as ModelClass<AnyDocument>
    const values = fc.record(Object.fromEntries(entries.map(([name, { values: each }]) => [name, each])))
    return { schema, model, values: fc.sample(values.map(withoutMissing), { numRuns: 4, seed: count }) }
  })

everywhere(
  'fields of random zod objects',
  ({ mode }) => {
    test('take what zod gives, store it, and load it equal', async () => {
      for (const { model, values } of models) {
        await mode(model).defineTable()
        for (const value of values) {
          const made = new model(value as never)
          await mode(made).save()
          assert.equal(made.isDirty, false)
          const { id: _, ...loaded } = (await mode(model).get(made.id)).toObject()
          assert.deepStrictEqual(loaded, value)
        }
      }
    })
  },
  ['mem', 'ws'],
)

test('what zod refuses the model refuses, and what zod takes as it is the model takes', () => {
  let refused = 0
  for (const { model, values } of models) {
    for (const value of values) {
      for (const name of Object.keys(value)) {
        for (const odd of ODD) {
          const given = withoutMissing({ ...value, [name]: odd })
          if (!zodDecides(model, given)) refused++
        }
      }
    }
  }
  expect(refused).toBeGreaterThan(500)

  function zodDecides(model: (typeof models)[number]['model'], given: object): boolean {
    const { schema } = models.find((each) => each.model === model)!
    const result = encodes(schema, given)
    assert.equal(
      isTaken(model, given),
      result,
      `of ${model.defineStatements()}: ${JSON.stringify(given, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))}`,
    )
    return result
  }
})

/** Whether a value is one that zod gives: it is the same when it is put in and comes out again. */
function encodes(schema: ZodType, value: unknown): boolean {
  const encoded = z.safeEncode(schema, value)
  if (!encoded.success) return false
  const decoded = schema.safeParse(encoded.data)
  return decoded.success && isEqual(decoded.data, value)
}

function isEqual(left: unknown, right: unknown): boolean {
  try {
    assert.deepStrictEqual(deeply(left), deeply(right))
    return true
  } catch {
    return false
  }
}

/** Without the keys that have no value, at every depth: zod adds some. */
function deeply(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deeply)
  if (Object.getPrototypeOf(value ?? 0) !== Object.prototype) return value
  const entries = Object.entries(value as object).map(([key, part]) => [key, deeply(part)])
  return withoutMissing(Object.fromEntries(entries) as Record<string, unknown>)
}

function isTaken(model: ModelClass<AnyDocument>, given: object): boolean {
  try {
    new model(given as never).validateSync()
    return true
  } catch (error) {
    if (error instanceof ValidationError) return false
    throw error
  }
}

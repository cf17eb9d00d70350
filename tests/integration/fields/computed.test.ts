import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  AnyField,
  BooleanField,
  ChoiceField,
  ComputedField,
  DateTimeField,
  Decimal,
  DecimalField,
  DictField,
  Duration,
  DurationField,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  FutureField,
  GeometryPoint,
  IntField,
  ListField,
  ObjectField,
  OptionField,
  PointField,
  RecordId,
  ReferenceField,
  SetField,
  StringField,
  surql,
  Uuid,
  UUIDField,
  ValidationError,
} from '../../../src/index.js'
import { errorOf } from '../../support/error-of.js'
import { everywhere } from '../../support/everywhere.js'
import { modelOf, type AnyDocument } from '../../support/fields/model-of.js'
import { sentQueries } from '../../support/sent-queries.js'

/** What a record is given. */
interface Given {
  readonly a: number
  readonly b: number
  readonly text: string
  readonly items: number[]
  readonly at: Date
  readonly key: Uuid
}

@Embeddable()
class Span extends EmbeddedDocument<Span>() {
  @IntField({ dbField: 'the low' }) low?: number
  @IntField() high?: number
}

const target = modelOf('computed_matrix_target', {})
const low = ({ a, b }: Given) => Math.min(a, b)
const high = ({ a, b }: Given) => Math.max(a, b)

/** Each computed field, and what it has to be. */
const COMPUTED = {
  sum: [ComputedField(surql`a + b * ${2}`, IntField()), ({ a, b }: Given) => a + b * 2],
  half: [ComputedField(surql`a / 2f`, FloatField()), ({ a }: Given) => a / 2],
  exact: [ComputedField(surql`<decimal> a`, DecimalField()), ({ a }: Given) => new Decimal(String(a))],
  loud: [ComputedField(surql`text + ${'"!'}`, StringField()), ({ text }: Given) => `${text}"!`],
  length: [FutureField(surql`string::len(text)`, IntField()), ({ text }: Given) => [...text].length],
  more: [ComputedField(surql`a > b`, BooleanField()), ({ a, b }: Given) => a > b],
  word: [
    ComputedField(surql`IF a > b THEN 'more' ELSE 'less' END`, ChoiceField(['more', 'less'])),
    ({ a, b }: Given) => (a > b ? 'more' : 'less'),
  ],
  later: [ComputedField(surql`at + 36h`, DateTimeField()), ({ at }: Given) => new Date(at.getTime() + 129_600_000)],
  length_of_time: [
    ComputedField(surql`duration::from_millis(math::abs(a))`, DurationField()),
    ({ a }: Given) => Duration.milliseconds(Math.abs(a)),
  ],
  same: [ComputedField(surql`key`, UUIDField()), ({ key }: Given) => key],
  doubled: [
    ComputedField(surql`items.map(|$item| $item * 2)`, ListField(IntField())),
    ({ items }: Given) => items.map((item) => item * 2),
  ],
  distinct: [ComputedField(surql`<set> items`, SetField(IntField())), ({ items }: Given) => new Set(items)],
  counts: [ComputedField(surql`{ 'the a': a, b: b }`, DictField(IntField())), ({ a, b }: Given) => ({ 'the a': a, b })],
  ends: [
    ComputedField(surql`{ low: math::min([a, b]) }`, ObjectField({ low: IntField(), high: IntField() })),
    (given: Given) => ({ low: low(given) }),
  ],
  span: [
    ComputedField(
      surql`{ 'the low': math::min([a, b]), high: math::max([a, b]) }`,
      EmbeddedField(() => Span),
    ),
    (given: Given) => new Span({ low: low(given), high: high(given) }),
  ],
  link: [
    ComputedField(
      surql`type::record('computed_matrix_target', a)`,
      ReferenceField(() => target as never),
    ),
    ({ a }: Given) => new RecordId('computed_matrix_target', a),
  ],
  place: [ComputedField(surql`type::point([a, b])`, PointField()), ({ a, b }: Given) => new GeometryPoint([a, b])],
  maybe: [
    ComputedField(surql`IF a > b THEN a END`, OptionField(IntField())),
    ({ a, b }: Given) => (a > b ? a : undefined),
  ],
  nothing: [ComputedField(surql`NULL`, IntField()), () => null],
  loose: [FutureField(surql`[a, text, { deep: [b] }]`), ({ a, b, text }: Given) => [a, text, { deep: [b] }]],
  any: [ComputedField(surql`IF a > b THEN text ELSE b END`, AnyField()), ({ a, b, text }: Given) => (a > b ? text : b)],
} as const
const NAMES = Object.keys(COMPUTED) as (keyof typeof COMPUTED)[]
const oracle = (given: Given) => Object.fromEntries(NAMES.map((name) => [name, COMPUTED[name][1](given)]))

const models = (['full', 'less'] as const).map((schema) => {
  const given = {
    a: IntField({ required: true, index: true }),
    b: IntField({ required: true }),
    text: StringField({ required: true }),
    items: ListField(IntField(), { required: true }),
    at: DateTimeField({ required: true }),
    key: UUIDField({ required: true }),
  }
  const computed = Object.fromEntries(NAMES.map((name) => [name, COMPUTED[name][0]]))
  return { schema, model: modelOf(`computed_matrix_${schema}`, { ...given, ...computed } as never, { schema }) }
})

const small = fc.integer({ min: -1_000_000, max: 1_000_000 })
const givens: fc.Arbitrary<Given> = fc.record({
  a: small,
  b: small,
  text: fc.string({ unit: 'binary', maxLength: 10 }),
  items: fc.array(small, { maxLength: 5 }),
  at: fc.date({ min: new Date('1900-01-01'), max: new Date('2900-01-01'), noInvalidDate: true }),
  key: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => new Uuid(bytes)),
})
const EDGES: readonly Given[] = [
  { a: 0, b: 0, text: '', items: [], at: new Date(0), key: new Uuid('00000000-0000-0000-0000-000000000000') },
  { a: 1, b: -1, text: '☃ 🧑‍🚀 person:1', items: [1, 1, -1], at: new Date(-1), key: Uuid.v7() },
]

everywhere(
  'ComputedField',
  (place) => {
    const { mode } = place

    describe.each(models)('on a table that is schema$schema', ({ model }) => {
      beforeAll(() => mode(model).defineTable())
      const expectComputed = (document: unknown, given: Given): void => {
        const values = document as AnyDocument
        const wanted = oracle(given)
        for (const name of NAMES) expect({ [name]: values[name] }).toEqual({ [name]: wanted[name] })
      }

      test('is what it has to be: in what was saved, in what is loaded, and after a change', async () => {
        for (const given of EDGES) {
          const made = new model(given as never) as AnyDocument
          await mode(made).save()
          expectComputed(made, given)
          expect(made.isDirty).toBe(false)
          const found = (await mode(model).get(made.id)) as AnyDocument
          expectComputed(found, given)
          expect([found['span'], found.isDirty]).toEqual([expect.any(Span), false])
          const changed = { ...given, a: given.a + 7, text: 'x' }
          await mode(made).update({ a: changed.a, text: 'x' } as never)
          expectComputed(made, changed)
          await mode(found).refresh()
          expectComputed(found, changed)
        }
      })

      test('is never written, and cannot be given', async () => {
        const [given] = EDGES
        const made = new model(given as never) as AnyDocument
        const sent = await sentQueries(place.connection, async () => {
          await mode(made).save()
          for (const name of NAMES) made[name] = 99
          expect([made.isDirty, made.changes()]).toEqual([false, {}])
          made['b'] = 5
          await mode(made).save()
          await mode(model.objects).bulkCreate([given, given] as never)
        })
        expect(sent.length).toBeGreaterThan(2)
        const written = sent.filter((query) => !query.startsWith('SELECT')).join()
        for (const name of NAMES) expect(written).not.toContain(`\`${name}\``)
        expect(written).toContain('`b`')
        expectComputed(await mode(model).get(made.id), { ...given!, b: 5 })
        for (const name of NAMES) {
          const fields = { [name]: 99 }
          const refused = { issues: [{ path: [name], code: 'computed' }] }
          expect(await errorOf(() => new model({ ...given, ...fields } as never))).toMatchObject(refused)
          expect(await errorOf(() => mode(model).create({ ...given, ...fields } as never))).toMatchObject(refused)
          expect(await errorOf(() => mode(made).update(fields as never))).toBeInstanceOf(ValidationError)
          const all = model.objects.allowAll()
          expect(await errorOf(() => mode(all).update(fields as never))).toMatchObject(refused)
          expect(await errorOf(() => mode(model.objects).bulkCreate([fields] as never))).toBeInstanceOf(ValidationError)
        }
      })

      test('is what it has to be for records at random, and is found by it', async () => {
        const sample = fc.sample(givens, 40)
        const stored = await mode(model.objects).bulkCreate(sample as never)
        const ids = stored.map(({ id }) => id)
        const found = await mode(model.objects.filter({ id__in: ids } as never)).all()
        const byId = new Map(found.map((document) => [String(document.id), document]))
        for (const [index, given] of sample.entries()) {
          expectComputed(stored[index], given)
          expectComputed(byId.get(String(ids[index])), given)
        }
        const { a, b } = sample[0]!
        const asked = { id__in: ids, sum__gte: a + b * 2, word: 'more' }
        const wanted = sample.filter((given) => given.a > given.b && given.a + given.b * 2 >= a + b * 2).length
        expect(await mode(model.objects.filter(asked as never)).count()).toBe(wanted)
        const sums = (await mode(model.objects.filter({ id__in: ids } as never).orderBy('-sum' as never)).all()).map(
          (document) => (document as unknown as AnyDocument)['sum'] as number,
        )
        expect(sums).toEqual(sample.map((given) => given.a + given.b * 2).sort((left, right) => right - left))
      })
    })
  },
  ['mem', 'ws'],
)

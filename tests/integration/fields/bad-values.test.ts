import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import assert from 'node:assert/strict'
import {
  AnyField,
  BigIntField,
  BooleanField,
  BytesField,
  ChoiceField,
  DateTimeField,
  DecimalField,
  DictField,
  DurationField,
  EmailField,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FileField,
  FloatField,
  GeometryCollectionField,
  GeometryField,
  IntField,
  IPAddressField,
  LineField,
  ListField,
  LiteralField,
  MultiLineField,
  MultiPointField,
  MultiPolygonField,
  NumberField,
  ObjectField,
  OptionField,
  PointField,
  PolygonField,
  RangeField,
  RecordId,
  RecordIDField,
  ReferenceField,
  RegexField,
  SequenceField,
  SetField,
  SlugField,
  StringField,
  TableField,
  TimeSeriesField,
  UnionField,
  URLField,
  UUIDField,
  ValidationError,
  VectorField,
  type FieldDecorator,
  type FieldOptions,
} from '../../../src/index.js'
import { errorOf } from '../../support/error-of.js'
import { modelOf, type AnyDocument } from '../../support/fields/model-of.js'
import { inMemory } from '../../support/in-memory.js'

@Embeddable()
class Node extends EmbeddedDocument<Node>() {
  @StringField() name?: string
  @EmbeddedField(() => Node) next?: Node
}

type Make = (options: FieldOptions<never>) => FieldDecorator<never>
const of = (make: unknown): Make => make as Make
const holding = (make: (...parts: never[]) => unknown, ...parts: unknown[]): Make =>
  ((options: unknown) => make(...([...parts, options] as never[]))) as Make

const target = modelOf('bad_values_target', {})

/** Every kind of field there is whose value can be given. */
const FIELDS: Readonly<Record<string, Make>> = {
  any: of(AnyField),
  bigint: of(BigIntField),
  boolean: of(BooleanField),
  bytes: of(BytesField),
  choice: holding(ChoiceField, ['a', 1]),
  date: of(DateTimeField),
  moment: (options) => DateTimeField({ ...options, precision: 'nanosecond' }) as never,
  decimal: of(DecimalField),
  dict: holding(DictField, StringField()),
  dictOfAny: holding(DictField, AnyField()),
  duration: of(DurationField),
  email: of(EmailField),
  embedded: holding(EmbeddedField, () => Node),
  file: of(FileField),
  float: of(FloatField),
  geometry: of(GeometryField),
  collection: of(GeometryCollectionField),
  int: of(IntField),
  ip: of(IPAddressField),
  line: of(LineField),
  lines: of(MultiLineField),
  points: of(MultiPointField),
  polygons: of(MultiPolygonField),
  list: holding(ListField, StringField()),
  listOfAny: holding(ListField, AnyField()),
  listOfEmbedded: holding(
    ListField,
    EmbeddedField(() => Node),
  ),
  literal: holding(LiteralField, 'a', 1),
  number: of(NumberField),
  object: holding(ObjectField, { a: StringField() }),
  openObject: holding(ObjectField, undefined),
  option: holding(OptionField, ListField(AnyField())),
  point: of(PointField),
  polygon: of(PolygonField),
  range: holding(RangeField, IntField()),
  recordId: of(RecordIDField),
  reference: holding(ReferenceField, () => target),
  regex: of(RegexField),
  sequence: (options) => SequenceField({ ...options, name: 'bad_values' } as never) as never,
  set: holding(SetField, StringField()),
  setOfAny: holding(SetField, AnyField()),
  slug: of(SlugField),
  string: of(StringField),
  table: of(TableField),
  time: of(TimeSeriesField),
  union: holding(UnionField, [ListField(AnyField()), EmbeddedField(() => Node)]),
  url: of(URLField),
  uuid: of(UUIDField),
  vector: (options) => VectorField(3, options as never) as never,
}

const SECRET = 'a-very-secret-value'
const refuse = (): never => {
  throw new TypeError(SECRET)
}
const hostile = new Proxy({}, Object.fromEntries(Reflect.ownKeys(Reflect).map((trap) => [trap, refuse])))
const revoked = Proxy.revocable({}, {})
revoked.revoke()

function deep(hold: (inner: unknown) => unknown): unknown {
  let value: unknown = 'x'
  for (let level = 0; level < 10_000; level++) value = hold(value)
  return value
}

const cyclicList: unknown[] = []
cyclicList.push(cyclicList)
const cyclicObject: Record<string, unknown> = { name: 'x' }
Object.assign(cyclicObject, { self: cyclicObject, next: cyclicObject, a: cyclicObject })
const cyclicSet = new Set<unknown>()
cyclicSet.add(cyclicSet)
const cyclicNode = new Node({ name: 'x' })
cyclicNode.next = cyclicNode

/** Values that nothing can store. */
const VALUES: Readonly<Record<string, unknown>> = {
  'a function': () => SECRET,
  'a class': class {},
  'a symbol': Symbol(SECRET),
  'a promise': Promise.resolve(SECRET),
  'a map': new Map([[SECRET, 1]]),
  'a weak map': new WeakMap(),
  'an instance': new (class Own {
    readonly name = SECRET
  })(),
  'an error': new Error(SECRET),
  'a hostile proxy': hostile,
  'a revoked proxy': revoked.proxy,
  'an object whose getter throws': Object.defineProperty({}, 'name', { get: refuse, enumerable: true }),
  'an object whose getters throw': {
    get a() {
      return refuse()
    },
    get name() {
      return refuse()
    },
    get id() {
      return refuse()
    },
  },
  'a list whose getter throws': Object.defineProperty([1], 0, { get: refuse, enumerable: true }),
  'a list of a hostile proxy': [hostile],
  'an object with a hostile proxy': { name: hostile, a: hostile },
  'a set of a hostile proxy': new Set([hostile]),
  'an object that is no text': {
    toString: refuse,
    [Symbol.toPrimitive]: refuse,
    toJSON: refuse,
    valueOf: refuse,
    a: Symbol('x'),
  },
  'a deep list': deep((inner) => [inner]),
  'a deep object': deep((a) => ({ a })),
  'objects that look like deep documents': deep((next) => ({ next })),
  'a deep set': deep((inner) => new Set([inner])),
  'deep documents': deep((next) => Object.assign(new Node(), { next })),
  'a cyclic list': cyclicList,
  'a cyclic object': cyclicObject,
  'a cyclic set': cyclicSet,
  'cyclic documents': cyclicNode,
  'a huge list': Array.from({ length: 5_000 }, () => Symbol.iterator),
  'a huge list of gaps': Object.assign(new Array(5_000), { 4_999: refuse }),
}

const KINDS = Object.entries(FIELDS).flatMap(([name, make]) => [
  [name, make({})] as const,
  [`${name}, coerced`, make({ coerce: true } as never)] as const,
])

const models = KINDS.map(([name, field], index) => ({
  name,
  model: modelOf(`bad_values_${index}`, { other: StringField() as never, it: field }),
}))

/** What says that the value of `it` is wrong; nothing else may be thrown. */
async function assertRefused(what: string, run: () => unknown): Promise<void> {
  const error = await errorOf(run)
  assert(error instanceof ValidationError, `${what}: ${error.stack}`)
  assert.equal(error.issues[0]?.path[0], 'it', what)
  assert(!error.message.includes(SECRET), what)
}

const connection = inMemory('bad-values', { makeDefault: true })
beforeAll(() => connection.connect())
afterAll(() => connection.close())

describe('what cannot be stored is a ValidationError of its field, whatever the field', () => {
  test.each(Object.entries(VALUES))('%s', async (_, value) => {
    for (const { name, model } of models) {
      const made = (): AnyDocument => new model({ it: value } as never) as AnyDocument
      const stored = (): AnyDocument => {
        const document = model.fromRecord({ id: new RecordId('it', 'x'), other: 'x' }) as AnyDocument
        return Object.assign(document, { it: value })
      }
      assert(stored().isDirty, name)
      assert.deepEqual(Object.keys(stored().changes()), ['it'], name)
      await assertRefused(`${name}: validate`, () => made().validateSync())
      await assertRefused(`${name}: create`, () => made().saveSync())
      await assertRefused(`${name}: save`, () => stored().saveSync())
      await assertRefused(`${name}: update of a queryset`, () =>
        model.objects.allowAll().updateSync({ it: value } as never),
      )
    }
    // once in the other mode, which runs the same operations
    const [{ model } = models[0]!] = models
    await assertRefused('async', () => new model({ it: value } as never).save())
    expect(await connection.query('RETURN 1')).toEqual([1])
  })
})

test('an error of a validator of the user is thrown as it is', () => {
  const bug = new TypeError('a bug')
  const validators = [
    () => {
      throw bug
    },
  ]
  const model = modelOf('bad_values_bug', { it: ListField(StringField({ validators })) as never })
  expect(() => new model({ it: ['x'] } as never).validateSync()).toThrow(bug)
})

test('an instance of a class is not read as the JSON form of an object', async () => {
  const model = modelOf('bad_values_form', { it: DictField(StringField(), { coerce: true }) as never })
  await assertRefused('a map', () => new model({ it: new Map([['a', 'b']]) } as never).validateSync())
  expect((new model({ it: { a: 'b' } } as never).validateSync() as AnyDocument)['it']).toEqual({ a: 'b' })
})

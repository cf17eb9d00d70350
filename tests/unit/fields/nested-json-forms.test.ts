import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import assert from 'node:assert'
import { isDeepStrictEqual } from 'node:util'
import {
  Collection,
  DictField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  GeometryCollection,
  GeometryField,
  GeometryLine,
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
  UnionField,
  Uuid,
  VectorField,
  type FieldDecorator,
} from '../../../src/index.js'
import { toJsonValue } from '../../../src/persistence/plain-object.js'

@Embeddable()
class Branch extends EmbeddedDocument<Branch>() {
  @StringField({ required: true }) name!: string
  @IntField({ dbField: 'n' }) size?: number
  @ListField(EmbeddedField(() => Branch)) branches?: Branch[]
}

@Collection('json_forms_target')
class Target extends Document<Target>() {
  @StringField() name?: string
}

type AnyField = FieldDecorator<unknown>
const key = fc.string({ maxLength: 5 }).filter((text) => text !== '__proto__' && !text.includes('__'))
const text = fc.string({ maxLength: 5 })
const number = fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((value) => value + 0)
const point = fc.tuple(number, number).map((pair) => new GeometryPoint(pair))
const branch: fc.Arbitrary<Branch> = fc.letrec<{ branch: Branch }>((tie) => ({
  branch: fc
    .record({
      name: text,
      size: fc.option(fc.nat(), { nil: undefined }),
      branches: fc.option(fc.array(tie('branch'), { maxLength: 2 }), {
        nil: undefined,
        maxDepth: 3,
        depthSize: 'small',
      }),
    })
    .map((fields) => new Branch(fields)),
})).branch

const KINDS: readonly (readonly [string, AnyField, fc.Arbitrary<unknown>])[] = [
  ['list', ListField(SetField(IntField())), fc.array(fc.uniqueArray(fc.nat()).map((items) => new Set(items)))],
  ['list of options', ListField(OptionField(IntField())), fc.array(fc.option(fc.nat(), { nil: undefined }))],
  ['set', SetField(StringField()), fc.uniqueArray(text).map((items) => new Set(items))],
  ['dict', DictField(IntField()), fc.dictionary(key, fc.nat(), { noNullPrototype: true })],
  [
    'dict of sets',
    DictField(SetField(IntField())),
    fc.dictionary(
      key,
      fc.array(fc.nat()).map((list) => new Set(list)),
      { noNullPrototype: true },
    ),
  ],
  [
    'object',
    ObjectField({ at: ListField(StringField()), inner: ObjectField({ n: IntField() }) }),
    fc.record(
      { at: fc.array(text), inner: fc.record({ n: fc.nat() }, { requiredKeys: [], noNullPrototype: true }) },
      { requiredKeys: [], noNullPrototype: true },
    ),
  ],
  ['embedded', EmbeddedField(() => Branch), branch],
  ['union', UnionField(IntField(), StringField(), ListField(IntField())), fc.oneof(fc.nat(), text, fc.array(fc.nat()))],
  ['vector', VectorField(2), fc.tuple(number, number)],
  ['point', PointField(), point],
  [
    'geometry',
    GeometryField(),
    fc.oneof(
      point,
      fc.array(point, { minLength: 2 }).map((points) => new GeometryLine(points as never)),
      fc.array(point).map((points) => new GeometryCollection(points as never)),
    ),
  ],
  [
    'reference',
    ReferenceField(() => Target),
    fc
      .oneof(
        text,
        fc.integer(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.uuid().map((id) => new Uuid(id)),
      )
      .map(
        (id) => new RecordId('json_forms_target', Number.isSafeInteger(Number(id)) && typeof id === 'bigint' ? 1 : id),
      ),
  ],
]

/** Values of SurrealDB's classes hold symbols that no comparison likes; their text says all. */
function plain(value: unknown): unknown {
  if (value instanceof RecordId) return String(value)
  return value
}

describe.each(KINDS)('%s', (_, { field }, values) => {
  it('comes back from its JSON', () => {
    fc.assert(
      fc.property(values, (value) => {
        const json: unknown = JSON.parse(JSON.stringify(toJsonValue(value)))
        assert.ok(field.jsonForm().safeParse(json).success)
        const read = field.fromJson(json)
        assert.ok(isDeepStrictEqual(plain(read), plain(value)))
        const parsed = field.zodType().safeParse(json)
        assert.ok(parsed.success && isDeepStrictEqual(plain(parsed.data), plain(value)))
      }),
      { numRuns: 100 },
    )
  })

  it('is taken by its own type', () => {
    fc.assert(
      fc.property(values, (value) => {
        const parsed = field.zodType().safeParse(value)
        assert.ok(parsed.success && isDeepStrictEqual(plain(parsed.data), plain(value)))
      }),
      { numRuns: 50 },
    )
  })
})

describe('what is no JSON of it', () => {
  it.each<[string, AnyField, readonly unknown[]]>([
    ['list', ListField(IntField(), { maxLength: 1 }), [[1, 2], ['a'], {}, [null]]],
    ['set', SetField(IntField(), { minLength: 1 }), [[], ['a'], 1]],
    ['dict', DictField(IntField()), [{ a: 'x' }, { a: null }, [], 1]],
    ['object', ObjectField({ a: IntField({ required: true }) }), [{}, { a: null }, { a: 1, b: 2 }]],
    [
      'embedded',
      EmbeddedField(() => Branch),
      [{}, { name: 1 }, { name: 'x', branches: [{}] }, { name: 'x', other: 1 }],
    ],
    ['union', UnionField(IntField(), StringField()), [true, [], {}]],
    ['vector', VectorField(2), [[1], [1, 2, 3], ['1', 2]]],
    ['point', PointField(), [[1, 2], { type: 'Point', coordinates: [1] }, { type: 'LineString', coordinates: [] }]],
    [
      'reference',
      ReferenceField(() => Target),
      ['x', 'other:1', 'json_forms_target:', 1, 'json_forms_target:[1', 'other:[1]'],
    ],
  ])('is refused: %s', (_, { field }, refused) => {
    for (const json of refused) {
      expect(field.jsonForm().safeParse(json).success).toBe(false)
      expect(field.zodType().safeParse(json).success).toBe(false)
    }
  })
})

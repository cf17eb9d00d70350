import { describe, expect, it } from '@jest/globals'
import {
  AnyField,
  BoundIncluded,
  BytesField,
  Collection,
  DateTimeField,
  DictField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  GeometryLine,
  GeometryPoint,
  IntField,
  LineField,
  ListField,
  ObjectField,
  OptionField,
  Range,
  RangeField,
  RecordId,
  RecordIDField,
  ReferenceField,
  RegexField,
  SetField,
  StringField,
  UnionField,
  VectorField,
  type Ref,
  type ValidationError,
} from '../../../src/index.js'
import { toJsonValue } from '../../../src/persistence/plain-object.js'
import { DateTime, Decimal, Duration, Uuid } from '../../../src/values.js'

@Embeddable()
class Address extends EmbeddedDocument<Address>() {
  @StringField({ dbField: 'town' }) city?: string
}

@Collection('plain_person')
class Person extends Document<Person>() {
  @StringField() name?: string | null
  @IntField() points?: number | bigint
  @DateTimeField() born?: Date
  @ListField(EmbeddedField(() => Address)) homes?: Address[]
  @ReferenceField(() => Person) friend?: Ref<Person>
  note = 'of no field'
}

@Collection('plain_holder')
class Holder extends Document<Holder>() {
  @ListField(ObjectField()) list?: Readonly<Record<string, unknown>>[]
  @SetField(DateTimeField()) set?: Set<Date>
  @DictField(ListField(DateTimeField())) dict?: Record<string, Date[]>
  @ObjectField({ inner: ObjectField({ list: ListField(StringField()) }) }) object?: object
  @ObjectField() anything?: Readonly<Record<string, unknown>>
  @EmbeddedField(() => Address) embedded?: Address
  @DictField(EmbeddedField(() => Address)) embeddeds?: Record<string, Address>
  @AnyField() any?: unknown
  @UnionField(IntField(), ListField(IntField())) either?: number | bigint | (number | bigint)[]
  @OptionField(ListField(IntField())) option?: (number | bigint)[]
  @VectorField(2) vector?: number[]
  @DateTimeField() date?: Date
  @BytesField() bytes?: Uint8Array
  @RegexField() pattern?: RegExp
  @RangeField(DateTimeField()) range?: Range<Date, Date>
  @LineField() shape?: GeometryLine
  @RecordIDField() link?: RecordId
}

const born = new Date(0)

describe('toObject', () => {
  it('has the id and the fields that have a value, by property name', () => {
    const person = new Person({ id: 'ann', name: null, born, homes: [new Address({ city: 'Paris' })] })
    expect(person.toObject()).toEqual({
      id: new RecordId('plain_person', 'ann'),
      name: null,
      born,
      homes: [{ city: 'Paris' }],
    })
    expect(new Person().toObject()).toEqual({})
    expect(new Address({ city: 'x' }).toObject()).toEqual({ city: 'x' })
  })

  it('goes into a linked document', () => {
    const friend = new Person({ id: 'bob', name: 'Bob' })
    expect(new Person({ friend }).toObject()).toEqual({
      friend: { id: new RecordId('plain_person', 'bob'), name: 'Bob' },
    })
  })
})

describe('what has no end', () => {
  it('a document inside itself is its id', () => {
    const ann = new Person({ id: 'ann', name: 'Ann' })
    ann.friend = ann
    expect(ann.toObject()).toEqual({ id: ann.id, name: 'Ann', friend: { id: ann.id } })
    expect(ann.toJSON()).toEqual({ id: 'plain_person:ann', name: 'Ann', friend: { id: 'plain_person:ann' } })
    expect(ann.toJSON()).toEqual({ id: 'plain_person:ann', name: 'Ann', friend: { id: 'plain_person:ann' } })
  })

  it.each(['toObject', 'toJSON'] as const)('%s says where a value is that has none', (method) => {
    const cyclic: unknown[] = []
    cyclic.push(cyclic)
    let deep: object = {}
    for (let level = 0; level < 10_000; level++) deep = { deep }
    const issueOf = (document: Holder): unknown => {
      try {
        return document[method]()
      } catch (error) {
        return (error as ValidationError).issues
      }
    }
    expect(issueOf(new Holder({ any: cyclic }))).toEqual([{ path: ['any'], code: 'cyclic', message: 'holds itself' }])
    expect(issueOf(new Holder({ any: [deep] }))).toEqual([{ path: ['any'], code: 'too_deep', message: 'is too deep' }])
    expect(issueOf(new Holder({ any: 1 }))).toEqual({ any: 1 })
  })
})

/** Puts something into everything that can be changed. */
function spoil(value: unknown): void {
  if (value instanceof Set) {
    value.forEach(spoil)
    value.add('spoiled')
  } else if (value instanceof Date) value.setTime(1)
  else if (value instanceof Uint8Array) value.fill(7)
  else if (value instanceof RegExp) value.lastIndex = 7
  else if (value instanceof RecordId) spoil(value.id)
  else if (value instanceof Range) spoil((value.begin as BoundIncluded<unknown>).value)
  else if (value instanceof GeometryLine) Object.assign(value.line[0], { point: [7, 7] })
  else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(spoil)
    if (Array.isArray(value)) value.push('spoiled')
    else (value as Record<string, unknown>)['spoiled'] = true
  }
}

describe('no change of the plain object reaches the document', () => {
  const line = () => new GeometryLine([new GeometryPoint([1, 2]), new GeometryPoint([3, 4])])
  it.each<[string, () => Record<string, unknown>]>([
    ['a list', () => ({ list: [{ a: [1] }] })],
    ['a set', () => ({ set: new Set([new Date(0)]) })],
    ['a dict', () => ({ dict: { a: [new Date(0)] } })],
    ['an object', () => ({ object: { inner: { list: ['x'] } } })],
    ['an object that is not described', () => ({ anything: { a: { b: [1] } } })],
    ['an embedded document', () => ({ embedded: new Address({ city: 'Paris' }) })],
    ['embedded documents in a dict', () => ({ embeddeds: { a: new Address({ city: 'Paris' }) } })],
    ['any value', () => ({ any: { a: new Set([[1]]), b: new Uint8Array([1]), c: new Uint8Array([1]).buffer } })],
    ['a union', () => ({ either: [1] })],
    ['an option', () => ({ option: [1] })],
    ['a vector', () => ({ vector: [1, 2] })],
    ['a date', () => ({ date: new Date(0) })],
    ['bytes', () => ({ bytes: new Uint8Array([1]) })],
    ['a buffer of bytes', () => ({ bytes: Buffer.from([1]) })],
    ['a regular expression', () => ({ pattern: /a/g })],
    ['a range', () => ({ range: new Range(new BoundIncluded(new Date(0)), undefined) })],
    ['a geometry', () => ({ shape: line() })],
    ['a record id', () => ({ link: new RecordId('person', [1, { a: 'x' }]) })],
  ])('%s', (_, make) => {
    const holder = new Holder(make())
    const shown = holder.toObject()
    spoil(shown)
    expect(shown).not.toEqual(new Holder(make()).toObject())
    expect(holder.toObject()).toEqual(new Holder(make()).toObject())
    const [name] = Object.keys(make())
    expect(holder[name as keyof Holder]).toEqual(make()[name!])
  })
})

describe('toJSON', () => {
  it('is what JSON can hold', () => {
    const person = new Person({ id: 'ann', points: 2n ** 60n, born, homes: [new Address({ city: 'Paris' })] })
    expect(JSON.parse(JSON.stringify(person))).toEqual({
      id: 'plain_person:ann',
      points: '1152921504606846976',
      born: '1970-01-01T00:00:00.000Z',
      homes: [{ city: 'Paris' }],
    })
    expect(new Person({ points: 7n }).toJSON()).toEqual({ points: 7 })
  })

  it.each<[string, unknown, unknown]>([
    ['bytes', new Uint8Array([1, 2, 255]), 'AQL/'],
    ['a buffer', new Uint8Array([1, 2, 255]).buffer, 'AQL/'],
    ['a set', new Set([1n, 'a']), [1, 'a']],
    ['an object', { a: { b: new Duration('1m') } }, { a: { b: '1m' } }],
    ['a decimal', new Decimal('1.50'), '1.5'],
    ['a uuid', new Uuid('018f4e3e-1111-7000-8000-000000000000'), '018f4e3e-1111-7000-8000-000000000000'],
    ['a time', new DateTime(born), '1970-01-01T00:00:00.000Z'],
    ['null', null, null],
  ])('writes %s', (_, value, json) => {
    expect(JSON.parse(JSON.stringify(toJsonValue(value)))).toEqual(json)
  })
})

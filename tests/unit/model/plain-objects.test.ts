import { describe, expect, it } from '@jest/globals'
import {
  Collection,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  RecordId,
  ReferenceField,
  StringField,
  type Ref,
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

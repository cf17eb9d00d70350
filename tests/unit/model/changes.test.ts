import { describe, expect, it } from '@jest/globals'
import {
  Collection,
  DateTime,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  RecordId,
  ReferenceField,
  StringField,
  ValidationError,
  type Ref,
} from '../../../src/index.js'
import { collectChanges } from '../../../src/persistence/change-tracker.js'
import { modelMetaOf } from '../../../src/schema/model-registry.js'

@Embeddable()
class Room extends EmbeddedDocument<Room>() {
  @StringField() name?: string | undefined
  @IntField({ dbField: 'area_m2' }) area?: number | undefined
}

@Embeddable()
class Address extends EmbeddedDocument<Address>() {
  @StringField({ dbField: 'town' }) city?: string | null | undefined
  @StringField() zip?: string | undefined
  @EmbeddedField(() => Room) hall?: Room | undefined
}

@Collection('changes_person')
class Person extends Document<Person>() {
  @StringField({ dbField: 'full_name' }) name?: string | null | undefined
  @IntField() age?: number | bigint | undefined
  @FloatField() height?: number | undefined
  @DateTimeField() born?: Date | undefined
  @ListField(StringField()) tags?: string[] | undefined
  @ListField(DateTimeField()) visits?: Date[] | undefined
  @EmbeddedField(() => Address, { dbField: 'home' }) address?: Address | undefined
  @ListField(EmbeddedField(() => Room)) rooms?: Room[] | undefined
  @ReferenceField(() => Person) friend?: Ref<Person> | undefined
}

const id = new RecordId('changes_person', 'ann')
const friend = new RecordId('changes_person', 'bob')
const load = (stored: Record<string, unknown>): Person => Person.fromRecord({ id, ...stored })

/** What `save()` would write, as pairs of a path and a value. */
const changesOf = (person: Person): unknown[] =>
  collectChanges(modelMetaOf(Person), person).map(({ path, value }) => [path.join('.'), value])

const everything = () => ({
  full_name: 'Ann',
  age: 41,
  height: 1.7,
  born: new DateTime('2001-02-03T04:05:06.123456789Z'),
  tags: ['a', 'b'],
  visits: [new DateTime('2024-01-01T00:00:00.000000001Z')],
  home: { town: 'Paris', zip: '75001', hall: { name: 'hall', area_m2: 4, colour: 'red' }, other: true },
  rooms: [{ name: 'r', area_m2: 1, unknown: 1 }],
  friend,
  of_no_field: 1,
})

describe('a loaded document', () => {
  it('has no changes, nanoseconds and unknown keys included', () => {
    const person = load(everything())
    expect(changesOf(person)).toEqual([])
    expect(person.isDirty).toBe(false)
    expect(person.changes()).toEqual({})
  })

  it('has none when values are replaced by the same ones', () => {
    const person = load(everything())
    person.name = 'Ann'
    person.age = 41n
    person.born = new Date(person.born!)
    person.tags = [...person.tags!]
    person.visits = person.visits!.map((visit) => new Date(visit))
    person.address = new Address({ ...person.address!.toObject(), hall: new Room({ name: 'hall', area: 4 }) })
    person.rooms = [new Room({ name: 'r', area: 1 })]
    person.friend = new Person({ id: 'bob' })
    expect(changesOf(person)).toEqual([])
  })

  type Edit = readonly [what: string, edit: (person: Person) => unknown, changes: readonly unknown[]]

  it.each<Edit>([
    ['a value', (person) => (person.name = 'Bob'), [['full_name', 'Bob']]],
    ['a value to null', (person) => (person.name = null), [['full_name', null]]],
    ['a value away', (person) => (person.name = undefined), [['full_name', undefined]]],
    ['a property away', (person) => delete person.name, [['full_name', undefined]]],
    ['a large integer', (person) => (person.age = 2n ** 60n), [['age', 2n ** 60n]]],
    ['NaN', (person) => (person.height = NaN), [['height', NaN]]],
    ['a moment', (person) => person.born!.setMilliseconds(124), [['born', new DateTime('2001-02-03T04:05:06.124Z')]]],
    ['a list in place', (person) => person.tags!.push('c'), [['tags', ['a', 'b', 'c']]]],
    ['the order of a list', (person) => person.tags!.reverse(), [['tags', ['b', 'a']]]],
    ['a list by its length', (person) => (person.tags!.length = 0), [['tags', []]]],
    ['a list away', (person) => (person.tags = undefined), [['tags', undefined]]],
    ['a field inside', (person) => (person.address!.city = 'Lyon'), [['home.town', 'Lyon']]],
    ['a field inside to null', (person) => (person.address!.city = null), [['home.town', null]]],
    ['a field inside away', (person) => (person.address!.zip = undefined), [['home.zip', undefined]]],
    ['a field deep inside', (person) => (person.address!.hall!.area = 5), [['home.hall.area_m2', 5]]],
    [
      'two fields inside',
      (person) => Object.assign(person.address!, { city: 'Lyon', zip: '69001' }),
      [
        ['home.town', 'Lyon'],
        ['home.zip', '69001'],
      ],
    ],
    ['an embedded document away', (person) => (person.address!.hall = undefined), [['home.hall', undefined]]],
    [
      'an embedded document for another one: just what differs',
      (person) =>
        (person.address = new Address({ city: 'Paris', zip: '75001', hall: new Room({ name: 'new', area: 4 }) })),
      [['home.hall.name', 'new']],
    ],
    [
      'an embedded document for a plain object',
      (person) => (person.address = { city: 'Paris' } as Address),
      [
        ['home.zip', undefined],
        ['home.hall', undefined],
      ],
    ],
    ['an item of a list in place', (person) => (person.rooms![0]!.area = 2), [['rooms', [{ name: 'r', area_m2: 2 }]]]],
    ['a link', (person) => (person.friend = id), [['friend', id]]],
    [
      'a link to a document',
      (person) => (person.friend = new Person({ id: 'eve' })),
      [['friend', new RecordId('changes_person', 'eve')]],
    ],
  ])('changes %s', (_, edit, changes) => {
    const person = load(everything())
    edit(person)
    expect(changesOf(person)).toEqual(changes)
    expect(person.isDirty).toBe(true)
    expect(person.revert()).toBe(person)
    expect(changesOf(person)).toEqual([])
  })

  it('writes an embedded document whole where there was none', () => {
    const person = load({})
    person.address = new Address({ city: 'Paris' })
    expect(changesOf(person)).toEqual([['home', { town: 'Paris' }]])
  })

  it.each([
    ['zero and minus zero', { age: 0 }, (person: Person) => (person.age = -0)],
    ['NaN and NaN', { height: NaN }, (person: Person) => (person.height = NaN)],
    ['a number and its bigint', { age: 2 ** 40 }, (person: Person) => (person.age = 2n ** 40n)],
    ['a bigint and itself', { age: 2n ** 60n }, (person: Person) => (person.age = 2n ** 60n)],
    ['no value and no value', {}, (person: Person) => (person.name = undefined)],
  ])('has no changes: %s', (_, stored, edit) => {
    const person = load(stored)
    edit(person)
    expect(changesOf(person)).toEqual([])
  })

  it('tells null from no value', () => {
    const person = load({ full_name: null })
    expect(changesOf(person)).toEqual([])
    person.name = undefined
    expect(changesOf(person)).toEqual([['full_name', undefined]])
  })

  it('notices a gap in a list, and validation refuses it', () => {
    const person = load(everything())
    delete person.tags![0]
    expect(person.isDirty).toBe(true)
    expect(() => person.validateSync()).toThrow('Person.tags.0: is missing; a list has no gaps')
  })

  it('can hold a wrong value without failing before it is validated', () => {
    const person = load(everything())
    person.born = new Date(NaN)
    person.tags = 'a' as never
    person.address = 7 as never
    person.friend = 'bob' as never
    expect(person.isDirty).toBe(true)
    expect(Object.keys(person.changes())).toEqual(['born', 'tags', 'address', 'friend'])
    expect(() => person.validateSync()).toThrow(ValidationError)
  })

  it('is not changed by having its link fetched along', () => {
    const person = load({ friend: { id: friend, full_name: 'Bob' } })
    expect(person.friend).toBeInstanceOf(Person)
    expect(person.isDirty).toBe(false)
    person.friend = friend
    expect(person.isDirty).toBe(false)
    person.friend = id
    expect(changesOf(person)).toEqual([['friend', id]])
  })
})

describe('changes()', () => {
  it('has what was and what is, by property name', () => {
    const person = load(everything())
    person.name = 'Bob'
    person.tags!.pop()
    person.address!.city = 'Lyon'
    const { name, tags, address, ...others } = person.changes()
    expect(others).toEqual({})
    expect(name).toEqual({ before: 'Ann', after: 'Bob' })
    expect(tags).toEqual({ before: ['a', 'b'], after: ['a'] })
    expect((address?.before as Address).city).toBe('Paris')
    expect(address?.after).toBe(person.address)
  })

  it('of a new document are its fields', () => {
    expect(new Person({ name: 'Ann' }).changes()).toEqual({ name: { before: undefined, after: 'Ann' } })
  })
})

describe('the id', () => {
  it('of a stored document stays', () => {
    const person = load({})
    person.id = 'ann'
    for (const other of ['bob', undefined]) {
      expect(() => (person.id = other as string)).toThrow(
        expect.objectContaining({ issues: [expect.objectContaining({ path: ['id'], code: 'readonly' })] }),
      )
    }
    expect(person.id).toEqual(id)
  })
})

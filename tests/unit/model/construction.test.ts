import { describe, expect, it } from '@jest/globals'
import {
  Collection,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  RecordId,
  StringField,
  ValidationError,
} from '../../../src/index.js'

let made = 0

@Embeddable()
class Address extends EmbeddedDocument<Address>() {
  @StringField({ default: 'Paris' }) city?: string
  @IntField() floor = 1
}

@Collection('construction_person')
class Person extends Document<Person>() {
  @StringField({ required: true }) name!: string
  @IntField({ default: 18 }) age?: number | null
  @IntField({ default: 7 }) rank = 3
  @IntField({ default: () => (made += 1) }) serial!: number
  @ListField(StringField(), { default: () => [] }) tags!: string[]
  @EmbeddedField(() => Address) address?: Address
  note = 'of no field'
  get label() {
    return `${this.name} (${this.age})`
  }
}

function issuesOf(work: () => unknown): ValidationError['issues'] {
  try {
    work()
  } catch (error) {
    if (error instanceof ValidationError) return error.issues
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a new document', () => {
  it('has what it was given, then what its class sets, then the defaults', () => {
    expect(new Person({ name: 'Ann', rank: 5 })).toMatchObject({ name: 'Ann', rank: 5, age: 18, tags: [] })
    expect(new Person()).toMatchObject({ rank: 3, age: 18, note: 'of no field' })
    expect(new Person().name).toBeUndefined()
  })

  it('keeps null, and takes undefined for not given', () => {
    expect(new Person({ age: null, rank: undefined })).toMatchObject({ age: null, rank: 3 })
  })

  it('calls a default anew for each document', () => {
    const [one, other] = [new Person(), new Person()]
    expect(other.serial).toBe(one.serial + 1)
    expect(one.tags).not.toBe(other.tags)
    expect(new Person({ serial: 0 }).serial).toBe(0)
  })

  it('has its getters and its class', () => {
    const person = new Person({ name: 'Ann' })
    expect(person.label).toBe('Ann (18)')
    expect(person).toBeInstanceOf(Person)
    expect(person).toBeInstanceOf(Document)
    expect(person.constructor).toBe(Person)
    expect(Person.name).toBe('Person')
  })

  it('can be given an id, as a key or whole', () => {
    expect(new Person({ id: 'ann' }).id).toEqual(new RecordId('construction_person', 'ann'))
    expect(new Person({ id: new RecordId('construction_person', 7) }).id?.id).toBe(7)
    expect(new Person().id).toBeUndefined()
  })

  it('refuses the id of another table, and what is no key', () => {
    for (const id of [new RecordId('other', 1), 1.5, true] as never[]) {
      expect(issuesOf(() => new Person({ id }))).toEqual([
        {
          path: ['id'],
          code: 'invalid_type',
          message: 'must be a RecordId of the table construction_person, or its key',
        },
      ])
    }
  })

  it('refuses unknown fields, all at once', () => {
    expect(issuesOf(() => new Person({ nope: 1, name: 'Ann', note: 'x' } as never))).toEqual([
      expect.objectContaining({ path: ['nope'], code: 'unknown_field' }),
      {
        path: ['note'],
        code: 'unknown_field',
        message: 'is no field of Person; fields: name, age, rank, serial, tags, address',
      },
    ])
  })

  it.each([null, 'Ann', 1, [], new Map(), new Date()])('is made from an object, not from %p', (given) => {
    expect(issuesOf(() => new Person(given as never))).toEqual([
      { path: [], code: 'invalid_type', message: 'is made from an object with its fields' },
    ])
  })

  it('is new, dirty, and the same as no other', () => {
    const person = new Person({ id: 'ann' })
    expect([person.isNew, person.isDirty]).toEqual([true, true])
    expect(person.equals(new Person({ id: 'ann' }))).toBe(true)
    expect(new Person().equals(new Person())).toBe(false)
  })
})

describe('an embedded document', () => {
  it('is filled in the same way', () => {
    expect(new Address({ floor: 4 })).toMatchObject({ city: 'Paris', floor: 4 })
    expect(new Address({ city: null })).toMatchObject({ city: null, floor: 1 })
    expect(issuesOf(() => new Address({ town: 'x' } as never))[0]).toMatchObject({ path: ['town'] })
  })
})

describe('validate', () => {
  it('is the same in both modes, and lists everything', async () => {
    const person = new Person({ age: 'old' as never, address: { floor: 'x' } as never })
    const expected = [['name'], ['age'], ['address', 'floor']]
    expect(issuesOf(() => person.validateSync()).map(({ path }) => path)).toEqual(expected)
    await expect(person.validate()).rejects.toMatchObject({ model: 'Person', code: 'VALIDATION_FAILED' })
    const valid = new Person({ name: 'Ann' })
    expect(valid.validateSync()).toBe(valid)
    expect(await valid.validate()).toBe(valid)
  })
})

describe('the document of a record', () => {
  it('holds what the record holds, not what the class sets or defaults to', () => {
    const person = Person.fromRecord({ id: new RecordId('construction_person', 1), name: 'Ann', address: {} })
    expect(person).toMatchObject({ name: 'Ann', note: 'of no field' })
    expect([person.rank, person.age, person.tags, person.address?.city]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect([person.isNew, person.isDirty]).toEqual([false, false])
    expect(person.address).toBeInstanceOf(Address)
  })

  it('has an id', () => {
    expect(() => Person.fromRecord({ name: 'Ann' })).toThrow(expect.objectContaining({ code: 'UNEXPECTED_RESPONSE' }))
  })
})

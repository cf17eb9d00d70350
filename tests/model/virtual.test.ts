import { expect, test } from '@jest/globals'
import {
  Collection,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  LookupError,
  ModelDefinitionError,
  RecordId,
  StringField,
  Validate,
  ValidationError,
  Virtual,
} from '../../src/index.js'

@Embeddable()
class Place extends EmbeddedDocument<Place>() {
  @StringField() city?: string
  @Virtual() get loud() {
    return this.city?.toUpperCase()
  }
}

@Collection('virtual_person')
class Person extends Document<Person>() {
  @StringField() first?: string
  @StringField({ hidden: true }) last?: string
  @EmbeddedField(() => Place) place?: Place
  @Virtual() get full() {
    return `${this.first} ${this.last}`
  }
  @Virtual() get link() {
    return new RecordId('virtual_person', 1)
  }
  @Virtual() get nothing() {
    return undefined
  }
  get silent() {
    return 'x'
  }
}

@Collection('virtual_child')
class Child extends Person.extend<Child>() {
  override get full() {
    return 'child'
  }
  @Virtual() get age() {
    return 7
  }
}

const fields = { first: 'Ann', last: 'Lee', place: new Place({ city: 'Rome' }) }

test('a getter is a member, and in toJSON where it is asked for', () => {
  const person = new Person(fields)
  expect(person.full).toBe('Ann Lee')
  expect(person.toObject()).toEqual({ first: 'Ann', last: 'Lee', place: { city: 'Rome' } })
  const json = { first: 'Ann', place: { city: 'Rome', loud: 'ROME' }, full: 'Ann Lee', link: 'virtual_person:1' }
  expect(person.toJSON()).toEqual(json)
  expect(JSON.parse(JSON.stringify({ person }))).toEqual({ person: json })
  expect(person.changes()).not.toHaveProperty('full')
})

test('it is inherited', () => {
  expect(new Child(fields).toJSON()).toMatchObject({ full: 'child', age: 7 })
  expect(new Person(fields).toJSON()).not.toHaveProperty('age')
})

test('it is no field', () => {
  for (const name of ['full', 'silent']) {
    expect(() => Person.objects.filter({ [name]: 'x' } as never)).toThrow(LookupError)
    expect(() => Person.objects.orderBy(name as never)).toThrow(LookupError)
    expect(() => new Person({ [name]: 'x' } as never)).toThrow(ValidationError)
  }
  expect(Person.defineStatements()).not.toContain('full')
})

test('the decorators refuse what is no public member of the instances', () => {
  const virtual = Virtual() as unknown as (target: unknown, context: unknown) => void
  const validate = Validate() as unknown as typeof virtual
  expect(() => virtual(class {}, 'x')).toThrow(ModelDefinitionError)
  expect(() => virtual(undefined, { name: 'x', static: true, metadata: {} })).toThrow('@Virtual stands on x')
  expect(() => validate(undefined, { name: '#x', private: true, metadata: {} })).toThrow('a public method')
})

import { expect, it } from '@jest/globals'
import {
  Collection,
  Document,
  EmailField,
  IntField,
  ListField,
  ModelDefinitionError,
  registerLookup,
  registerTransform,
  StringField,
} from '../../../../src/index.js'

declare module '../../../../src/index.js' {
  interface CustomLookups<Value> {
    soundslike: Value extends string ? string : never
    multipleof: Value extends number ? number : never
  }
  interface CustomTransforms<Value> {
    initial: Value extends string ? string : never
  }
}

registerLookup(StringField, 'soundslike', { build: (value, given) => value.jaroWinklerSimilarity(given).gt(0.8) })
registerLookup(IntField, 'multipleof', { build: (value, given) => value.mod(given).eq(0) })
registerTransform(StringField, 'initial', { gives: StringField(), build: (value) => value.slice(0, 1).uppercase() })

@Collection('custom_lookups_person')
class Person extends Document<Person>() {
  @StringField() name?: string
  @EmailField() email?: string
  @IntField() age?: number
  @ListField(StringField()) tags?: string[]
}

const where = (text: string) => `SELECT * FROM \`custom_lookups_person\` WHERE ${text}`
const similar = (path: string) =>
  `((IF type::is_string(${path}) { string::similarity::jaro_winkler(${path}, $p0) } ELSE { NONE }) > $p1)`
const initial = (path: string) =>
  `(IF type::is_string(${path}) { string::uppercase(string::slice(${path}, $p0, $p1)) } ELSE { NONE })`

it('a lookup is one of filters and of expressions, of classes that extend the field too', () => {
  const { query, bindings } = Person.objects.filter({ name__soundslike: 'Jon' }).toSurrealQL()
  expect(query).toBe(where(similar('`name`')))
  expect(bindings).toEqual({ p0: 'Jon', p1: 0.8 })
  expect(Person.objects.where((u) => u.name.soundslike('Jon')).toSurrealQL().query).toBe(query)
  expect(Person.objects.filter({ email__soundslike: 'x' }).toSurrealQL().query).toBe(where(similar('`email`')))
  expect(Person.objects.filter({ tags__any__soundslike: 'x' }).toSurrealQL().query).toBe(
    where(`(array::len((\`tags\` ?? [])[WHERE ${similar('$this')}]) > $p2)`),
  )
  expect(Person.objects.filter({ age__multipleof: 2 }).toSurrealQL().query).toBe(
    where('((IF type::is_number(`age`) { (`age` % $p0) } ELSE { NONE }) = $p1)'),
  )
})

it('a transform is one of filters and of expressions', () => {
  const { query } = Person.objects.filter({ name__initial: 'J' }).toSurrealQL()
  expect(query).toBe(where(`(${initial('`name`')} = $p2)`))
  expect(Person.objects.where((u) => u.name.initial().eq('J')).toSurrealQL().query).toBe(query)
  expect(Person.objects.filter({ name__initial__in: ['J'] }).toSurrealQL().query).toBe(
    where(`(${initial('`name`')} IN $p2)`),
  )
})

it('what it takes is checked', () => {
  const wrong = Person.objects as unknown as { filter(filter: object): unknown }
  expect(() => wrong.filter({ name__soundslike: 1 })).toThrow('Person.name__soundslike takes a string value.')
  expect(() => wrong.filter({ age__soundslike: 'x' })).toThrow('"soundslike" is neither a field inside')
  expect(() => wrong.filter({ name__nope: 1 })).toThrow(/lookups: .*soundslike, initial/)
})

it('lists of texts, and elements', () => {
  registerLookup(ListField(StringField()), 'startingwith', {
    takes: 'element',
    build: (value, given) => value.at(0).eq(given),
  })
  const people = Person.objects as unknown as { filter(filter: object): typeof Person.objects }
  expect(people.filter({ tags__startingwith: 'x' }).toSurrealQL().query).toBe(where('(`tags`[0] = $p0)'))
})

it.each(['exact', 'len', 'soundslike', 'initial', 'lowercase', 'coalesce', 'two__parts', 'ends_', '', '1st', 'a b'])(
  'the name "%s" is refused',
  (name) => {
    const define = () => registerLookup(StringField, name, { build: (value) => value.isEmail() })
    expect(define).toThrow(ModelDefinitionError)
    expect(define).toThrow(expect.objectContaining({ code: 'INVALID_DEFINITION' }))
    expect(() => registerTransform(EmailField, name, { gives: StringField(), build: (value) => value.trim() })).toThrow(
      ModelDefinitionError,
    )
  },
)

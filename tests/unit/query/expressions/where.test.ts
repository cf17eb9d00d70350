import assert from 'node:assert/strict'
import { describe, expect, it } from '@jest/globals'
import {
  Collection,
  DateTimeField,
  Document,
  Duration,
  DurationField,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  F,
  IntField,
  ListField,
  literal,
  LookupError,
  now,
  ReferenceField,
  StringField,
  VectorField,
  when,
  type RecordExpression,
  type Ref,
  type TypedExpression,
} from '../../../../src/index.js'

@Embeddable()
class Home extends EmbeddedDocument<Home>() {
  @StringField({ dbField: 'town' }) city?: string
  @IntField() rooms?: number
}

@Collection('where_company')
class Company extends Document<Company>() {
  @StringField() name?: string
}

@Collection('where_person')
class Person extends Document<Person>() {
  @StringField({ dbField: 'full_name' }) name?: string
  @IntField() age?: number
  @IntField() minimum?: number
  @DateTimeField() born?: Date
  @DurationField() pause?: Duration
  @ListField(StringField()) tags?: string[]
  @ListField(EmbeddedField(() => Home)) homes?: Home[]
  @EmbeddedField(() => Home) home?: Home
  @ReferenceField(() => Company) company?: Ref<Company>
  @VectorField(2) vector?: number[]
  @IntField({ readonly: true }) fixed?: number
}

type Ask = (u: RecordExpression<Person>) => TypedExpression<boolean>
const people = Person.objects

function where(ask: Ask): { readonly text: string; readonly values: unknown[] } {
  const { query, bindings } = people.where(ask).toSurrealQL()
  const start = 'SELECT * FROM `where_person` WHERE '
  expect(query.startsWith(start)).toBe(true)
  return { text: query.slice(start.length), values: Object.values(bindings) }
}

const present = (path: string) => `(${path} >= false)`

describe('the text of', () => {
  it.each<[title: string, ask: Ask, text: string, values: readonly unknown[]]>([
    ['a comparison', (u) => u.age.gte(18), '(`age` >= $p0)', [18]],
    ['lt', (u) => u.age.lt(18), `(${present('`age`')} AND (\`age\` < $p0))`, [18]],
    [
      'two fields, gt',
      (u) => u.age.gt(u.minimum),
      `(${present('`minimum`')} AND (\`age\` >= \`minimum\`) AND (\`age\` != \`minimum\`))`,
      [],
    ],
    ['two fields, lt', (u) => u.age.lt(u.minimum), `(${present('`age`')} AND (\`age\` < \`minimum\`))`, []],
    ['two fields, eq', (u) => u.age.eq(u.minimum), `(${present('`age`')} AND (\`age\` = \`minimum\`))`, []],
    ['two fields, ne', (u) => u.age.ne(u.minimum), `!(${present('`age`')} AND (\`age\` = \`minimum\`))`, []],
    ['a list with fields in it', (u) => u.age.in([1, u.minimum]), '(`age` IN [$p0, `minimum`])', [1]],
    [
      'a chain',
      (u) => u.age.gt(1).or(u.age.lt(0)).or(u.age.isNull()).and(u.name.eq('x')),
      `((((\`age\` >= $p0) AND (\`age\` != $p1)) OR (${present('`age`')} AND (\`age\` < $p2)) OR ((\`age\` ?? NONE) = NONE)) AND (\`full_name\` = $p3))`,
      [1, 1, 0, 'x'],
    ],
    ['not', (u) => u.age.gt(1).not(), '!((`age` >= $p0) AND (`age` != $p1))', [1, 1]],
    [
      'arithmetic: one test for each value',
      (u) => u.age.add(u.minimum).mul(2).gt(9),
      '((IF (type::is_number(`age`) AND type::is_number(`minimum`)) { ((`age` + `minimum`) * $p0) } ELSE { NONE }) > $p1)',
      [2, 9],
    ],
    [
      'functions in a chain',
      (u) => u.name.lowercase().trim().len().eq(3),
      '((IF type::is_string(`full_name`) { string::len(string::trim(string::lowercase(`full_name`))) } ELSE { NONE }) = $p0)',
      [3],
    ],
    [
      'what may be missing in between',
      (u) => u.tags.first().uppercase().eq('X'),
      '((IF type::is_string((IF type::is_array(`tags`) { array::first(`tags`) } ELSE { NONE })) ' +
        '{ string::uppercase((IF type::is_array(`tags`) { array::first(`tags`) } ELSE { NONE })) } ELSE { NONE }) = $p0)',
      ['X'],
    ],
    [
      'a function that gives true or false',
      (u) => u.name.isEmail(),
      '(IF type::is_string(`full_name`) { string::is_email(`full_name`) } ELSE { NONE })',
      [],
    ],
    ['embedded', (u) => u.home.city.eq('x'), '(`home`.`town` = $p0)', ['x']],
    ['links', (u) => u.company.name.eq('x'), '(`company`.`name` = $p0)', ['x']],
    ['a place of a list', (u) => u.homes.at(1).city.eq('x'), '(`homes`[1].`town` = $p0)', ['x']],
    [
      'any',
      (u) => u.homes.any((h) => h.city.eq('x').and(h.rooms.gt(2))),
      '(array::len((`homes` ?? [])[WHERE ((`town` = $p0) AND ((`rooms` >= $p1) AND (`rooms` != $p2)))]) > $p3)',
      ['x', 2, 2, 0],
    ],
    [
      'all',
      (u) => u.tags.all((tag) => tag.eq('x')),
      '(array::len((`tags` ?? [])[WHERE !($this = $p0)]) = $p1)',
      ['x', 0],
    ],
    ['coalesce', (u) => u.age.coalesce(7).eq(7), '((`age` ?? $p0) = $p1)', [7, 7]],
    [
      'when',
      (u) => when(u.age.gt(1), 'a', u.name).eq('a'),
      '((IF ((`age` >= $p0) AND (`age` != $p1)) { $p2 } ELSE { `full_name` }) = $p3)',
      [1, 1, 'a', 'a'],
    ],
    [
      'a field of what is no path',
      (u) => when(u.age.gt(1), u.home).city.eq('x'),
      '(((IF ((`age` >= $p0) AND (`age` != $p1)) { `home` } ELSE { NONE })).`town` = $p2)',
      [1, 1, 'x'],
    ],
    [
      'literal',
      (u) => literal(5).add(u.age).gt(1),
      '((IF type::is_number(`age`) { ($p0 + `age`) } ELSE { NONE }) > $p1)',
      [5, 1],
    ],
    [
      'now',
      (u) => u.born.lt(now().sub(new Duration('1h'))),
      `(${present('`born`')} AND (\`born\` < (time::now() - $p0)))`,
      [new Duration('1h')],
    ],
    [
      'between',
      (u) => u.age.between(u.minimum, 9),
      `(${present('`minimum`')} AND (\`age\` >= \`minimum\`) AND ((\`age\` < $p0) OR (\`age\` = $p1)))`,
      [9, 9],
    ],
    ['types', (u) => u.age.isNumber().not(), '!type::is_number(`age`)', []],
    [
      'as',
      (u) => u.age.as(StringField()).startsWith('x'),
      '(type::is_string(`age`) AND string::starts_with(`age`, $p0))',
      ['x'],
    ],
  ])('%s', (_, ask, text, values) => {
    expect(where(ask)).toEqual({ text, values })
  })

  it('functions as version 2 spells them', async () => {
    const { compile } = await import('../../../../src/surrealql/compiler/compile.js')
    const { dialectFor } = await import('../../../../src/surrealql/dialect.js')
    const { buildSelect } = await import('../../../../src/query/build-statements.js')
    const { queryOf, withConditions } = await import('../../../../src/query/query.js')
    const { modelMetaOf } = await import('../../../../src/schema/model-registry.js')
    const { parseWhere } = await import('../../../../src/query/expressions/record-expression.js')
    const meta = modelMetaOf(Person)
    const condition = parseWhere(meta, (u: RecordExpression<Person>) => u.name.isEmail())
    expect(compile(buildSelect(withConditions(queryOf(meta), [condition])), dialectFor('surrealdb-2.6.0')).query).toBe(
      'SELECT * FROM `where_person` WHERE (IF type::is::string(`full_name`) { string::is::email(`full_name`) } ELSE { NONE })',
    )
  })
})

it('filters and functions build the same text', () => {
  const pairs: readonly (readonly [object, Ask])[] = [
    [{ name__startswith: 'x' }, (u) => u.name.startsWith('x')],
    [{ name__icontains: 'x' }, (u) => u.name.iContains('x')],
    [{ name__regex: /x/i }, (u) => u.name.matches(/x/i)],
    [{ age__nin: [1] }, (u) => u.age.nin([1])],
    [{ age__isnull: false }, (u) => u.age.isNull(false)],
    [{ tags__containsany: ['x'] }, (u) => u.tags.containsAny(['x'])],
    [{ homes__any__city: 'x' }, (u) => u.homes.any((h) => h.city.eq('x'))],
    [{ age__gt: F('minimum') }, (u) => u.age.gt(u.minimum)],
    [{ name__contains: F('company__name') }, (u) => u.name.contains(u.company.name)],
  ]
  for (const [filter, ask] of pairs)
    expect(people.where(ask).toSurrealQL()).toEqual(people.filter(filter as never).toSurrealQL())
})

it('20,000 terms are one balanced chain', () => {
  const ask: Ask = (u) =>
    Array.from({ length: 20_000 }, (_, index) => u.age.eq(index)).reduce((all, each) => all.or(each))
  const { text, values } = where(ask)
  assert.equal(values.length, 20_000)
  let depth = 0
  let deepest = 0
  for (const character of text) {
    if (character === '(') deepest = Math.max(deepest, ++depth)
    else if (character === ')') depth--
  }
  assert.ok(deepest < 8)
})

describe('what is wrong is a LookupError', () => {
  const wrong = people as unknown as { where(ask: (u: Record<string, never>) => unknown): unknown }
  type Loose = Record<string, Record<string, (...given: unknown[]) => never>>
  it.each<[title: string, ask: (u: Loose) => unknown, code: string, message: string]>([
    ['an unknown field', (u) => u['nope'], 'UNKNOWN_FIELD', 'Person has no field "nope"'],
    ['an unknown field inside', (u) => u['home']!['nope'], 'UNKNOWN_FIELD', 'Person.home: "nope" is neither a field'],
    [
      'an unknown method',
      (u) => u['age']!['nope'],
      'UNKNOWN_FIELD',
      'Person.age: "nope" is neither a field inside this int field nor a method',
    ],
    ['a method of others', (u) => u['age']!['lowercase'], 'UNKNOWN_FIELD', 'Person.age: "lowercase"'],
    [
      'an unknown method of what is open',
      () => (F('age') as never as Loose[string])['nope']!(),
      'UNKNOWN_LOOKUP',
      'Person.age: expressions of int have no method "nope"',
    ],
    ['an unknown name', () => F('nope').gt(1), 'UNKNOWN_FIELD', 'Person has no field "nope"'],
    ['an unknown name inside', () => F('home__nope').gt(1), 'UNKNOWN_FIELD', 'Person.home__nope'],
    [
      'a value of another type',
      (u) => u['age']!['gt']!('secret'),
      'INVALID_VALUE',
      'Person.age.gt() takes an int value.',
    ],
    [
      'an expression of another type',
      (u) => u['age']!['gt']!(u['name']),
      'INVALID_VALUE',
      'Person.age.gt() takes an int value.',
    ],
    [
      'an argument of another type',
      (u) => u['age']!['add']!('secret'),
      'INVALID_VALUE',
      'Person.age.add() takes a number value.',
    ],
    [
      'too few arguments',
      (u) => u['age']!['add']!(),
      'INVALID_VALUE',
      'Person.age.add() takes these arguments: number.',
    ],
    ['too many arguments', (u) => u['name']!['trim']!(1), 'INVALID_VALUE', 'Person.name.trim() takes no argument.'],
    ['undefined', (u) => u['age']!['gt']!(undefined), 'UNDEFINED_VALUE', 'Person.age.gt() is undefined'],
    [
      'null where there is an order',
      (u) => u['age']!['gt']!(null),
      'INVALID_VALUE',
      'Person.age.gt() takes an int value.',
    ],
    [
      'a vector of another dimension',
      (u) => u['vector']!['dot']!([1, 2, 3]),
      'INVALID_VALUE',
      'Person.vector.dot() takes a vector value.',
    ],
    ['a place that is none', (u) => u['tags']!['at']!(1.5), 'INVALID_VALUE', 'Person.tags.at() takes a whole number.'],
    ['no condition', (u) => u['age'], 'INVALID_VALUE', 'Person: where() takes a function'],
    ['no expression', () => true, 'INVALID_VALUE', 'Person: where() takes a function'],
    ['no function for items', (u) => u['tags']!['any']!(1), 'INVALID_VALUE', 'Person.tags.any() takes a function'],
    [
      'a field of the record, of an item',
      (u) => u['homes']!['any']!((h: Loose) => h['city']!['eq']!(u['name'])),
      'INVALID_VALUE',
      'Person.name cannot be named in Person.homes.any()',
    ],
    [
      'F of the record, of an item',
      (u) => u['homes']!['any']!((h: Loose) => h['city']!['eq']!(F('name'))),
      'INVALID_VALUE',
      'F("name") cannot be named in Person.homes.any()',
    ],
  ])('%s', (_, ask, code, message) => {
    let error: unknown
    try {
      wrong.where(ask as never)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(LookupError)
    expect((error as LookupError).code).toBe(code)
    expect((error as LookupError).message).toContain(message)
    expect((error as LookupError).message).not.toContain('secret')
  })

  it('an expression of another query', () => {
    let kept: TypedExpression<boolean> | undefined
    people.where((u) => (kept = u.age.gt(1)))
    expect(() => people.where(() => kept!)).toThrow('cannot be named in Person')
  })

  it('F in a filter of items', () => {
    expect(() => people.filter({ homes__rooms__gt: F('age') })).toThrow(
      'F("age") cannot be named in Person.homes__rooms__gt',
    )
    expect(() => people.filter({ name: F('age') } as never)).toThrow('Person.name takes a string value.')
  })

  it('update()', async () => {
    const all = people.allowAll()
    await expect(all.update({ age: F('nope') })).rejects.toThrow('Person has no field "nope"')
    await expect(all.update({ age: F('name') })).rejects.toThrow(
      'Person.age takes an int value, and the expression gives none.',
    )
    await expect(all.update({ fixed: F('age') })).rejects.toThrow('Person.fixed cannot be changed.')
  })
})

it('an expression can be awaited, printed and made JSON by mistake', async () => {
  await expect(Promise.resolve(F('age'))).resolves.toBeDefined()
  expect(JSON.stringify({ value: F('age') })).toBe('{"value":{}}')
  expect(String(Object.prototype.toString.call(now()))).toBe('[object Object]')
})

import { describe, expect, it } from '@jest/globals'
import { DateTime, LookupError, Q, RecordId, Uuid, type Condition, type RecordKey } from '../../../src/index.js'
import { Address, Company, Person } from './people.js'

/** The text and the bindings behind WHERE. */
function where(filter: object): { readonly text: string; readonly values: unknown[] } {
  const { query, bindings } = Person.objects.filter(filter as { readonly name?: string }).toSurrealQL()
  const start = 'SELECT * FROM `query_person` WHERE '
  expect(query.startsWith(start)).toBe(true)
  return { text: query.slice(start.length), values: Object.values(bindings) }
}

const born = new Date('2001-02-03T04:05:06.789Z')
const company = new RecordId('query_company', 'acme')
const uuid = new Uuid('018f4e3e-1111-7000-8000-000000000000')
const isMissing = (path: string) => `((${path} ?? NONE) = NONE)`
const isPresent = (path: string) => `((${path} ?? NONE) != NONE)`
const below = (path: string) => `((${path} >= false) AND (${path} < $p0))`

type Row = readonly [filter: object, text: string, values: readonly unknown[]]

/** Without `id__in`, which is no condition of its own: see find-ids.test.ts. */
const exceptIn = (rows: readonly Row[]): readonly Row[] => rows.filter(([filter]) => !('id__in' in filter))

/** What every field can be asked. */
const equality = (name: string, path: string, given: unknown, bound: unknown): Row[] => [
  [{ [name]: given }, `(${path} = $p0)`, [bound]],
  [{ [`${name}__exact`]: given }, `(${path} = $p0)`, [bound]],
  [{ [`${name}__ne`]: given }, `(${path} != $p0)`, [bound]],
  [{ [`${name}__in`]: [given, given] }, `(${path} IN $p0)`, [[bound, bound]]],
  [{ [`${name}__in`]: [] }, `(${path} IN $p0)`, [[]]],
  [{ [`${name}__nin`]: [given] }, `(${path} NOT IN $p0)`, [[bound]]],
  [{ [`${name}__inside`]: [given] }, `(${path} INSIDE $p0)`, [[bound]]],
  [{ [`${name}__isnull`]: true }, isMissing(path), []],
  [{ [`${name}__isnull`]: false }, isPresent(path), []],
  [{ [name]: null }, `type::is_null(${path})`, []],
]

/** What fields whose values have an order can be asked besides. */
const order = (name: string, path: string, given: unknown, bound: unknown): Row[] => [
  [{ [`${name}__gt`]: given }, `((${path} >= $p0) AND (${path} != $p1))`, [bound, bound]],
  [{ [`${name}__gte`]: given }, `(${path} >= $p0)`, [bound]],
  [{ [`${name}__lt`]: given }, below(path), [bound]],
  [{ [`${name}__lte`]: given }, `(${below(path)} OR (${path} = $p1))`, [bound, bound]],
  [
    { [`${name}__between`]: [given, given] },
    `((${path} >= $p0) AND ((${path} < $p1) OR (${path} = $p2)))`,
    [bound, bound, bound],
  ],
]

const both = (name: string, path: string, given: unknown, bound: unknown): Row[] => [
  ...equality(name, path, given, bound),
  ...order(name, path, given, bound),
]

const ofText = (path: string, question: string) => `(type::is_string(${path}) AND ${question})`
const folded = (name: string, path: string) =>
  ofText(path, `string::${name}(string::lowercase(${path}), string::lowercase($p0))`)

const text = (name: string, path: string): Row[] => [
  ...both(name, path, 'Ann', 'Ann'),
  [{ [`${name}__endswith`]: 'n' }, ofText(path, `string::ends_with(${path}, $p0)`), ['n']],
  [{ [`${name}__iexact`]: 'ANN' }, ofText(path, `(string::lowercase(${path}) = string::lowercase($p0))`), ['ANN']],
  [{ [`${name}__icontains`]: 'N' }, folded('contains', path), ['N']],
  [{ [`${name}__istartswith`]: 'N' }, folded('starts_with', path), ['N']],
  [{ [`${name}__iendswith`]: 'N' }, folded('ends_with', path), ['N']],
  [{ [`${name}__regex`]: '^a+' }, ofText(path, `string::matches(${path}, $p0)`), ['^a+']],
  [{ [`${name}__regex`]: /^a+/imu }, ofText(path, `string::matches(${path}, $p0)`), ['(?im)^a+']],
  [{ [`${name}__regex`]: /a.b/ }, ofText(path, `string::matches(${path}, $p0)`), ['a.b']],
  [{ [`${name}__contains`]: 'n' }, `(${path} CONTAINS $p0)`, ['n']],
  [{ [`${name}__startswith`]: 'A' }, `(type::is_string(${path}) AND string::starts_with(${path}, $p0))`, ['A']],
]

describe('a lookup', () => {
  it.each<Row>([
    ...text('name', '`full_name`'),
    ...both('age', '`age`', 18, 18),
    ...both('age', '`age`', 2n ** 62n, 2n ** 62n),
    ...both('height', '`height`', 1.5, 1.5),
    ...equality('active', '`active`', false, false),
    ...both('born', '`born_at`', born, new DateTime(born)),
    ...equality('tags', '`tags`', ['a', 'b'], ['a', 'b']),
    [{ tags__contains: 'a' }, '(`tags` CONTAINS $p0)', ['a']],
    [{ tags__containsany: ['a', 'b'] }, '(`tags` CONTAINSANY $p0)', [['a', 'b']]],
    [{ tags__containsall: ['a'] }, '(`tags` CONTAINSALL $p0)', [['a']]],
    [{ tags__containsnone: ['a'] }, '(`tags` CONTAINSNONE $p0)', [['a']]],
    ...equality('company', '`works_for`', company, company),
    ...equality('subject', '`subject`', new RecordId('any', 1), new RecordId('any', 1)),
    ...exceptIn(both('id', '`id`', 'ann', new RecordId('query_person', 'ann'))),
    ...exceptIn(both('id', '`id`', new RecordId('query_person', 7), new RecordId('query_person', 7))),
    ...equality('address', '`home`', { city: 'Paris' }, { city: 'Paris' }),
    [{ homes__contains: { zip: 'x' } }, '(`homes` CONTAINS $p0)', [{ 'postal code': 'x' }]],
  ])('%j', (filter, expected, values) => {
    expect(where(filter)).toEqual({ text: expected, values })
  })

  it('of an id takes every kind of key, and never reads a string as a record id', () => {
    const keys: RecordKey[] = ['person:1', 7, 7n, uuid, ['a', 1], { a: 1 }]
    for (const key of keys) {
      expect(where({ id: key })).toEqual({ text: '(`id` = $p0)', values: [new RecordId('query_person', key as never)] })
    }
  })

  it('of a link takes a document that has an id', () => {
    expect(where({ company: new Company({ id: 'acme' }) })).toEqual({ text: '(`works_for` = $p0)', values: [company] })
  })

  it('of an embedded document takes one, under the names of the database', () => {
    const address = new Address({ city: 'Paris', zip: '75001' })
    expect(where({ address }).values).toEqual([{ city: 'Paris', 'postal code': '75001' }])
  })
})

describe('a path', () => {
  it.each<Row>([
    ...text('address__city', '`home`.`city`'),
    ...text('address__zip', '`home`.`postal code`'),
    ...text('company__name', '`works_for`.`company_name`'),
    ...text('company__address__city', '`works_for`.`seat`.`city`'),
    ...both('company__boss__age', '`works_for`.`boss`.`age`', 18, 18),
    ...both('company__id', '`works_for`.`id`', 'acme', company),
  ])('%j', (filter, expected, values) => {
    expect(where(filter)).toEqual({ text: expected, values })
  })
})

const lengthOf = (kind: string, name: string, path: string) =>
  `(IF type::is_${kind}(${path}) { ${name}::len(${path}) } ELSE { NONE })`

describe('a step', () => {
  it.each<Row>([
    [{ tags__0: 'a' }, '(`tags`[0] = $p0)', ['a']],
    [{ homes__1__zip__ne: 'x' }, '(`homes`[1].`postal code` != $p0)', ['x']],
    [{ homes__zip: 'x' }, '(array::len((`homes` ?? [])[WHERE (`postal code` = $p0)]) > $p1)', ['x', 0]],
    [{ homes__any__zip: 'x' }, '(array::len((`homes` ?? [])[WHERE (`postal code` = $p0)]) > $p1)', ['x', 0]],
    [{ homes__all__zip: 'x' }, '(array::len((`homes` ?? [])[WHERE !(`postal code` = $p0)]) = $p1)', ['x', 0]],
    [{ tags__any__gt: 'x' }, '(array::len((`tags` ?? [])[WHERE ($this > $p0)]) > $p1)', ['x', 0]],
    [{ tags__any: 'x' }, '(array::len((`tags` ?? [])[WHERE ($this = $p0)]) > $p1)', ['x', 0]],
    [{ tags__len: 2 }, `(${lengthOf('array', 'array', '`tags`')} = $p0)`, [2]],
    [{ name__len__gte: 2 }, `(${lengthOf('string', 'string', '`full_name`')} >= $p0)`, [2]],
    [
      { tags__any__len: 1 },
      `(array::len((\`tags\` ?? [])[WHERE (${lengthOf('string', 'string', '$this')} = $p0)]) > $p1)`,
      [1, 0],
    ],
    [{ born__year: 2001 }, '((IF type::is_datetime(`born_at`) { time::year(`born_at`) } ELSE { NONE }) = $p0)', [2001]],
  ])('%j', (filter, expected, values) => {
    expect(where(filter)).toEqual({ text: expected, values })
  })
})

describe('Q', () => {
  const text = (condition: Condition<unknown>) => where(condition as object).text
  const [a, b, c] = [Q({ name: 'a' }), Q({ age: 1 }), Q({ active: true })]
  const [isA, isB, isC] = ['(`full_name` = $p0)', '(`age` = $p1)', '(`active` = $p2)']

  it('joins conditions and filters, as deep as wanted', () => {
    expect(text(a.or(b))).toBe(`(${isA} OR ${isB})`)
    expect(text(a.or({ age: 1 }))).toBe(`(${isA} OR ${isB})`)
    expect(text(a.or(b).or(c))).toBe(`(${isA} OR ${isB} OR ${isC})`)
    expect(text(a.or(b.or(c)))).toBe(`(${isA} OR ${isB} OR ${isC})`)
    expect(text(a.and(b).or(c))).toBe(`((${isA} AND ${isB}) OR ${isC})`)
    expect(text(a.or(b).not().and(c))).toBe(`(!(${isA} OR ${isB}) AND ${isC})`)
  })

  it('leaves out what says nothing', () => {
    expect(text(a.or({}))).toBe(isA)
    expect(text(a.and(Q({}).not()))).toBe(isA)
    expect(Person.objects.filter(Q({}).or({})).toSurrealQL().query).toBe('SELECT * FROM `query_person`')
    expect(Person.objects.exclude(Q({})).toSurrealQL().query).toBe('SELECT * FROM `query_person`')
  })

  it('takes a chain of 20,000', () => {
    const chain = Array.from({ length: 20_000 }, (_, age) => Q({ age })).reduce((all, each) => all.or(each))
    expect(Object.keys(Person.objects.filter(chain).toSurrealQL().bindings)).toHaveLength(20_000)
  })

  it('is checked where it is used', () => {
    expect(() => Person.objects.filter(Q({ nope: 1 }).or({ age: 1 }) as never)).toThrow(LookupError)
    expect(() => Person.objects.filter(a.or(undefined as never))).toThrow(LookupError)
  })
})

describe('several terms', () => {
  it('all have to hold, also over several calls', () => {
    const expected = {
      query: 'SELECT * FROM `query_person` WHERE ((`age` >= $p0) AND (`full_name` = $p1) AND (`active` = $p2))',
      bindings: { p0: 18, p1: 'Ann', p2: true },
    }
    expect(Person.objects.filter({ age__gte: 18, name: 'Ann', active: true }).toSurrealQL()).toEqual(expected)
    expect(
      Person.objects.filter({ age__gte: 18 }).filter({ name: 'Ann' }).filter({ active: true }).toSurrealQL(),
    ).toEqual(expected)
  })

  it('may be none', () => {
    expect(Person.objects.filter({}).toSurrealQL()).toEqual({ query: 'SELECT * FROM `query_person`', bindings: {} })
  })
})

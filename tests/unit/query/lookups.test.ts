import { describe, expect, it } from '@jest/globals'
import { DateTime, RecordId, Uuid, type RecordKey } from '../../../src/index.js'
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
const isMissing = (path: string) => `((${path} = NONE) OR (${path} = NULL))`
const isPresent = (path: string) => `((${path} != NONE) AND (${path} != NULL))`
const below = (path: string, operator: string) => `((${path} > NULL) AND (${path} ${operator} $p0))`

type Row = readonly [filter: object, text: string, values: readonly unknown[]]

/** What every field can be asked. */
const equality = (name: string, path: string, given: unknown, bound: unknown): Row[] => [
  [{ [name]: given }, `(${path} = $p0)`, [bound]],
  [{ [`${name}__exact`]: given }, `(${path} = $p0)`, [bound]],
  [{ [`${name}__ne`]: given }, `(${path} != $p0)`, [bound]],
  [{ [`${name}__in`]: [given, given] }, `(${path} IN $p0)`, [[bound, bound]]],
  [{ [`${name}__in`]: [] }, `(${path} IN $p0)`, [[]]],
  [{ [`${name}__isnull`]: true }, isMissing(path), []],
  [{ [`${name}__isnull`]: false }, isPresent(path), []],
  [{ [name]: null }, `(${path} = $p0)`, [null]],
]

/** What fields whose values have an order can be asked besides. */
const order = (name: string, path: string, given: unknown, bound: unknown): Row[] => [
  [{ [`${name}__gt`]: given }, `(${path} > $p0)`, [bound]],
  [{ [`${name}__gte`]: given }, `(${path} >= $p0)`, [bound]],
  [{ [`${name}__lt`]: given }, below(path, '<'), [bound]],
  [{ [`${name}__lte`]: given }, below(path, '<='), [bound]],
]

const both = (name: string, path: string, given: unknown, bound: unknown): Row[] => [
  ...equality(name, path, given, bound),
  ...order(name, path, given, bound),
]

const text = (name: string, path: string): Row[] => [
  ...both(name, path, 'Ann', 'Ann'),
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
    ...equality('company', '`works_for`', company, company),
    ...equality('subject', '`subject`', new RecordId('any', 1), new RecordId('any', 1)),
    ...both('id', '`id`', 'ann', new RecordId('query_person', 'ann')),
    ...both('id', '`id`', new RecordId('query_person', 7), new RecordId('query_person', 7)),
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

describe('several terms', () => {
  it('all have to hold, also over several calls', () => {
    const expected = {
      query: 'SELECT * FROM `query_person` WHERE (((`age` >= $p0) AND (`full_name` = $p1)) AND (`active` = $p2))',
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

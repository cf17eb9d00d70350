import { describe, expect, it } from '@jest/globals'
import { LookupError } from '../../../src/index.js'
import { Person } from './people.js'

const text = (queryset: { toSurrealQL(): { readonly query: string } }) => queryset.toSurrealQL().query
const people = Person.objects

describe('what comes back', () => {
  it.each([
    [people.only('name', 'born'), 'SELECT `id`, `full_name`, `born_at` FROM `query_person`'],
    [people.only('id'), 'SELECT `id` FROM `query_person`'],
    [
      people.values('name', 'address__zip'),
      'SELECT `full_name` AS `name`, `home`.`postal code` AS `address__zip` FROM `query_person`',
    ],
    [people.pluck('company__name'), 'SELECT VALUE `works_for`.`company_name` FROM `query_person`'],
    [people.pluck('tags__0'), 'SELECT VALUE `tags`[0] FROM `query_person`'],
    [
      people.filter({ age: 1 }).orderBy('-age').limit(2).pluck('name'),
      'SELECT VALUE `full_name` FROM (SELECT * FROM `query_person` WHERE (`age` = $p0) ORDER BY `age` DESC LIMIT $p1)',
    ],
  ])('%#', (queryset, expected) => {
    expect(text(queryset)).toBe(expected)
  })

  it('is every field but those that are left out', () => {
    const names = ['id', 'full_name', 'height', 'active', 'born_at', 'tags', 'home', 'homes', 'works_for', 'subject']
    const columns = names.map((name) => `\`${name}\``).join(', ')
    expect(text(people.omit('age'))).toBe(`SELECT ${columns} FROM \`query_person\``)
  })

  it.each([
    () => people.only('nope' as 'name'),
    () => people.only(),
    () => people.values('nope' as never),
    () => people.values('homes__city' as never),
    () => people.pluck('tags__any' as never),
    () => people.pluck('name__gte' as never),
    () => people.orderBy('homes__city' as never),
    () => people.split('name__len'),
    () => people.withIndex('nope'),
  ])('of a name that is no value of a record is a LookupError: %#', (work) => {
    expect(work).toThrow(LookupError)
  })
})

describe('clauses', () => {
  it('stand in the order of the grammar, whatever the order of calls', () => {
    const calls = [
      (each: typeof people) => each.tempFiles(),
      (each: typeof people) => each.timeout('5s'),
      (each: typeof people) => each.version(new Date(0)),
      (each: typeof people) => each.start(1),
      (each: typeof people) => each.limit(2),
      (each: typeof people) => each.orderBy('name', '-age', { collate: true, numeric: true }),
      (each: typeof people) => each.split('tags'),
      (each: typeof people) => each.noIndex(),
    ]
    const expected =
      'SELECT * FROM `query_person` WITH NOINDEX SPLIT `tags` ORDER BY `full_name` COLLATE NUMERIC ASC, `age` COLLATE NUMERIC DESC ' +
      'LIMIT $p0 START $p1 VERSION $p2 TIMEOUT $p3 TEMPFILES'
    expect(text(calls.reduce((all, call) => call(all), people))).toBe(expected)
    expect(text(calls.reduceRight((all, call) => call(all), people))).toBe(expected)
    expect(text(people.orderByRandom())).toBe('SELECT * FROM `query_person` ORDER BY RAND()')
  })

  it('refuse what they cannot take', () => {
    expect(() => people.timeout('x')).toThrow('timeout()')
    expect(() => people.version(new Date(NaN))).toThrow(LookupError)
    expect(() => people.withIndex()).toThrow('noIndex()')
    try {
      people.withIndex('nope')
    } catch (error) {
      expect((error as LookupError).code).toBe('UNKNOWN_INDEX')
    }
  })
})

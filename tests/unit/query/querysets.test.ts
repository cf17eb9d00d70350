import { describe, expect, it } from '@jest/globals'
import { LookupError } from '../../../src/index.js'
import { Person } from './people.js'

const people = Person.objects

describe('exclude', () => {
  it('negates one term', () => {
    expect(people.exclude({ name: 'Ann' }).toSurrealQL()).toEqual({
      query: 'SELECT * FROM `query_person` WHERE !(`full_name` = $p0)',
      bindings: { p0: 'Ann' },
    })
  })

  it('negates all of its terms together, and keeps what was asked before', () => {
    expect(people.filter({ active: true }).exclude({ age__lt: 18, name__startswith: 'A' }).toSurrealQL()).toEqual({
      query:
        'SELECT * FROM `query_person` WHERE ((`active` = $p0) AND !(((`age` >= false) AND (`age` < $p1)) AND (type::is_string(`full_name`) AND string::starts_with(`full_name`, $p2))))',
      bindings: { p0: true, p1: 18, p2: 'A' },
    })
  })

  it('excludes nothing without terms', () => {
    expect(people.exclude({}).toSurrealQL().query).toBe('SELECT * FROM `query_person`')
  })
})

describe('orderBy', () => {
  it('writes the names of the database, nested ones too', () => {
    expect(people.orderBy('-name', 'age', 'address__zip', '-company__name', 'id').toSurrealQL().query).toBe(
      'SELECT * OMIT `$order0` FROM (SELECT *, `works_for`.`company_name` AS `$order0` FROM `query_person`) ' +
        'ORDER BY `full_name` DESC, `age` ASC, `home`.`postal code` ASC, `$order0` DESC, `id` ASC',
    )
  })

  it('replaces an earlier order, and nothing takes it away', () => {
    expect(people.orderBy('age').orderBy('-born').toSurrealQL().query).toBe(
      'SELECT * FROM `query_person` ORDER BY `born_at` DESC',
    )
    expect(people.orderBy('age').orderBy().toSurrealQL().query).toBe('SELECT * FROM `query_person`')
  })
})

describe('limit and start', () => {
  it('are bound', () => {
    expect(people.limit(10).start(20).toSurrealQL()).toEqual({
      query: 'SELECT * FROM `query_person` LIMIT $p0 START $p1',
      bindings: { p0: 10, p1: 20 },
    })
    expect(people.start(0).limit(0).toSurrealQL().bindings).toEqual({ p0: 0, p1: 0 })
  })

  it('replace earlier ones', () => {
    expect(people.limit(1).limit(2).toSurrealQL().bindings).toEqual({ p0: 2 })
  })

  it.each([-1, 1.5, NaN, Infinity, 2 ** 53, '5', null, undefined, 5n])('refuse %p', (value) => {
    expect(() => people.limit(value as number)).toThrow(
      expect.objectContaining({
        code: 'INVALID_VALUE',
        message: 'Person: limit() takes a whole number that is not negative.',
      }),
    )
    expect(() => people.start(value as number)).toThrow(LookupError)
  })
})

describe('a queryset', () => {
  it('never changes: each step gives another one', () => {
    const adults = people.filter({ age__gte: 18 })
    const before = adults.toSurrealQL()
    adults.filter({ name: 'Ann' })
    adults.exclude({ name: 'Bob' })
    adults.orderBy('name').limit(1).start(1).allowAll()
    expect(adults.toSurrealQL()).toEqual(before)
    expect(people.toSurrealQL()).toEqual({ query: 'SELECT * FROM `query_person`', bindings: {} })
  })
})

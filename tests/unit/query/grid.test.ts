import { describe, expect, it } from '@jest/globals'
import { DateTime, LookupError, RecordId, ValidationError, type HttpQuery } from '../../../src/index.js'
import { Person } from './people.js'

const ALLOWED = {
  searchable: ['name', 'company__name'],
  filterable: ['id', 'name', 'age', 'height', 'active', 'born', 'tags', 'address__city', 'company', 'company__name'],
  sortable: ['name', 'age', 'address__zip'],
  maxPerPage: 50,
} as const

const grid = (http: HttpQuery) => Person.objects.grid(http, ALLOWED)
const asked = (query: string) => grid(new URLSearchParams(query))
const bindings = (query: string): unknown[] => Object.values(asked(query).queryset.toSurrealQL().bindings)

describe('the query of a URL', () => {
  it.each([
    ['', 'SELECT * FROM `query_person`'],
    ['age__gte=3', 'SELECT * FROM `query_person` WHERE (`age` >= $p0)'],
    ['address__city=x', 'SELECT * FROM `query_person` WHERE (`home`.`city` = $p0)'],
    [
      'company__name__startswith=x',
      'SELECT * FROM `query_person` WHERE (type::is_string(`works_for`.`company_name`) AND string::starts_with(`works_for`.`company_name`, $p0))',
    ],
    ['sort=-age,name', 'SELECT * FROM `query_person` ORDER BY `age` DESC, `full_name` ASC'],
    ['sort=-age&sort=address__zip', 'SELECT * FROM `query_person` ORDER BY `age` DESC, `home`.`postal code` ASC'],
    ['name=&search=&age__gte=&page=', 'SELECT * FROM `query_person`'],
    [
      'search=a',
      'SELECT * FROM `query_person` WHERE (' +
        '(type::is_string(`full_name`) AND string::contains(string::lowercase(`full_name`), string::lowercase($p0))) OR ' +
        '(type::is_string(`works_for`.`company_name`) AND string::contains(string::lowercase(`works_for`.`company_name`), string::lowercase($p1))))',
    ],
  ])('%s', (query, expected) => {
    expect(asked(query).queryset.toSurrealQL().query).toBe(expected)
  })

  it('may ask for what annotate() made', () => {
    const named = Person.objects.annotate({ initial: (person) => person.name.slice(0, 1) })
    const { queryset } = named.grid(
      { initial: 'A', sort: '-initial' },
      { filterable: ['initial'], sortable: ['initial'] },
    )
    expect(queryset.toSurrealQL()).toEqual(named.filter({ initial: 'A' }).orderBy('-initial').toSurrealQL())
  })

  it('has the values of the fields', () => {
    expect(bindings('age=3')).toEqual([3])
    expect(bindings('age__in=3&age__in=4')).toEqual([[3, 4]])
    expect(bindings('age__in=3')).toEqual([[3]])
    expect(bindings('age__between=3&age__between=9007199254740993')).toEqual([3, 9007199254740993n, 9007199254740993n])
    expect(bindings('height=1.5')).toEqual([1.5])
    expect(bindings('active=false')).toEqual([false])
    expect(bindings('born__gte=2020-01-02T03:04:05Z')).toEqual([new DateTime('2020-01-02T03:04:05Z')])
    expect(bindings('tags__contains=3')).toEqual(['3'])
    expect(bindings('name=3')).toEqual(['3'])
    expect(bindings('company=query_company:acme')).toEqual([new RecordId('query_company', 'acme')])
    expect(asked('age__isnull=true').queryset.toSurrealQL().query).toContain('= NONE')
  })

  it('is an object as well, as web frameworks make it', () => {
    const { queryset, page } = grid({ age__in: ['3', '4'], name: undefined, sort: 'name', page: '2', perPage: '50' })
    expect(queryset.toSurrealQL()).toMatchObject({
      query: 'SELECT * FROM `query_person` WHERE (`age` IN $p0) ORDER BY `full_name` ASC',
      bindings: { p0: [3, 4] },
    })
    expect(page).toEqual({ page: 2, perPage: 50 })
  })

  it('keeps what the queryset has already', () => {
    const mine = Person.objects.filter({ active: true }).orderBy('name')
    const { queryset, page } = mine.grid(new URLSearchParams('age=3'), { filterable: ['age'] })
    expect(queryset.toSurrealQL().query).toBe(
      'SELECT * FROM `query_person` WHERE ((`active` = $p0) AND (`age` = $p1)) ORDER BY `full_name` ASC',
    )
    expect(page).toEqual({ page: 1, perPage: 25 })
    expect(mine.grid({}, { maxPerPage: 10 }).page).toEqual({ page: 1, perPage: 10 })
  })

  it.each([
    'height__len=1',
    'subject=x',
    'homes__city=x',
    'name__len__gt=1',
    'company__address__city=x',
    'company__boss__name=x',
    'address=x',
    'age__nope=1',
    'age__constructor=1',
    '__proto__=1',
    'constructor=1',
    'sort=height',
    'sort=name;DROP',
    'sort=--name',
    'sort=-',
    'sort=name,,age',
    'company__name__len=1',
    'utm_source=x',
  ])('has no name that is not allowed: %s', (query) => {
    expect(() => asked(query)).toThrow(LookupError)
  })

  it('asks for nothing where nothing is allowed', () => {
    for (const query of ['search=a', 'sort=name', 'name=x']) {
      expect(() => Person.objects.grid(new URLSearchParams(query), {})).toThrow(LookupError)
    }
  })

  it('names everything that is no value of its field, and never the value', () => {
    const query = 'age=secret&height__gt=1,5&active=yes&born=2020-13-45&age__in=1&age__in=secret&page=0&perPage=51'
    const error = errorOf(() => asked(query))
    expect(error).toBeInstanceOf(ValidationError)
    const { issues, message } = error as ValidationError
    expect(issues.map(({ path: [name], code }) => [name, code])).toEqual([
      ['page', 'invalid_number'],
      ['perPage', 'invalid_number'],
      ['age', 'invalid_type'],
      ['height__gt', 'invalid_type'],
      ['active', 'invalid_type'],
      ['born', 'invalid_type'],
      ['age__in', 'invalid_type'],
    ])
    expect(message).toContain('Person.age: takes an int value')
    expect(message).not.toContain('secret')
  })

  it.each([null, 'a=b', [], { a: 1 }, { age: { gt: '1' } }, { age: [['1']] }])('is nothing else: %j', (http) => {
    expect(() => grid(http as never)).toThrow(LookupError)
  })

  it.each(['1e3', '-1', '1.0', '0x10', '9007199254740993', ' 1', '1&page=2', '٣'])('has no page %s', (page) => {
    expect(() => asked(`page=${page}`)).toThrow(ValidationError)
  })

  it('allows fields of the model alone', () => {
    expect(() => Person.objects.grid({ nope: '1' }, { filterable: ['nope' as 'name'] })).toThrow(LookupError)
    expect(() => Person.objects.grid({ search: 'x' }, { searchable: ['age'] })).toThrow(LookupError)
    expect(() => Person.objects.grid({ sort: 'nope' }, { sortable: ['nope' as 'name'] })).toThrow(LookupError)
  })
})

function errorOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

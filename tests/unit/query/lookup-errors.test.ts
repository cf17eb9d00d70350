import { describe, expect, it } from '@jest/globals'
import { LookupError, RecordId } from '../../../src/index.js'
import { Company, Person } from './people.js'

function errorOf(work: () => unknown): LookupError {
  try {
    work()
  } catch (error) {
    if (error instanceof LookupError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const filter = (terms: unknown) => errorOf(() => Person.objects.filter(terms as { readonly name?: string }))
const exclude = (terms: unknown) => errorOf(() => Person.objects.exclude(terms as { readonly name?: string }))
const orderBy = (term: unknown) => errorOf(() => Person.objects.orderBy(term as 'name'))

const FIELDS = 'fields: id, name, age, height, active, born, tags, address, homes, company, subject.'
const EQUALITY = 'exact, ne, in, nin, inside, isnull'
const ORDER = `${EQUALITY}, gt, gte, lt, lte, between`
const TEXT = `${ORDER}, contains, startswith, endswith, iexact, icontains, istartswith, iendswith, regex, len`
const LIST = `${EQUALITY}, contains, containsany, containsall, containsnone, len`
const SECRET = 'sEcReT-4711'

describe('an unknown field', () => {
  it.each(['nope', 'nope__gte', 'nope__city', 'full_name', '', '__gte', 'Name', ' name', 'constructor', '__proto__'])(
    'in a filter: %j',
    (name) => {
      const error = filter(Object.fromEntries([[name, SECRET]]))
      expect(error.code).toBe('UNKNOWN_FIELD')
      expect(error.message).toBe(`Person has no field "${name.split('__')[0]}"; ${FIELDS}`)
    },
  )

  it('in an order', () => {
    expect(orderBy('-nope')).toMatchObject({ code: 'UNKNOWN_FIELD', message: `Person has no field "nope"; ${FIELDS}` })
    expect(orderBy('--age').code).toBe('UNKNOWN_FIELD')
    expect(orderBy('full_name').code).toBe('UNKNOWN_FIELD')
  })

  it('inside another one, in an order', () => {
    expect(orderBy('-address__nope')).toMatchObject({
      code: 'UNKNOWN_FIELD',
      message: 'Person.address__nope: "nope" is no field inside this embedded document field.',
    })
    expect(orderBy('age__gte').message).toBe('Person.age__gte: "gte" is no field inside this int field.')
  })
})

describe('an unknown lookup', () => {
  it.each([
    ['age__gtee', 'gtee', 'int', ORDER],
    ['age__contains', 'contains', 'int', ORDER],
    ['name__gte__lt', 'gte', 'string', TEXT],
    ['active__gt', 'gt', 'boolean', EQUALITY],
    ['tags__gt', 'gt', 'list', LIST],
    ['address__nope', 'nope', 'embedded document', EQUALITY],
    ['address__city__nope', 'nope', 'string', TEXT],
    ['company__nope', 'nope', 'reference', EQUALITY],
    ['company__address__nope', 'nope', 'embedded document', EQUALITY],
    ['age__constructor', 'constructor', 'int', ORDER],
    ['age__toString', 'toString', 'int', ORDER],
    ['age__', '', 'int', ORDER],
  ])('%s', (key, name, kind, lookups) => {
    for (const error of [filter({ [key]: SECRET }), exclude({ [key]: SECRET })]) {
      expect(error.code).toBe('UNKNOWN_LOOKUP')
      expect(error.message).toBe(
        `Person.${key}: "${name}" is neither a field inside this ${kind} field nor a lookup of it; lookups: ${lookups}.`,
      )
    }
  })
})

describe('undefined', () => {
  it.each([
    ['name', 'name__isnull'],
    ['name__exact', 'name__isnull'],
    ['age__gte', 'age__isnull'],
    ['age__isnull', 'age__isnull'],
    ['address__city', 'address__city__isnull'],
    ['address__city__in', 'address__city__isnull'],
  ])('as the value of %s', (key, advice) => {
    for (const error of [filter({ [key]: undefined }), exclude({ [key]: undefined })]) {
      expect(error.code).toBe('UNDEFINED_VALUE')
      expect(error.message).toBe(
        `Person.${key} is undefined; leave the key out, or ask for missing values with ${advice}: true.`,
      )
    }
  })
})

describe('a value of the wrong kind', () => {
  it.each<[string, unknown, string]>([
    ['name', 4711, 'a string value'],
    ['name__contains', [SECRET], 'a string'],
    ['age', SECRET, 'an int value'],
    ['age', 47.11, 'an int value'],
    ['age', 2n ** 63n, 'an int value'],
    ['age__gte', NaN, 'an int value'],
    ['age__gte', new Date(), 'an int value'],
    ['age__in', SECRET, 'a list of int values'],
    ['age__in', [1, SECRET], 'a list of int values'],
    ['age__in', [1, undefined], 'a list of int values'],
    ['age__in', new Array<number>(2), 'a list of int values'],
    ['age__gte', null, 'an int value'],
    ['age__in', [1, null], 'a list of int values'],
    ['name__contains', null, 'a string'],
    ['name__startswith', null, 'a string'],
    ['tags__contains', null, 'a string value'],
    ['age__isnull', SECRET, 'true or false'],
    ['age__isnull', null, 'true or false'],
    ['height', 1n, 'a float value'],
    ['active', SECRET, 'a boolean value'],
    ['born', SECRET, 'a datetime value'],
    ['born__lt', new Date(NaN), 'a datetime value'],
    ['tags', SECRET, 'a list value'],
    ['tags', [1], 'a list value'],
    ['tags__contains', 4711, 'a string value'],
    ['address', SECRET, 'an embedded document value'],
    ['company', SECRET, 'a reference value'],
    ['company', new Company({ name: SECRET }), 'a reference value'],
    ['subject', SECRET, 'a record id value'],
    ['id', new RecordId('other_table', SECRET), 'a record id value'],
    ['id', 1.5, 'a record id value'],
    ['id__in', ['ann', true], 'a list of record id values'],
    ['age__between', [1], 'a list of two int values, from and to'],
    ['age__nin', [null], 'a list of int values'],
    ['tags__containsany', ['a', 1], 'a list of string values'],
    ['name__regex', /a/g, 'a regular expression with no flags but i, m, s and u, or the text of one'],
    ['name__len', SECRET, 'an int value'],
    ['homes__any__city', 1, 'a string value'],
  ])('for %s: %p', (key, value, wanted) => {
    for (const error of [filter({ [key]: value }), exclude({ [key]: value })]) {
      expect(error.code).toBe('INVALID_VALUE')
      expect(error.message).toBe(`Person.${key} takes ${wanted}.`)
    }
  })

  it.each([undefined, null, 'name', 1, [], [{ name: 'Ann' }], new Map(), new Person({ name: 'Ann' })])(
    'for a whole filter: %p',
    (terms) => {
      expect(filter(terms)).toMatchObject({
        code: 'INVALID_VALUE',
        message: "Person: a filter is an object such as { name: 'Ann', age__gte: 18 }, or made of them with Q.",
      })
    },
  )

  it.each([undefined, null, 1, ['age'], () => 'age', () => undefined])('for an order: %p', (term) => {
    expect(orderBy(term)).toMatchObject({
      code: 'INVALID_VALUE',
      message:
        "Person: orderBy() takes names such as 'name' or '-age', and functions such as u => u.name.len().desc().",
    })
  })
})

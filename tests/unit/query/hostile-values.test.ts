import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { LookupError } from '../../../src/index.js'
import { Address, Person } from './people.js'

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    "' OR true --",
    '`; REMOVE TABLE person; --',
    '$p0',
    '$p1',
    '${x}',
    'person:1',
    '2024-01-01',
    '"',
    '\\',
  ),
)

const filters = fc.record({
  name: hostile,
  name__contains: hostile,
  name__startswith: hostile,
  name__in: fc.array(hostile, { minLength: 0, maxLength: 5 }),
  age__gte: fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  height__lt: fc.double({ min: -1e15, max: 1e15 }),
  tags: fc.array(hostile),
  tags__contains: hostile,
  address: fc.record({ city: hostile, zip: hostile }).map((fields) => new Address(fields)),
  address__city: hostile,
  id: hostile,
})

describe('a value in a filter', () => {
  it('never changes the text of the statement', () => {
    const { query: expected } = Person.objects
      .filter({
        name: '',
        name__contains: '',
        name__startswith: '',
        name__in: [],
        age__gte: 0,
        height__lt: 0,
        tags: [],
        tags__contains: '',
        address: new Address(),
        address__city: '',
        id: '',
      })
      .toSurrealQL()
    fc.assert(
      fc.property(filters, (filter) => {
        const { query, bindings } = Person.objects.filter(filter).toSurrealQL()
        expect(query).toBe(expected)
        expect(bindings['p0']).toBe(filter.name)
        expect(bindings['p4']).toBe(filter.age__gte)
        expect(bindings['p9']).toBe(filter.address__city)
      }),
    )
  })
})

describe('a key in a filter', () => {
  it('is either a field of the model, or a LookupError that does not show the value', () => {
    const known = Person.objects.filter({ name: 'x' }).toSurrealQL().query
    fc.assert(
      fc.property(hostile, (key) => {
        try {
          const { query } = Person.objects.filter({ [key]: 'sEcReT-4711' } as { readonly name: string }).toSurrealQL()
          expect(query.replaceAll(/`\w+`/g, '')).toBe(known.replaceAll(/`\w+`/g, ''))
        } catch (error) {
          expect(error).toBeInstanceOf(LookupError)
          expect((error as LookupError).message).not.toContain('sEcReT-4711')
        }
      }),
    )
  })

  it('reaches the text only as a quoted name', () => {
    fc.assert(
      fc.property(fc.constantFrom('name', 'address__city', 'address__zip', 'company__name', 'company__id'), (key) => {
        const { query } = Person.objects.filter({ [key]: null } as { readonly name: null }).toSurrealQL()
        expect(query).toMatch(/^SELECT \* FROM `query_person` WHERE type::is_null\((`[^`]+`\.)*`[^`]+`\)$/)
      }),
    )
  })
})

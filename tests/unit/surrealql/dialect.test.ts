import { describe, expect, it } from '@jest/globals'
import { dialectFor } from '../../../src/surrealql/dialect.js'

describe('dialectFor', () => {
  it.each([
    ['surrealdb-3.0.0', true],
    ['surrealdb-3.0.2', true],
    ['surrealdb-3.0.4', true],
    ['surrealdb-3.0.5', false],
    ['surrealdb-3.0.10', false],
    ['surrealdb-3.1.0', false],
    ['surrealdb-4.0.0', false],
    ['3.0.2', true],
    ['surrealdb-3.0.2+20260101.abcdef', true],
    ['surrealdb-2.6.1', false],
    ['surrealdb-2.1.0', false],
    ['surrealdb-2.10.30', false],
  ])('knows %s', (version, limitBeforeFilter) => {
    expect(dialectFor(version)).toMatchObject({ limitBeforeFilter })
  })

  it.each([
    ['type::is_string', 'type::is::string'],
    ['time::from_unix', 'time::from::unix'],
    ['type::is_set', 'type::is::array'],
    ['set::len', 'array::len'],
    ['type::record', 'type::thing'],
    ['string::len', 'string::len'],
    ['count', 'count'],
  ] as const)('knows how %s is spelled before version 3', (name, before) => {
    expect(dialectFor('surrealdb-2.6.1').spellFunction(name)).toBe(before)
    expect(dialectFor('surrealdb-3.0.0').spellFunction(name)).toBe(name)
  })

  it.each([undefined, '', 'surrealdb', 'nightly'])('takes %j for the newest server', (version) => {
    expect(dialectFor(version)).toEqual(dialectFor('surrealdb-99.0.0'))
    expect(dialectFor(version)).toMatchObject({ limitBeforeFilter: false, missing: {} })
  })
})

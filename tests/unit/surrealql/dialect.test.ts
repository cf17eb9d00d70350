import { describe, expect, it } from '@jest/globals'
import { dialectFor } from '../../../src/surrealql/dialect.js'

const IS_STRING = { 'type::is_string': 'type::is::string' }

describe('dialectFor', () => {
  it.each([
    ['surrealdb-3.0.0', true, {}],
    ['surrealdb-3.0.2', true, {}],
    ['surrealdb-3.0.4', true, {}],
    ['surrealdb-3.0.5', false, {}],
    ['surrealdb-3.0.10', false, {}],
    ['surrealdb-3.1.0', false, {}],
    ['surrealdb-4.0.0', false, {}],
    ['3.0.2', true, {}],
    ['surrealdb-3.0.2+20260101.abcdef', true, {}],
    ['surrealdb-2.6.1', false, IS_STRING],
    ['surrealdb-2.1.0', false, IS_STRING],
    ['surrealdb-2.10.30', false, IS_STRING],
  ])('knows %s', (version, limitBeforeFilter, functionNames) => {
    expect(dialectFor(version)).toMatchObject({ limitBeforeFilter })
    expect(dialectFor(version).functionNames).toEqual(functionNames)
  })

  it.each([undefined, '', 'surrealdb', 'nightly'])('takes %j for the newest server', (version) => {
    expect(dialectFor(version)).toEqual(dialectFor('surrealdb-99.0.0'))
    expect(dialectFor(version)).toMatchObject({ limitBeforeFilter: false, functionNames: {}, missing: {} })
  })
})

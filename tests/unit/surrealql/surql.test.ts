import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { surql } from '../../../src/surrealql/surql.js'

describe('surql', () => {
  it('binds each value, in order', () => {
    expect(surql`SELECT * FROM person WHERE age > ${18} AND name = ${'Ann'};`).toEqual({
      query: 'SELECT * FROM person WHERE age > $p0 AND name = $p1;',
      bindings: { p0: 18, p1: 'Ann' },
    })
  })

  it('is plain text without values', () => {
    expect(surql`RETURN 1`).toEqual({ query: 'RETURN 1', bindings: {} })
  })

  it('never lets a value into the text', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const { query, bindings } = surql`RETURN ${value}`
        expect(query).toBe('RETURN $p0')
        expect(Object.is(bindings['p0'], value)).toBe(true)
      }),
    )
  })
})

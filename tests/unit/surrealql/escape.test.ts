import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { escapeIdentifier, escapePath } from '../../../src/surrealql/escape.js'
import { readIdentifier } from './identifier-token.js'

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('`', '\\', '\n', "'", '"', '⟩', '👩‍🚀', ';', '--', ' ', '$', '*', '.') }),
)

describe('escapeIdentifier', () => {
  it.each([
    ['name', '`name`'],
    ['first name', '`first name`'],
    ['a`b', '`a\\`b`'],
    ['a\\', '`a\\\\`'],
    ['a\\`b', '`a\\\\\\`b`'],
    ['line\nbreak', '`line\nbreak`'],
    ['SELECT', '`SELECT`'],
    ['👩‍🚀', '`👩‍🚀`'],
    ['', '``'],
  ])('quotes %j', (name, text) => {
    expect(escapeIdentifier(name)).toBe(text)
  })

  it('makes exactly one token of any name, and the token is that name', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        expect(readIdentifier(`${escapeIdentifier(name)} DROP`)).toEqual({ name, rest: ' DROP' })
      }),
      { numRuns: 2000 },
    )
  })
})

describe('escapePath', () => {
  it('quotes each step by itself', () => {
    expect(escapePath(['address', 'the.city', '*'])).toBe('`address`.`the.city`.`*`')
  })

  it('can be read back step by step', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (path) => {
        const read: string[] = []
        let token = readIdentifier(escapePath(path))
        while (token) {
          read.push(token.name)
          if (token.rest === '') break
          expect(token.rest.startsWith('.')).toBe(true)
          token = readIdentifier(token.rest.slice(1))
        }
        expect(read).toEqual(path)
      }),
    )
  })
})

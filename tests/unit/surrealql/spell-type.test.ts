import { describe, expect, it } from '@jest/globals'
import { spellType } from '../../../src/surrealql/compiler/spell-type.js'
import { LIMIT_BUG, NEWEST, VERSION_2 } from './servers.js'

describe('spellType', () => {
  it.each([
    ['string', 'string'],
    ['none | int', 'option<int>'],
    ['none | null | int', 'option<null | int>'],
    ['int | none', 'option<int>'],
    ['none', 'none'],
    ['array<none | int>', 'array<option<int>>'],
    [
      'none | array<none | null | record<`a|b<none | c>`>, 3>',
      'option<array<option<null | record<`a|b<none | c>`>>, 3>>',
    ],
    ['"none | a" | \'>\' | none', 'option<"none | a" | \'>\'>'],
    ['[none | int, string]', '[option<int>, string]'],
    ['{ a: none | int, "b c": string }', '{ a: option<int>, "b c": string }'],
    ['record<`none` | b>', 'record<`none` | b>'],
  ])('spells %s', (type, version2) => {
    expect(spellType(type, NEWEST, 'it')).toBe(type)
    expect(spellType(type, LIMIT_BUG, 'it')).toBe(type)
    expect(spellType(type, VERSION_2, 'it')).toBe(version2)
  })
})

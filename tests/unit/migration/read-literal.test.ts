import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readLiteral } from '../../../src/migration/read-literal.js'
import { escapeString } from '../../../src/surrealql/escape.js'

test.each([
  ["'a'", 'a'],
  ['"it\'s"', "it's"],
  ["'it\\'s'", "it's"],
  ["'\\n\\t\\\\\\u{1F389}'", '\n\t\\🎉'],
  ['true', true],
  ['-5', -5],
  ['1.5f', 1.5],
  ['-1.5e-7f', -1.5e-7],
  // a whole float, a decimal, what is beyond 2^53, a duration, a type, two of them
  ['1f', undefined],
  ['2dec', undefined],
  ['9007199254740993', undefined],
  ['1h', undefined],
  ['int', undefined],
  ["'a' | 'b'", undefined],
])('%s', (written, value) => {
  expect(readLiteral(written)).toBe(value)
})

test('any string comes back', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (content) => readLiteral(escapeString(content)) === content))
})

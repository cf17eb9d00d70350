import fc from 'fast-check'
import { ChoiceField, LiteralField, type LiteralValue } from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

const hostile = [
  '',
  ' ',
  'a',
  'it\'s "q" \\ `b`',
  '" | any',
  '\\',
  '\u0000',
  '\n\r\t\u2028',
  '☃ 🧑‍🚀',
  'person:1',
  'NONE',
  '$p',
  '1',
]
const numbers: number[] = [1, 0, -1, 2 ** 53 - 1, -(2 ** 53) + 1, 1.5, -0.25, 1e-7, 123456.789]
const literals: readonly LiteralValue[] = [...hostile, ...numbers, true]

fieldMatrix<LiteralValue>('LiteralField', {
  make: (options) => LiteralField(...literals, options ?? {}),
  values: literals,
  isFoundByValue: true,
  refused: ['b', 'A', 2, '1.5', false, 1n, [], {}, ['a']],
  arbitrary: fc.constantFrom(...literals),
})

enum Level {
  Low = 1,
  High = 2,
  Odd = -1.5,
}
enum Kind {
  Big = 'big',
  Small = 'Small one',
}

fieldMatrix<string>('ChoiceField of strings', {
  make: (options) => ChoiceField<string[]>(['a', 'b', '☃', ''], options),
  isFoundByValue: true,
  values: ['a', 'b', '☃', ''],
  arbitrary: fc.constantFrom('a', 'b', '☃', ''),
  refused: ['c', 'A', 1, true, [], {}],
})

fieldMatrix('ChoiceField of an enum of numbers', {
  make: (options) => ChoiceField(Level, options),
  isFoundByValue: true,
  values: [Level.Low, Level.High, Level.Odd],
  arbitrary: fc.constantFrom(Level.Low, Level.High, Level.Odd),
  refused: ['Low', 'High', 3, 0, '1', true],
})

fieldMatrix('ChoiceField of an enum of strings', {
  make: (options) => ChoiceField(Kind, options),
  isFoundByValue: true,
  values: [Kind.Big, Kind.Small],
  arbitrary: fc.constantFrom(Kind.Big, Kind.Small),
  refused: ['Big', 'Small', 'small one', 0, true],
})

fieldMatrix<LiteralValue>('ChoiceField of all types', {
  make: (options) => ChoiceField<LiteralValue[]>([1, 1.5, 'one', true], options),
  values: [1, 1.5, 'one', true],
  arbitrary: fc.constantFrom<LiteralValue>(1, 1.5, 'one', true),
  refused: [2, '1', false, 'true', {}],
})

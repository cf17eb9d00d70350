import fc from 'fast-check'
import { DictField, IntField, ListField, OptionField, StringField } from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

const HOSTILE_KEYS = [
  '',
  ' ',
  'a.b',
  '`',
  '\\',
  '\\`',
  '🎉',
  'id',
  'NONE',
  'select',
  '0',
  '*',
  'a\nb',
  'a\0b',
  '$p0',
  '__x',
]

/** Keys that the driver keeps: `__proto__` is refused before it is asked. */
const key = fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => text !== '__proto__')

const objects = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> =>
  fc.array(fc.tuple(key, value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries))

fieldMatrix<Record<string, number | bigint>>('DictField', {
  make: (options) => DictField(IntField(), options),
  values: [{}, { a: 1 }, Object.fromEntries(HOSTILE_KEYS.map((name, index) => [name, index]))],
  refused: [
    'a',
    [],
    1,
    new Map([['a', 1]]),
    { a: 'x' },
    { a: null },
    { a: 1.5 },
    JSON.parse('{"__proto__": 1}'),
    { '\ud83e': 1 },
  ],
  arbitrary: fc
    .array(fc.tuple(key, fc.maxSafeInteger()), { maxLength: 6 })
    .map((entries) => Object.fromEntries(entries)),
  takesNull: false,
})

fieldMatrix('DictField of lists of dicts', {
  make: (options) => DictField(ListField(DictField(StringField())), options),
  values: [{}, { a: [] }, { 'a.b': [{ '': 'x' }, {}] }],
  refused: [{ a: {} }, { a: [{ b: 1 }] }, { a: [null] }],
  arbitrary: objects(fc.array(objects(fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 3 })),
  takesNull: false,
})

fieldMatrix<Record<string, number | bigint | undefined>>('DictField of options', {
  make: (options) => DictField(OptionField(IntField()), options),
  values: [{}, { a: 1 }],
  refused: [{ a: null }, { a: 'x' }],
  arbitrary: objects(fc.maxSafeInteger()),
  takesNull: false,
})

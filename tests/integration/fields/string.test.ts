import fc from 'fast-check'
import { StringField } from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

fieldMatrix('StringField', {
  make: StringField,
  values: [
    '',
    ' ',
    'Ann',
    '☃ 🧑‍🚀 é é',
    'it\'s `quoted` "twice" \\',
    'person:1',
    '2024-01-01',
    '2024-01-01T00:00:00Z',
    '1h30m',
    'f0e1d2c3-b4a5-4678-9abc-def012345678',
    'NONE',
    'null',
    'true',
    '42',
    '$p0',
    'line\nbreak\tand\rmore',
    'x'.repeat(100_000),
  ],
  refused: [1, true, {}, [], Symbol('no'), () => 'no', new Date(), 1n, '\ud800', '🧑'.slice(0, 1), '\udc00x'],
  arbitrary: fc.string({ unit: 'binary', maxLength: 200 }),
})

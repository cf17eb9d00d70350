import fc from 'fast-check'
import {
  BooleanField,
  DateTimeField,
  DictField,
  IntField,
  ListField,
  ObjectField,
  StringField,
  UnionField,
} from '../../../src/index.js'
import { aName } from '../../support/fields/arbitraries.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

fieldMatrix('UnionField', {
  make: (options) => UnionField([IntField(), StringField(), DateTimeField()], options),
  values: [0, 1, '', '1', '2024-01-01', new Date(0), 2n ** 60n],
  refused: [1.5, true, [], {}, Symbol('no')],
  arbitrary: fc.oneof(fc.maxSafeInteger(), fc.string({ unit: 'binary' })),
})

fieldMatrix<(number | bigint)[] | string | boolean>('UnionField of lists', {
  make: (options) => UnionField([ListField(IntField()), StringField(), BooleanField()], options),
  values: [[], [1, 2], 'x', true],
  refused: [['x'], 1, {}],
  arbitrary: fc.oneof(fc.array(fc.maxSafeInteger(), { maxLength: 4 }), fc.string({ unit: 'binary' }), fc.boolean()),
})

fieldMatrix<object>('UnionField of objects in lists', {
  make: (options) => UnionField([ListField(ObjectField({ a: IntField() })), DictField(IntField())], options as never),
  values: [[], [{ a: 1 }, {}], { b: 1 }],
  refused: [[{ b: 1 }], { b: 'x' }, 1],
  arbitrary: fc.oneof(
    fc.array(fc.record({ a: fc.maxSafeInteger() }, { noNullPrototype: true }), { maxLength: 3 }),
    fc.dictionary(aName, fc.maxSafeInteger(), { maxKeys: 3, noNullPrototype: true }),
  ),
})

fieldMatrix<object>('UnionField of objects', {
  make: (options) => UnionField([ObjectField({ a: IntField() }), ObjectField({ b: StringField() })], options as never),
  values: [{}, { a: 1 }, { b: 'x' }],
  refused: [{ a: 1, b: 'x' }, { a: 'x' }, []],
  arbitrary: fc.oneof<fc.Arbitrary<object>[]>(
    fc.record({ a: fc.maxSafeInteger() }, { noNullPrototype: true }),
    fc.record({ b: fc.string({ unit: 'binary' }) }, { noNullPrototype: true }),
  ),
})

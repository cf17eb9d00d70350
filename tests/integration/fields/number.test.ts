import fc from 'fast-check'
import { BigIntField, Decimal, FloatField, IntField, NumberField } from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'
import { aDecimal, aFloat, anInteger } from '../../support/fields/arbitraries.js'

/** The database has one zero, and a bigint only where a number would not do. */
const plain = (value: unknown): unknown => {
  if (value instanceof Decimal) return value
  return Number.isSafeInteger(Number(value)) ? Number(value) + 0 : value
}

fieldMatrix('IntField', {
  make: IntField,
  isFoundByValue: true,
  values: [
    0,
    -0,
    1,
    -1,
    2 ** 31,
    2 ** 53 - 1,
    -(2 ** 53) + 1,
    2n ** 53n,
    2n ** 53n + 1n,
    2n ** 63n - 1n,
    -(2n ** 63n),
    7n,
  ],
  refused: ['1', '', 1.5, NaN, Infinity, 2 ** 53, 1e300, 2n ** 63n, true, new Decimal('1'), [1], {}, Symbol('1')],
  arbitrary: anInteger,
  loaded: plain,
})

fieldMatrix('BigIntField', {
  make: BigIntField,
  isFoundByValue: true,
  values: [0n, 1n, -1n, 2n ** 31n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)],
  refused: ['1', '', 1, 1.5, NaN, 2n ** 63n, true, new Decimal('1'), [1n], {}],
  arbitrary: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
})

fieldMatrix('FloatField', {
  make: FloatField,
  values: [0, -0, 1, 0.1 + 0.2, -1.5, NaN, Infinity, -Infinity, Number.MIN_VALUE, 2 ** 53 - 1, 1e-300, 5e15 + 0.5],
  refused: ['1.5', 1n, 2 ** 53, 1e300, true, new Decimal('1.5'), [1.5], {}, null as never].slice(0, -1),
  arbitrary: aFloat,
  loaded: plain,
})

fieldMatrix('NumberField', {
  make: NumberField,
  values: [
    0,
    -0,
    42,
    -1.5,
    NaN,
    Infinity,
    2n ** 63n - 1n,
    2 ** 53 - 1,
    new Decimal('1.50'),
    new Decimal('-0.0001'),
    7n,
  ],
  refused: ['1', 2 ** 53, 2n ** 63n, new Decimal(`0.${'1'.repeat(40)}`), false, [], {}, new Date()],
  arbitrary: fc.oneof(aFloat, anInteger, aDecimal),
  loaded: plain,
})

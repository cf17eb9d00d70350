import fc from 'fast-check'
import {
  BoundExcluded,
  BooleanField,
  BoundIncluded,
  DateTimeField,
  DecimalField,
  DurationField,
  FloatField,
  IntField,
  Range,
  RangeField,
  StringField,
  UUIDField,
  type FieldDecorator,
} from '../../../src/index.js'
import { aDate, aDecimal, aDuration, aFloat, aRange, anInteger, aUuid } from '../../support/fields/arbitraries.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

const included = <Value>(value: Value) => new BoundIncluded(value)
const excluded = <Value>(value: Value) => new BoundExcluded(value)

fieldMatrix<Range<number | bigint, number | bigint>>('RangeField of integers', {
  make: (options) => RangeField(IntField({ min: -10 }), options),
  isFoundByValue: true,
  values: [
    new Range(included(1), excluded(5)),
    new Range(excluded(1), included(5)),
    new Range<number, number>(included(0), undefined),
    new Range<number, number>(undefined, excluded(-10)),
    new Range<number, number>(undefined, undefined),
    new Range<number | bigint, number | bigint>(included(2n ** 53n + 1n), included(2n ** 63n - 1n)),
    new Range(included(5), included(1)),
  ],
  refused: [
    ...[1, '1..5', [1, 5], {}, new Range(included('1'), excluded('5')), new Range(included(-11), excluded(5))],
    new Range(included(null), excluded(5)),
  ],
})

fieldMatrix('RangeField of moments', {
  make: (options) => RangeField(DateTimeField(), options),
  isFoundByValue: true,
  values: [
    new Range(included(new Date('1969-12-31T23:59:59.999Z')), excluded(new Date('2024-02-29T00:00:00Z'))),
    new Range<Date, Date>(excluded(new Date(0)), undefined),
  ],
  refused: [new Range(included(1), undefined), new Range(included(new Date(NaN)), undefined), new Date()],
  arbitrary: aRange(aDate),
})

fieldMatrix<Range<string, string>>('RangeField of text', {
  make: (options) => RangeField(StringField(), options),
  isFoundByValue: true,
  values: [
    new Range(included('a'), included('z')),
    new Range(included(''), excluded('..=')),
    new Range<string, string>(included('☃'), undefined),
  ],
  refused: [new Range(included(1), undefined), 'a..z'],
  arbitrary: aRange(fc.string({ unit: 'grapheme', maxLength: 20 })),
})

/** Bounds of the other kinds that have an order. */
const BOUNDS = {
  decimals: [DecimalField(), aDecimal],
  durations: [DurationField(), aDuration],
  floats: [FloatField(), aFloat.map((value) => value + 0)],
  UUIDs: [UUIDField(), aUuid],
  booleans: [BooleanField(), fc.boolean()],
} as const

for (const [name, [field, bound]] of Object.entries(BOUNDS)) {
  const arbitrary = aRange<unknown>(bound)
  fieldMatrix<Range<unknown, unknown>>(`RangeField of ${name}`, {
    make: (options) => RangeField(field as FieldDecorator<unknown>, options),
    values: [new Range<unknown, unknown>(undefined, undefined), ...fc.sample(arbitrary, { numRuns: 3, seed: 1 })],
    refused: [new Range(included('x'), undefined), new Range(included(Symbol('x')), undefined)],
    arbitrary,
  })
}

fieldMatrix('RangeField at random', {
  make: (options) => RangeField(IntField(), options),
  values: [new Range(included(1), excluded(5))],
  refused: [],
  arbitrary: aRange(anInteger.map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) + 0 : value))),
})

import fc from 'fast-check'
import {
  BoundExcluded,
  BoundIncluded,
  DateTimeField,
  IntField,
  Range,
  RangeField,
  StringField,
} from '../../../src/index.js'
import { aRange, anInteger } from '../../support/fields/arbitraries.js'
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

fieldMatrix('RangeField at random', {
  make: (options) => RangeField(IntField(), options),
  values: [new Range(included(1), excluded(5))],
  refused: [],
  arbitrary: aRange(anInteger.map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) + 0 : value))),
})

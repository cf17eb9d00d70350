import fc from 'fast-check'
import { DateTimeField, IntField, SetField, StringField } from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

fieldMatrix('SetField', {
  make: (options) => SetField(StringField(), options),
  values: [new Set(), new Set(['']), new Set(['b', 'a']), new Set(['☃ 🧑‍🚀', 'person:1', '2024-01-01'])],
  refused: [['a'], 'a', {}, new Set([1]), new Set(['a', undefined]), new Set([null]), new Map(), Symbol('no')],
  arbitrary: fc
    .uniqueArray(fc.string({ unit: 'binary', maxLength: 10 }), { maxLength: 10 })
    .map((items) => new Set(items)),
})

fieldMatrix<Set<number | bigint>>('SetField of numbers', {
  make: (options) => SetField(IntField(), options),
  values: [new Set([3, 1, 2]), new Set([2n ** 62n, 1])],
  refused: [new Set([1.5]), [1]],
  arbitrary: fc.uniqueArray(fc.maxSafeInteger(), { maxLength: 10 }).map((items) => new Set(items)),
})

fieldMatrix('SetField of sets', {
  make: (options) => SetField(SetField(DateTimeField()), options),
  values: [new Set(), new Set([new Set<Date>()]), new Set([new Set([new Date(5), new Date(0)])])],
  refused: [new Set([new Date()]), new Set([new Set([1])])],
  arbitrary: fc
    .uniqueArray(
      fc.uniqueArray(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(9e14) }), {
        maxLength: 3,
        selector: Number,
      }),
      {
        maxLength: 3,
        selector: (dates) => [...dates].map(Number).sort().join(),
      },
    )
    .map((sets) => new Set(sets.map((dates) => new Set(dates)))),
})

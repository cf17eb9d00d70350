import fc from 'fast-check'
import { IntField, ListField, OptionField, StringField } from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

fieldMatrix<(number | bigint | undefined)[]>('ListField of options', {
  make: (options) => ListField(OptionField(IntField()), options),
  values: [[], [undefined], [1, undefined, 2], [undefined, undefined]],
  refused: [[null], ['x'], [1.5], 'x'],
  arbitrary: fc.array(fc.option(fc.maxSafeInteger(), { nil: undefined }), { maxLength: 10 }),
})

fieldMatrix<(string | undefined)[][]>('ListField of lists of options', {
  make: (options) => ListField(ListField(OptionField(StringField())), options),
  values: [[], [[]], [[undefined, 'x'], ['y']]],
  refused: [[undefined], [[null]], [['x'], [1]]],
  arbitrary: fc.array(fc.array(fc.option(fc.string({ unit: 'binary' }), { nil: undefined }), { maxLength: 3 }), {
    maxLength: 3,
  }),
})

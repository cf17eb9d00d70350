import fc from 'fast-check'
import { BooleanField } from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

fieldMatrix('BooleanField', {
  make: BooleanField,
  isFoundByValue: true,
  values: [true, false],
  refused: ['true', 'false', '', 0, 1, 1n, {}, [], Object(true)],
  arbitrary: fc.boolean(),
})

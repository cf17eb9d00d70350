import { Decimal, DecimalField } from '../../../src/index.js'
import { aDecimal } from '../../support/fields/arbitraries.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

fieldMatrix('DecimalField', {
  make: DecimalField,
  isFoundByValue: true,
  values: [
    ...['0', '-0', '1', '1.5', '1.50', '0.1', '-0.0000000000000000000000000001', '79228162514264337593543950335'],
    ...[
      '-79228162514264337593543950335',
      '7.9228162514264337593543950335',
      '9007199254740993',
      '100000000000000000000',
    ],
  ].map((text) => new Decimal(text)),
  refused: [1, '1', 1n, NaN, {}, new Decimal('79228162514264337593543950336'), new Decimal(`0.${'1'.repeat(29)}`)],
  arbitrary: aDecimal,
  // what does not show in a number is no part of it
  loaded: (value) =>
    new Decimal(
      value
        .toString()
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, ''),
    ),
})

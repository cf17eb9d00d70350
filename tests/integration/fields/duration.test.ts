import { Duration, DurationField } from '../../../src/index.js'
import { aDuration } from '../../support/fields/arbitraries.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

fieldMatrix('DurationField', {
  make: DurationField,
  isFoundByValue: true,
  values: [
    ...['0ns', '1ns', '999999999ns', '1us', '1500ms', '1h30m5s', '15d', '52w', '1y2w3d4h5m6s7ms8us9ns'],
    ...['9007199254740993ns', '9223372036854775807s'],
  ].map((text) => new Duration(text)),
  refused: ['1h', 3600, 1n, {}, [], true, new Date(), Duration.nanoseconds(-1n), Duration.seconds(2n ** 63n)],
  arbitrary: aDuration,
})

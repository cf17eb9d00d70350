import { DateTime, DateTimeField, TimeSeriesField } from '../../../src/index.js'
import { aDate, aMoment } from '../../support/fields/arbitraries.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

const dates = ['1970-01-01T00:00:00Z', '2024-02-29T23:59:59.999Z', '1969-12-31T23:59:59.999Z', '0001-01-01T00:00:00Z']
/** The last milliseconds, and what the years of the database end with. */
const ends = ['-271821-04-20T00:00:00.000Z', '-262144-12-31T23:59:59.999Z', '+262143-01-01T00:00:00.000Z']
const strange = [
  '-262143-01-01T00:00:00.000Z',
  '+262142-12-31T23:59:59.999Z',
  '-000001-12-31T23:59:59.001Z',
  '9999-12-31T23:59:59.999Z',
  '+012345-06-07T08:09:10.011Z',
]
const finer = ['2024-01-01T00:00:00.000000001Z', '1969-12-31T23:59:59.999999999Z', '0001-01-01T00:00:00.123456789Z']

fieldMatrix<Date>('DateTimeField', {
  make: (options) => DateTimeField(options),
  isFoundByValue: true,
  values: [...dates, ...strange].map((text) => new Date(text)),
  refused: [
    ...['2024-01-01T00:00:00Z', 0, new Date(NaN), new DateTime(dates[0]!), {}, [], true, new Date(8.64e15)],
    ...ends.map((text) => new Date(text)),
  ],
  arbitrary: aDate,
})

const FIRST = BigInt(Date.UTC(-262143, 0) / 1000)
const END = BigInt(Date.UTC(262143, 0) / 1000)

fieldMatrix<DateTime>('DateTimeField of nanoseconds', {
  make: (options) => DateTimeField({ ...options, precision: 'nanosecond' }),
  isFoundByValue: true,
  values: [
    ...[...dates, ...finer].map((text) => new DateTime(text)),
    ...[new DateTime([FIRST, 1n]), new DateTime([END - 1n, 999_999_999n])],
  ],
  refused: [
    ...['2024-01-01T00:00:00Z', 0, 1n, new Date(), {}, [], true],
    ...[new DateTime([FIRST - 1n, 0n]), new DateTime([END, 0n]), new DateTime(new Date(-1))],
  ],
  arbitrary: aMoment,
})

fieldMatrix<Date>('TimeSeriesField', {
  // what a matrix asks of a field without options is asked of one that is not required
  make: (options) => TimeSeriesField({ required: false, ...options }),
  isFoundByValue: true,
  values: [...dates, ...strange].map((text) => new Date(text)),
  refused: [
    '2024-01-01T00:00:00Z',
    0,
    new Date(NaN),
    new DateTime(dates[0]!),
    {},
    [],
    true,
    ...ends.map((text) => new Date(text)),
  ],
  arbitrary: aDate,
})

import { WrapperField } from '../containers/wrapper-field.js'
import type { Field } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import { DateTimeField, type DateTimeFieldOptions } from './date-time-field.js'

class TimeSeriesKind extends WrapperField<Date> {
  /** A record has one moment, by which it is found; inside of another field there are moments like any others. */
  override asPart(): Field<Date> {
    return this.inner
  }
}

/**
 * The moment that a record of a series belongs to: a required datetime that has an index, so that a span of time is found
 * without reading the rest. Its options are those of a DateTimeField, which it is inside of a list or another field.
 *
 * @example
 * ```ts
 * import { Collection, Document, FloatField, TimeSeriesField } from 'surrealengine'
 *
 * @Collection('time_series_field_example')
 * class Reading extends Document<Reading>() {
 *   @TimeSeriesField() at!: Date
 *   @FloatField() temperature?: number
 * }
 * Reading.objects.filter({ at__gte: new Date('2024-01-01'), at__lt: new Date('2024-02-01') }).orderBy('at')
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `at` ON `time_series_field_example` TYPE datetime
 * DEFINE INDEX IF NOT EXISTS `time_series_field_example_at_index` ON `time_series_field_example` FIELDS `at`
 * ```
 */
export function TimeSeriesField(options?: DateTimeFieldOptions): FieldDecorator<Date> {
  const { field } = DateTimeField(options)
  return fieldDecorator(new TimeSeriesKind(field, { required: true, index: true, ...options }))
}

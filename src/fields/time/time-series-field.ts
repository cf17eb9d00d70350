import { DateTimeField } from './date-time-field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'

/**
 * The moment that a record of a series belongs to: a required datetime that has an index, so that a span of time is found
 * without reading the rest. Its options are those of a DateTimeField.
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
export function TimeSeriesField(options?: FieldOptions<Date>): FieldDecorator<Date> {
  return DateTimeField({ required: true, index: true, ...options })
}

import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import { DateTime, toDateTime } from '../../values.js'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { checkLimits, isWithin, withLimits, type Limits } from '../limits.js'
import { orderLookups, type LookupTable } from '../lookups/lookups.js'
import { momentText, readMoment } from './moment-text.js'
import { isStoredMoment } from './stored-moment.js'
import type { TransformTable } from '../lookups/filter-step.js'
import { scalarDecorator } from '../scalar-decorator.js'
import { storedOnly } from '../stored-value.js'
import { momentTransforms } from '../lookups/transforms.js'

/** What a field of Dates can be told besides the options of every field. */
export interface DateTimeFieldOptions extends FieldOptions<Date>, Limits<Date> {
  /** What the property holds: a Date (the default), or the driver's DateTime. */
  readonly precision?: 'millisecond'
}

/** What a field of DateTimes can be told besides the options of every field. */
export interface NanosecondDateTimeFieldOptions extends FieldOptions<DateTime>, Limits<DateTime> {
  /** What the property holds: the driver's DateTime, which has nanoseconds. */
  readonly precision: 'nanosecond'
}

abstract class MomentKind<Value extends Date | DateTime> extends Field<Value> {
  readonly kind = 'datetime'

  databaseType(): string {
    return 'datetime'
  }

  override jsonForm(): z.ZodType {
    return momentText
  }

  override get lookups(): LookupTable {
    return orderLookups
  }

  override get transforms(): TransformTable<Field> {
    return momentTransforms
  }
}

class DateTimeKind extends MomentKind<Date> {
  declare readonly options: DateTimeFieldOptions

  constructor(options: DateTimeFieldOptions = {}) {
    super(options)
    checkLimits(options, compareDates)
  }

  accepts(value: unknown): boolean {
    return value instanceof Date && !Number.isNaN(value.getTime())
  }

  protected override isSurelyValid(value: unknown): boolean {
    return value instanceof Date && isStoredMoment(value) && isWithin(value, this.options, compareDates)
  }

  protected buildSchema(): z.ZodType {
    return withLimits(storedOnly(z.date()), this.options, compareDates)
  }

  override fromJson(json: unknown): Date {
    return new Date(json as string)
  }

  protected override coerceValue(value: unknown): unknown {
    if (value instanceof DateTime) return value.toDate()
    return typeof value === 'number' ? new Date(value) : super.coerceValue(value)
  }

  protected override valueToDatabase(value: Date): unknown {
    return this.accepts(value) ? toDateTime(value) : value
  }

  protected override valueFromDatabase(stored: unknown): Date {
    return stored instanceof DateTime ? stored.toDate() : (stored as Date)
  }

  /** A stored time may be finer than a Date; a Date that was only read is no change. */
  override isUnchanged(value: unknown, stored: unknown): boolean {
    if (value instanceof Date && stored instanceof DateTime) return value.getTime() === stored.toDate().getTime()
    return super.isUnchanged(value, stored)
  }
}

class NanosecondDateTimeKind extends MomentKind<DateTime> {
  declare readonly options: NanosecondDateTimeFieldOptions

  constructor(options: NanosecondDateTimeFieldOptions) {
    super(options)
    checkLimits(options, compareDateTimes)
  }

  accepts(value: unknown): boolean {
    return value instanceof DateTime
  }

  protected buildSchema(): z.ZodType {
    const moment = z.custom<DateTime>(
      (value) => value instanceof DateTime,
      "must be a DateTime: new DateTime('2024-12-31T23:59:59.123456789Z')",
    )
    return withLimits(storedOnly(moment), this.options, compareDateTimes)
  }

  override fromJson(json: unknown): DateTime {
    return readMoment(json as string)
  }

  protected override coerceValue(value: unknown): unknown {
    const date = typeof value === 'number' ? new Date(value) : value
    return date instanceof Date && !Number.isNaN(date.getTime()) ? toDateTime(date) : super.coerceValue(date)
  }
}

function compareDates(left: Date, right: Date): number {
  return left.getTime() - right.getTime()
}

function compareDateTimes(left: DateTime, right: DateTime): number {
  return left.compare(right)
}

/**
 * A moment, as a Date (milliseconds), or as the driver's DateTime with `precision: 'nanosecond'`; stored as `datetime`. A
 * stored time that is finer than a Date is left as it is until the document is given another.
 *
 * @example
 * ```ts
 * import { Collection, DateTime, DateTimeField, Document } from 'surrealengine'
 *
 * @Collection('date_time_field_example')
 * class Person extends Document<Person>() {
 *   @DateTimeField({ default: () => new Date() }) joined!: Date
 *   @DateTimeField({ precision: 'nanosecond' }) seen?: DateTime
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `joined` ON `date_time_field_example` TYPE none | null | datetime
 * ```
 */
export function DateTimeField(options?: DateTimeFieldOptions): FieldDecorator<Date>
export function DateTimeField(options: NanosecondDateTimeFieldOptions): FieldDecorator<DateTime>
export function DateTimeField(
  options: DateTimeFieldOptions | NanosecondDateTimeFieldOptions = {},
): FieldDecorator<Date> | FieldDecorator<DateTime> {
  switch (options.precision) {
    case 'nanosecond':
      return scalarDecorator(new NanosecondDateTimeKind(options))
    case 'millisecond':
    case undefined:
      return scalarDecorator(new DateTimeKind(options))
    default:
      options satisfies never
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', "precision is 'millisecond' or 'nanosecond'.")
  }
}

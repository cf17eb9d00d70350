import { z } from 'zod'
import { DateTime, toDateTime } from '../values.js'
import { Field } from './field.js'
import { fieldDecorator, type FieldDecorator } from './field-decorator.js'
import type { FieldOptions } from './field-options.js'
import { orderLookups, type LookupTable } from './lookups.js'

class DateTimeKind extends Field<Date> {
  readonly kind = 'datetime'

  accepts(value: unknown): boolean {
    return value instanceof Date && !Number.isNaN(value.getTime())
  }

  protected buildSchema(): z.ZodType {
    return z.date()
  }

  databaseType(): string {
    return 'datetime'
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

  override get lookups(): LookupTable {
    return orderLookups
  }
}

/**
 * A moment, as a Date (milliseconds); stored as `datetime`. A stored time that is finer is left as it is until the
 * document is given another.
 *
 * @example
 * ```ts
 * import { Collection, DateTimeField, Document } from 'surrealengine'
 *
 * @Collection('date_time_field_example')
 * class Person extends Document<Person>() {
 *   @DateTimeField({ default: () => new Date() }) joined!: Date
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `joined` ON `date_time_field_example` TYPE none | null | datetime
 * ```
 */
export function DateTimeField(options?: FieldOptions<Date>): FieldDecorator<Date> {
  return fieldDecorator(new DateTimeKind(options))
}

import { z } from 'zod'
import { ModelDefinitionError } from '../errors.js'
import { Field } from './field.js'
import { fieldDecorator, type FieldDecorator } from './field-decorator.js'
import type { FieldOptions } from './field-options.js'
import { orderLookups, type LookupTable } from './lookups.js'

/** What a number field can be told besides the options of every field. */
export interface NumberFieldOptions<Value extends number | bigint> extends FieldOptions<Value> {
  /** The smallest value allowed. */
  readonly min?: number
  /** The largest value allowed. */
  readonly max?: number
}

const LARGEST_INT = 2n ** 63n - 1n
const SMALLEST_INT = -(2n ** 63n)

abstract class NumberKind<Value extends number | bigint> extends Field<Value> {
  declare readonly options: NumberFieldOptions<Value>

  constructor(options: NumberFieldOptions<Value> = {}) {
    super(options)
    const { min = -Infinity, max = Infinity } = options
    if (min > max) throw new ModelDefinitionError('INVALID_FIELD_OPTION', `min ${min} is above max ${max}.`)
  }

  override get lookups(): LookupTable {
    return orderLookups
  }

  protected inRange(schema: z.ZodType<number | bigint>): z.ZodType {
    const { min, max } = this.options
    let limited = schema
    if (min !== undefined) limited = limited.refine((value) => value >= min, `must be at least ${min}`)
    if (max !== undefined) limited = limited.refine((value) => value <= max, `must be at most ${max}`)
    return limited
  }
}

class IntKind extends NumberKind<number | bigint> {
  readonly kind = 'int'

  accepts(value: unknown): boolean {
    return Number.isSafeInteger(value) || (typeof value === 'bigint' && value >= SMALLEST_INT && value <= LARGEST_INT)
  }

  protected buildSchema(): z.ZodType {
    const whole = z.custom<number | bigint>(
      (value) => this.accepts(value),
      'must be a whole number: a safe integer, or a bigint of 64 bits',
    )
    return this.inRange(whole)
  }

  databaseType(): string {
    return 'int'
  }
}

class FloatKind extends NumberKind<number> {
  readonly kind = 'float'

  accepts(value: unknown): boolean {
    return typeof value === 'number' && isExact(value)
  }

  protected buildSchema(): z.ZodType {
    const number = z.custom<number>((value) => typeof value === 'number', 'must be a number')
    const exact = number.refine(
      isExact,
      'is a whole number beyond 2^53, which cannot be sent exactly; store it as a decimal or a string',
    )
    return this.inRange(exact)
  }

  databaseType(): string {
    return 'float'
  }
}

/** The driver sends whole numbers as integers, and refuses those that a double does not hold exactly. */
function isExact(value: number): boolean {
  return !Number.isInteger(value) || Number.isSafeInteger(value)
}

/**
 * A whole number of 64 bits; stored as `int`. Beyond 2^53 it is a bigint.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField } from 'surrealengine'
 *
 * @Collection('int_field_example')
 * class Person extends Document<Person>() {
 *   @IntField({ min: 0, default: 0 }) age!: number
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `age` ON `int_field_example` TYPE none | null | int
 * ```
 */
export function IntField(options?: NumberFieldOptions<number | bigint>): FieldDecorator<number | bigint> {
  return fieldDecorator(new IntKind(options))
}

/**
 * A double; stored as `float`. NaN and the infinities are allowed.
 *
 * @example
 * ```ts
 * import { Collection, Document, FloatField } from 'surrealengine'
 *
 * @Collection('float_field_example')
 * class Place extends Document<Place>() {
 *   @FloatField({ min: -90, max: 90 }) latitude?: number
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `latitude` ON `float_field_example` TYPE none | null | float
 * ```
 */
export function FloatField(options?: NumberFieldOptions<number>): FieldDecorator<number> {
  return fieldDecorator(new FloatKind(options))
}

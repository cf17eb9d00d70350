import { z } from 'zod'
import { Decimal } from '../../values.js'
import type { Arithmetic } from './arithmetic.js'
import { fitsDecimal, toDecimal } from './decimal-text.js'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { checkLimits, isWithin, withLimits, type Limits } from '../limits.js'
import { orderLookups, type LookupTable } from '../lookups/lookups.js'
import { scalarDecorator } from '../scalar-decorator.js'

/** What a number field can be told besides the options of every field. */
export interface NumberFieldOptions<Value extends number | bigint | Decimal>
  extends FieldOptions<Value>, Limits<number | bigint> {}

const LARGEST_INT = 2n ** 63n - 1n
const SMALLEST_INT = -(2n ** 63n)

abstract class NumberKind<Value extends number | bigint | Decimal> extends Field<Value> {
  declare readonly options: NumberFieldOptions<Value>

  constructor(options: NumberFieldOptions<Value> = {}) {
    super(options)
    checkLimits(options, compareNumbers)
  }

  /** The driver gives the largest integers back as numbers or as bigints. */
  override isUnchanged(value: unknown, stored: unknown): boolean {
    if (isWhole(value) && isWhole(stored)) return BigInt(value) === BigInt(stored)
    return super.isUnchanged(value, stored)
  }

  override get lookups(): LookupTable {
    return orderLookups
  }

  override get arithmetic(): Arithmetic<Field> {
    return { meanField: this.meanField, cast: (result) => result }
  }

  protected get meanField(): Field {
    return this
  }

  protected inRange(schema: z.ZodType<number | bigint | Decimal>): z.ZodType {
    return withLimits(schema, this.options, compareNumbers)
  }
}

class IntKind extends NumberKind<number | bigint> {
  readonly kind = 'int'

  accepts(value: unknown): boolean {
    return isInteger(value)
  }

  protected override isSurelyValid(value: unknown): boolean {
    return isInteger(value) && isWithin(value, this.options, compareNumbers)
  }

  protected buildSchema(): z.ZodType {
    const message = 'must be a whole number: a safe integer, or a bigint of 64 bits'
    return this.inRange(z.custom<number | bigint>(isInteger, message))
  }

  databaseType(): string {
    return 'int'
  }

  protected override get meanField(): Field {
    return new FloatKind()
  }

  protected override valueFromDatabase(stored: unknown): number | bigint {
    return exactInteger(stored) as number | bigint
  }

  override jsonForm(): z.ZodType {
    return integerForm()
  }

  override fromJson(json: unknown): number | bigint {
    return typeof json === 'string' ? toInteger(BigInt(json)) : (json as number)
  }

  protected override coerceValue(value: unknown): unknown {
    const text = numberText(value)
    return text !== undefined && INTEGER_TEXT.test(text) ? toInteger(BigInt(text)) : value
  }
}

/** Whole numbers that are bigints however small they are. */
class BigIntKind extends NumberKind<bigint> {
  readonly kind = 'bigint'

  accepts(value: unknown): boolean {
    return typeof value === 'bigint' && isInteger(value)
  }

  protected buildSchema(): z.ZodType {
    return this.inRange(z.custom<bigint>((value) => this.accepts(value), 'must be a bigint of 64 bits'))
  }

  databaseType(): string {
    return 'int'
  }

  protected override valueFromDatabase(stored: unknown): bigint {
    return (isWhole(stored) ? BigInt(stored) : stored) as bigint
  }

  override jsonForm(): z.ZodType {
    return integerForm()
  }

  override fromJson(json: unknown): bigint {
    return BigInt(json as number | string)
  }

  protected override coerceValue(value: unknown): unknown {
    const text = numberText(value)
    return text !== undefined && INTEGER_TEXT.test(text) ? BigInt(text) : value
  }
}

class FloatKind extends NumberKind<number> {
  readonly kind = 'float'

  accepts(value: unknown): boolean {
    return isExact(value)
  }

  protected override isSurelyValid(value: unknown): boolean {
    return isExact(value) && isWithin(value, this.options, compareNumbers)
  }

  protected buildSchema(): z.ZodType {
    return this.inRange(exactNumber())
  }

  databaseType(): string {
    return 'float'
  }

  override jsonForm(): z.ZodType {
    return z.union([z.number(), z.enum(NOT_FINITE)])
  }

  override fromJson(json: unknown): number {
    return Number(json)
  }

  protected override coerceValue(value: unknown): unknown {
    const text = numberText(value)
    return text !== undefined && isFloatText(text) ? Number(text) : value
  }
}

class AnyNumberKind extends NumberKind<number | bigint | Decimal> {
  readonly kind = 'number'

  accepts(value: unknown): boolean {
    return isExact(value) || isInteger(value) || value instanceof Decimal
  }

  protected buildSchema(): z.ZodType {
    const integer = z.custom<bigint>(isInteger, 'must have no more than 64 bits; take a Decimal')
    const decimal = z.custom<Decimal>(fitsDecimal, 'must have no more digits than the database keeps: 28')
    const kinds = z.custom<number | bigint | Decimal>(
      (value) => typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal,
      'must be a number, a bigint or a Decimal',
    )
    const checked = kinds.superRefine((value, context) => {
      const schema = typeof value === 'number' ? exactNumber() : typeof value === 'bigint' ? integer : decimal
      for (const { message } of schema.safeParse(value).error?.issues ?? [])
        context.addIssue({ code: 'custom', message })
    })
    return this.inRange(checked)
  }

  databaseType(): string {
    return 'number'
  }

  protected override valueFromDatabase(stored: unknown): number | bigint | Decimal {
    return exactInteger(stored) as number | bigint | Decimal
  }

  /** The values that JSON has no number for are text: what is not finite, large integers and decimals. */
  override jsonForm(): z.ZodType {
    return z.union([z.number(), z.enum(NOT_FINITE), z.string().refine((text) => toDecimal(text) !== undefined)])
  }

  override fromJson(json: unknown): number | bigint | Decimal {
    if (typeof json === 'number') return json
    const text = json as string
    if ((NOT_FINITE as readonly string[]).includes(text)) return Number(text)
    const integer = INTEGER_TEXT.test(text) ? BigInt(text) : undefined
    return isInteger(integer) && !Number.isSafeInteger(Number(integer)) ? integer : toDecimal(text)!
  }

  protected override coerceValue(value: unknown): unknown {
    const text = numberText(value)
    if (text === undefined) return value
    if (INTEGER_TEXT.test(text)) return toInteger(BigInt(text))
    return isFloatText(text) ? Number(text) : value
  }
}

const INTEGER_TEXT = /^[+-]?\d+$/
const FLOAT_TEXT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const NOT_FINITE = ['NaN', 'Infinity', '-Infinity'] as const

/** What may be read as a number: text, and numbers of the other kinds. An empty text is none. */
function numberText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal ? String(value) : undefined
}

function isFloatText(text: string): boolean {
  return FLOAT_TEXT.test(text) || (NOT_FINITE as readonly string[]).includes(text)
}

function isInteger(value: unknown): value is number | bigint {
  return Number.isSafeInteger(value) || (typeof value === 'bigint' && value >= SMALLEST_INT && value <= LARGEST_INT)
}

/** A number, or its text where a number would not be exact. */
function integerForm(): z.ZodType {
  return z.union([z.int(), z.string().refine(isIntegerText, 'must be a whole number of 64 bits')])
}

function isIntegerText(text: string): boolean {
  return INTEGER_TEXT.test(text) && isInteger(BigInt(text))
}

function isWhole(value: unknown): value is number | bigint {
  return Number.isInteger(value) || typeof value === 'bigint'
}

/** The driver gives 2^53 back as a number, which it would not take again. */
function exactInteger(stored: unknown): unknown {
  return stored === 2 ** 53 || stored === -(2 ** 53) ? BigInt(stored) : stored
}

/** A number, or a bigint where a number would not be exact. */
function toInteger(integer: bigint): number | bigint {
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer
}

/** The driver sends whole numbers as integers, and refuses those that a double does not hold exactly. */
function isExact(value: unknown): value is number {
  return typeof value === 'number' && (!Number.isInteger(value) || Number.isSafeInteger(value))
}

function exactNumber(): z.ZodType<number> {
  const number = z.custom<number>((value) => typeof value === 'number', 'must be a number')
  const reason = 'is a whole number beyond 2^53, which cannot be sent exactly; store it as a decimal or a string'
  return number.refine(isExact, reason)
}

/** Numbers of all kinds; NaN has no order. */
function compareNumbers(left: number | bigint | Decimal, right: number | bigint | Decimal): number {
  if (left instanceof Decimal || right instanceof Decimal) return compareDecimals(left, right)
  if (left < right) return -1
  if (left > right) return 1
  return left >= right ? 0 : NaN
}

function compareDecimals(left: number | bigint | Decimal, right: number | bigint | Decimal): number {
  if (left === Infinity || right === -Infinity) return 1
  if (left === -Infinity || right === Infinity) return -1
  return new Decimal(left as Decimal).compare(new Decimal(right as Decimal))
}

/**
 * Any number; stored as `number`: an `int`, a `float` or a `decimal`, whichever it is. NaN and the infinities are allowed.
 *
 * @example
 * ```ts
 * import { Collection, Document, NumberField, type Decimal } from 'surrealengine'
 *
 * @Collection('number_field_example')
 * class Measurement extends Document<Measurement>() {
 *   @NumberField({ required: true }) value!: number | bigint | Decimal
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `value` ON `number_field_example` TYPE number
 * ```
 */
export function NumberField(
  options?: NumberFieldOptions<number | bigint | Decimal>,
): FieldDecorator<number | bigint | Decimal> {
  return scalarDecorator(new AnyNumberKind(options))
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
  return scalarDecorator(new IntKind(options))
}

/**
 * A whole number of 64 bits that is always a bigint; stored as `int`. A plain number is taken with `coerce`.
 *
 * @example
 * ```ts
 * import { BigIntField, Collection, Document } from 'surrealengine'
 *
 * @Collection('big_int_field_example')
 * class Account extends Document<Account>() {
 *   @BigIntField({ min: 0n, default: 0n }) balance!: bigint
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `balance` ON `big_int_field_example` TYPE none | null | int
 * ```
 */
export function BigIntField(options?: NumberFieldOptions<bigint>): FieldDecorator<bigint> {
  return scalarDecorator(new BigIntKind(options))
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
  return scalarDecorator(new FloatKind(options))
}

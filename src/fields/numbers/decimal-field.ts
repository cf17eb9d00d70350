import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import { call } from '../../surrealql/nodes/expression.js'
import { Decimal } from '../../values.js'
import { toDecimal } from './decimal-text.js'
import type { Arithmetic } from './arithmetic.js'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { checkLimits, withLimits, type Limits } from '../limits.js'
import { orderLookups, type LookupTable } from '../lookups/lookups.js'
import { storedOnly } from '../stored-value.js'
import { scalarDecorator } from '../scalar-decorator.js'

/** What a decimal field can be told besides the options of every field. A limit may be text, such as `'0.01'`. */
export interface DecimalFieldOptions extends FieldOptions<Decimal>, Limits<Decimal | number | string> {}

class DecimalKind extends Field<Decimal> {
  readonly kind = 'decimal'
  readonly #limits: Limits<Decimal>

  constructor(options: DecimalFieldOptions = {}) {
    super(options)
    this.#limits = { min: toLimit(options.min), max: toLimit(options.max) } as Limits<Decimal>
    checkLimits(this.#limits, compareDecimals)
  }

  accepts(value: unknown): boolean {
    return value instanceof Decimal
  }

  protected buildSchema(): z.ZodType {
    const decimal = z.custom<Decimal>((value) => value instanceof Decimal, "must be a Decimal: new Decimal('1.50')")
    return withLimits(storedOnly(decimal), this.#limits, compareDecimals)
  }

  databaseType(): string {
    return 'decimal'
  }

  override jsonForm(): z.ZodType {
    return z.string().refine((text) => toDecimal(text) !== undefined, 'must be a decimal number, as text')
  }

  override fromJson(json: unknown): Decimal {
    return new Decimal(json as string)
  }

  /** 1.50 is 1.5. */
  override isUnchanged(value: unknown, stored: unknown): boolean {
    if (value instanceof Decimal && stored instanceof Decimal) return value.compare(stored) === 0
    return super.isUnchanged(value, stored)
  }

  protected override coerceValue(value: unknown): unknown {
    if (typeof value === 'string') return toDecimal(value.trim()) ?? value
    return typeof value === 'bigint' || Number.isFinite(value) ? new Decimal(value as number) : value
  }

  override get lookups(): LookupTable {
    return orderLookups
  }

  override get arithmetic(): Arithmetic<Field> {
    return { meanField: this, cast: (result) => call('type::decimal', result) }
  }
}

function toLimit(limit: Decimal | number | string | undefined): Decimal | undefined {
  if (limit === undefined || limit instanceof Decimal) return limit
  const decimal = Number.isFinite(limit) ? new Decimal(limit as number) : toDecimal(String(limit))
  if (decimal) return decimal
  throw new ModelDefinitionError(
    'INVALID_FIELD_OPTION',
    'A limit of a DecimalField is a Decimal, a number, or one as text.',
  )
}

function compareDecimals(left: Decimal, right: Decimal): number {
  return left.compare(right)
}

/**
 * An exact decimal number of up to 28 digits, as the driver's Decimal; stored as `decimal`.
 *
 * @example
 * ```ts
 * import { Collection, Decimal, DecimalField, Document } from 'surrealengine'
 *
 * @Collection('decimal_field_example')
 * class Invoice extends Document<Invoice>() {
 *   @DecimalField({ required: true, min: 0, default: new Decimal('0') }) total!: Decimal
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `total` ON `decimal_field_example` TYPE decimal
 * ```
 */
export function DecimalField(options?: DecimalFieldOptions): FieldDecorator<Decimal> {
  return scalarDecorator(new DecimalKind(options))
}

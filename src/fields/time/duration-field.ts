import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import { Duration } from '../../values.js'
import { DURATION_TEXT } from './duration-text.js'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { checkLimits, withLimits, type Limits } from '../limits.js'
import { orderLookups, type LookupTable } from '../lookups/lookups.js'
import { storedOnly } from '../stored-value.js'
import { scalarDecorator } from '../scalar-decorator.js'

/** What a duration field can be told besides the options of every field. A limit may be text, such as `'1h30m'`. */
export interface DurationFieldOptions extends FieldOptions<Duration>, Limits<Duration | string> {}

class DurationKind extends Field<Duration> {
  readonly kind = 'duration'
  readonly #limits: Limits<Duration>

  constructor(options: DurationFieldOptions = {}) {
    super(options)
    this.#limits = { min: toLimit(options.min), max: toLimit(options.max) } as Limits<Duration>
    checkLimits(this.#limits, compareDurations)
  }

  accepts(value: unknown): boolean {
    return value instanceof Duration
  }

  protected buildSchema(): z.ZodType {
    const duration = z.custom<Duration>(
      (value) => value instanceof Duration,
      "must be a Duration: new Duration('1h30m')",
    )
    return withLimits(storedOnly(duration), this.#limits, compareDurations)
  }

  databaseType(): string {
    return 'duration'
  }

  override jsonForm(): z.ZodType {
    return z.string().regex(DURATION_TEXT, 'must be a duration such as 1h30m')
  }

  override fromJson(json: unknown): Duration {
    return new Duration(json as string)
  }

  override get lookups(): LookupTable {
    return orderLookups
  }
}

function toLimit(limit: Duration | string | undefined): Duration | undefined {
  if (limit === undefined || limit instanceof Duration) return limit
  if (DURATION_TEXT.test(limit)) return new Duration(limit)
  throw new ModelDefinitionError(
    'INVALID_FIELD_OPTION',
    "A limit of a DurationField is a Duration, or text such as '1h30m'.",
  )
}

function compareDurations(left: Duration, right: Duration): number {
  return left.compare(right)
}

/**
 * A length of time in nanoseconds, as the driver's Duration; stored as `duration`.
 *
 * @example
 * ```ts
 * import { Collection, Document, Duration, DurationField } from 'surrealengine'
 *
 * @Collection('duration_field_example')
 * class Session extends Document<Session>() {
 *   @DurationField({ max: '30d', default: new Duration('1h') }) lifetime!: Duration
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `lifetime` ON `duration_field_example` TYPE none | null | duration
 * ```
 */
export function DurationField(options?: DurationFieldOptions): FieldDecorator<Duration> {
  return scalarDecorator(new DurationKind(options))
}

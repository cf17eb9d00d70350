import type { z } from 'zod'
import { ModelDefinitionError } from '../errors.js'

/** The smallest and the largest value allowed. */
export interface Limits<Limit> {
  /** The smallest value allowed. */
  readonly min?: Limit
  /** The largest value allowed. */
  readonly max?: Limit
}

/** Negative when the left one is smaller, positive when it is larger, NaN when the two have no order. */
export type Compare<Value> = (left: Value, right: Value) => number

/** Refuses limits that nothing can be compared with, and those that leave no value. */
export function checkLimits<Limit>({ min, max }: Limits<Limit>, compare: Compare<Limit>): void {
  for (const [name, limit] of Object.entries({ min, max })) {
    if (limit !== undefined && compare(limit, limit) !== 0)
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', `${name} is nothing that a value can be compared with.`)
  }
  if (min !== undefined && max !== undefined && compare(min, max) > 0)
    throw new ModelDefinitionError('INVALID_FIELD_OPTION', `min ${shown(min)} is above max ${shown(max)}.`)
}

/** Whether a value is within the limits. */
export function isWithin<Value, Limit extends Value>(
  value: Value,
  { min, max }: Limits<Limit>,
  compare: Compare<Value>,
): boolean {
  return (min === undefined || compare(value, min) >= 0) && (max === undefined || compare(value, max) <= 0)
}

/** The schema with the limits checked behind it. */
export function withLimits<Value, Limit extends Value>(
  schema: z.ZodType<Value>,
  { min, max }: Limits<Limit>,
  compare: Compare<Value>,
): z.ZodType<Value> {
  let limited = schema
  if (min !== undefined) limited = limited.refine((value) => compare(value, min) >= 0, `must be at least ${shown(min)}`)
  if (max !== undefined) limited = limited.refine((value) => compare(value, max) <= 0, `must be at most ${shown(max)}`)
  return limited
}

function shown(limit: unknown): string {
  return limit instanceof Date ? limit.toISOString() : String(limit)
}

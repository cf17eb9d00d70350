import type { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'

/** How many items there may be. */
export interface ItemLimits {
  /** In items. */
  readonly minLength?: number
  /** In items. */
  readonly maxLength?: number
}

/** Refuses limits that are none, and those that leave no value. */
export function checkItemLimits({ minLength = 0, maxLength = Infinity }: ItemLimits): void {
  const isLimit = (limit: number): boolean => limit === Infinity || (Number.isSafeInteger(limit) && limit >= 0)
  if (!isLimit(minLength) || !isLimit(maxLength) || minLength === Infinity)
    throw new ModelDefinitionError('INVALID_FIELD_OPTION', 'minLength and maxLength are whole numbers from 0.')
  if (minLength > maxLength)
    throw new ModelDefinitionError('INVALID_FIELD_OPTION', `minLength ${minLength} is above maxLength ${maxLength}.`)
}

/** The schema with the limits in it. */
export function limitItems(schema: z.ZodArray, { minLength, maxLength }: ItemLimits): z.ZodArray {
  const long = minLength === undefined ? schema : schema.min(minLength)
  return maxLength === undefined ? long : long.max(maxLength)
}

import { ModelDefinitionError } from '../../errors.js'

/** How long a value may be. */
export interface LengthLimits {
  readonly minLength?: number
  readonly maxLength?: number
  /** The only length allowed; instead of the other two. */
  readonly length?: number
}

/** Refuses lengths that are none, and those that leave no value. */
export function checkLengthLimits({ minLength, maxLength, length }: LengthLimits): void {
  for (const [name, limit] of Object.entries({ minLength, maxLength, length })) {
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0))
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', `${name} is a whole number that is not negative.`)
  }
  if (length !== undefined && (minLength !== undefined || maxLength !== undefined)) {
    const message = 'length says all; drop minLength and maxLength.'
    throw new ModelDefinitionError('INVALID_FIELD_OPTION', message)
  }
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    const message = `minLength ${minLength} is above maxLength ${maxLength}.`
    throw new ModelDefinitionError('INVALID_FIELD_OPTION', message)
  }
}

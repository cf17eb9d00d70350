import { z } from 'zod'

/** A whole number that is not below `least`. */
export function wholeNumber(least: number) {
  return z.int({ error: ({ code }) => (code === 'invalid_type' ? 'must be a whole number' : undefined) }).min(least)
}

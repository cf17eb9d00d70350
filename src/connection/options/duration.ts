import { z } from 'zod'
import { ConfigurationError } from '../../errors.js'
import { Duration } from '../../values.js'

/** Milliseconds, or a SurrealDB duration: `500`, `'500ms'`, `'1m30s'`. */
export type DurationInput = number | string

const LONGEST = 2 ** 31 - 1

/** A positive duration in milliseconds, of at most 24 days (the limit of a timer). */
export const durationSchema = z.unknown().transform((input, context): number => {
  const milliseconds = typeof input === 'string' ? parse(input) : input
  if (typeof milliseconds === 'number' && milliseconds > 0 && milliseconds <= LONGEST) return milliseconds
  context.addIssue({
    code: 'custom',
    message: "must be a positive number of milliseconds, or a duration such as '500ms' or '1m30s'",
  })
  return z.NEVER
})

/** The driver reads as much of a text as it can; this is the whole of one. */
const WRITTEN = /^(\d+(ns|us|µs|ms|s|m|h|d|w|y))+$/

function parse(text: string): number | undefined {
  return WRITTEN.test(text) ? Number(new Duration(text).milliseconds) : undefined
}

/** A duration that a caller gave as `option`, in milliseconds. */
export function toMilliseconds(input: DurationInput, option: string): number {
  const { data, error } = durationSchema.safeParse(input)
  if (data !== undefined) return data
  throw new ConfigurationError('INVALID_OPTION', `${option}: ${error?.issues[0]?.message ?? 'is no duration'}.`)
}

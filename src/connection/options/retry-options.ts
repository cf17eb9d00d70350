import { z } from 'zod'
import type { Backoff } from '../bridge/link.js'
import { durationSchema, type DurationInput } from './duration.js'
import { areNumbers, switchableOptions, switchError } from './switchable-options.js'
import { wholeNumber } from './whole-number.js'

/** How often, and with what pauses, a connection is tried again. */
export interface RetryOptions {
  /** Tries after the first one. Default: 3. */
  readonly limit?: number
  /** The pause before the second try. Milliseconds, or a duration. Default: `'500ms'`. */
  readonly initialDelay?: DurationInput
  /** Each pause is this many times the one before; at least 1. Default: 2. */
  readonly backoff?: number
  /** No pause is longer; at least `initialDelay`. Milliseconds, or a duration. Default: `'30s'`. */
  readonly maxDelay?: DurationInput
  /** Whether pauses are spread at random, so that many who failed together do not come back together. Default: `true`. */
  readonly jitter?: boolean
}

const shape = {
  limit: wholeNumber(0).default(3),
  initialDelay: durationSchema.default(500),
  backoff: z.number().min(1).default(2),
  maxDelay: durationSchema.default(30_000),
  jitter: z.boolean().default(true),
}

/** The names of all retry options. */
export const RETRY_OPTION_NAMES: readonly string[] = Object.keys(shape)

const pauses: z.ZodType<Backoff> = z
  .strictObject(shape, { error: switchError })
  .refine(({ initialDelay, maxDelay }) => initialDelay <= maxDelay, {
    path: ['maxDelay'],
    message: "must not be shorter than initialDelay; when not given they are '30s' and '500ms'",
    when: areNumbers('initialDelay', 'maxDelay'),
  })

/** Tried again, unless that is switched off. */
export const retrySchema = switchableOptions(pauses, true)

import { z } from 'zod'
import type { PoolLimits } from '../bridge/link.js'
import { durationSchema, type DurationInput } from './duration.js'
import { areNumbers, switchableOptions, switchError } from './switchable-options.js'
import { wholeNumber } from './whole-number.js'

/** How many channels to a server a connection keeps, and how long its calls wait for one. */
export interface PoolOptions {
  /** Never more channels than this; at least 1. Default: 10. */
  readonly max?: number
  /** This many are opened ahead, and kept when idle; at most `max`. Default: 0. */
  readonly min?: number
  /** A channel above `min` that nobody used for so long is closed. Milliseconds, or a duration. Default: `'5m'`. */
  readonly idleTimeout?: DurationInput
  /** How long a call waits for a channel before PoolExhaustedError. Milliseconds, or a duration. Default: `'30s'`. */
  readonly acquireTimeout?: DurationInput
  /** How many calls may wait at a time; one more is a PoolExhaustedError at once. Default: 1000. */
  readonly maxWaiting?: number
  /** Whether a channel is looked at before it is lent. Default: `true`. */
  readonly validate?: boolean
}

const shape = {
  max: wholeNumber(1).default(10),
  min: wholeNumber(0).default(0),
  idleTimeout: durationSchema.default(300_000),
  acquireTimeout: durationSchema.default(30_000),
  maxWaiting: wholeNumber(0).default(1000),
  validate: z.boolean().default(true),
}

/** The names of all pool options. */
export const POOL_OPTION_NAMES: readonly string[] = Object.keys(shape)

const limits: z.ZodType<PoolLimits> = z
  .strictObject(shape, { error: switchError })
  .refine(({ min, max }) => min <= max, {
    path: ['min'],
    message: 'must not be more than max, which is 10 when not given',
    when: areNumbers('min', 'max'),
  })

/** No pool, unless one is asked for. */
export const poolSchema = switchableOptions(limits, false)

import { z } from 'zod'
import { isObject } from '../../values.js'
import type { CacheStore } from '../cache/cache-store.js'
import { durationSchema, type DurationInput } from './duration.js'
import { switchableOptions, switchError } from './switchable-options.js'
import { wholeNumber } from './whole-number.js'

/** How the results of querysets with `cache()` are kept. */
export interface CacheOptions {
  /** How long a result is good, where `cache()` says nothing of it. Milliseconds, or a duration. Default: `'60s'`. */
  readonly ttl?: DurationInput
  /** How much the store in memory holds, in bytes; for no other store. Default: 64 MiB. */
  readonly maxBytes?: number
  /** Where they are kept. Default: a MemoryStore of this connection. */
  readonly store?: CacheStore
}

/** The same after the check. */
export interface CacheLimits {
  readonly ttl: number
  readonly maxBytes?: number | undefined
  readonly store?: CacheStore | undefined
}

const METHODS = ['get', 'set', 'delete', 'clear'] as const

function isStore(value: unknown): value is CacheStore {
  return isObject(value) && METHODS.every((name) => typeof (value as Partial<CacheStore>)[name] === 'function')
}

const shape = {
  ttl: durationSchema.default(60_000),
  maxBytes: wholeNumber(1).optional(),
  store: z.custom<CacheStore>(isStore, 'must have the methods get, set, delete and clear').optional(),
}

/** The names of all cache options. */
export const CACHE_OPTION_NAMES: readonly string[] = Object.keys(shape)

const limits: z.ZodType<CacheLimits> = z
  .strictObject(shape, { error: switchError })
  .refine(({ maxBytes, store }) => maxBytes === undefined || store === undefined, {
    path: ['maxBytes'],
    message: 'is for the store in memory; a store of your own has its own limits',
  })

/** A cache, unless it is switched off. */
export const cacheSchema = switchableOptions(limits, true)

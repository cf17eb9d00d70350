import type { Duration } from '../../values.js'

/** A duration as the database writes it: `1h30m`. */
export const DURATION_TEXT = /^(\d+(ns|us|µs|μs|ms|s|m|h|d|w|y))+$/

/** No integer that is sent has more bits. */
const LARGEST_SECONDS = 2n ** 63n - 1n

/** Whether the database keeps a duration as it is. */
export function isStoredDuration(duration: Duration): boolean {
  return duration.nanoseconds >= 0n && duration.seconds <= LARGEST_SECONDS
}

export const NO_STORED_DURATION = 'must be between 0ns and 9223372036854775807s'

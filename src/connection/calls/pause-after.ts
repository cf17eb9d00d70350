import type { Backoff } from '../bridge/link.js'

/** The pauses of a back-off, however many there are. */
export type Pauses = Omit<Backoff, 'limit'>

/** Milliseconds before try number `attempt + 1`; at random between half of it and all of it with jitter. */
export function pauseAfter(attempt: number, { initialDelay, backoff, maxDelay, jitter }: Pauses): number {
  // never Infinity, of which no delay of 0 comes back
  const factor = Math.min(backoff ** (attempt - 1), Number.MAX_VALUE)
  const pause = Math.min(maxDelay, initialDelay * factor)
  return jitter ? pause * (0.5 + Math.random() / 2) : pause
}

/** Pauses after a conflict are short: it is over as soon as the other transaction has ended. */
export const CONFLICT_BACKOFF: Pauses = { initialDelay: 2, backoff: 2, maxDelay: 100, jitter: true }

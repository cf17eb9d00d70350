import type { Backoff, LinkFailure } from './bridge/link.js'
import { TransactionConflictError, type SurrealEngineError } from '../errors.js'

/** What is known of a call that failed. */
export interface FailedCall {
  readonly error: SurrealEngineError
  /** Why the link brought no reply; undefined when the database answered with an error. */
  readonly failure: LinkFailure | undefined
  /** Whether carrying it out twice does no harm. */
  readonly isRepeatable: boolean
  /** Whether the database has undone all of it. */
  readonly isUndone: boolean
}

/**
 * Whether the same call may be made again: it was certainly not carried out, or it does no harm to carry it out twice. A
 * call whose outcome is unknown is never one of these.
 */
export function mayTryAgain({ error, failure, isRepeatable, isUndone }: FailedCall): boolean {
  switch (failure?.reason) {
    case 'not-sent':
      return true
    case 'lost':
      return isRepeatable
    case undefined:
      return error instanceof TransactionConflictError && isUndone
    default:
      return false
  }
}

/** The pauses of a back-off, however many there are. */
export type Pauses = Omit<Backoff, 'limit'>

/** Milliseconds before try number `attempt + 1`; at random between half of it and all of it with jitter. */
export function pauseAfter(attempt: number, { initialDelay, backoff, maxDelay, jitter }: Pauses): number {
  const pause = Math.min(maxDelay, initialDelay * backoff ** (attempt - 1))
  return jitter ? pause * (0.5 + Math.random() / 2) : pause
}

/** Pauses after a conflict are short: it is over as soon as the other transaction has ended. */
export const CONFLICT_BACKOFF: Pauses = { initialDelay: 2, backoff: 2, maxDelay: 100, jitter: true }

import type { LinkFailure } from '../bridge/link.js'
import { TransactionConflictError, type SurrealEngineError } from '../../errors.js'

/** What is known of a call that failed. */
export interface FailedCall {
  readonly error: SurrealEngineError
  /** Why the link brought no reply; undefined when the database answered with an error. */
  readonly failure: LinkFailure | undefined
  /** Whether carrying it out twice does no harm. */
  readonly isRepeatable: boolean
  /** Whether the database has undone all of it. */
  readonly isUndone: boolean
  /** Whether the database refused the request as a whole, before any of it ran. */
  readonly isRefused: boolean
}

/**
 * Whether the same call may be made again: it was certainly not carried out, or it does no harm to carry it out twice. A
 * call whose outcome is unknown is never one of these.
 */
export function mayTryAgain({ error, failure, isRepeatable, isUndone }: FailedCall): boolean {
  const reason = failure?.reason
  switch (reason) {
    case 'not-sent':
      return true
    case 'lost':
      return isRepeatable
    case undefined:
      return error instanceof TransactionConflictError && isUndone
    // without a reply in time the outcome is unknown; the rest would only fail again
    case 'timeout':
    case 'aborted':
    case 'open-failed':
    case 'store-locked':
    case 'second-thread':
    case 'closed':
    case 'host-died':
    case 'refused':
    case 'pool-exhausted':
    case 'session-refused':
      return false
    default:
      return reason satisfies never
  }
}

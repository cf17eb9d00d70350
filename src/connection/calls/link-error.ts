import type { LinkFailure } from '../bridge/link.js'
import {
  AbortedError,
  AuthenticationError,
  ConnectionClosedError,
  ConnectionError,
  OutcomeUnknownError,
  PoolExhaustedError,
  TimeoutError,
  UnsupportedError,
  type SurrealEngineError,
} from '../../errors.js'

/** Whose failure it is. */
export interface FailedAt {
  /** The name of the connection. */
  readonly connection: string
  /** Whether carrying the call out twice does no harm: then its outcome does not matter. */
  readonly isRepeatable?: boolean
}

/** A failure of the bridge as an error with the caller's own stack. */
export function linkError(failure: LinkFailure, { connection, isRepeatable = false }: FailedAt): SurrealEngineError {
  const at = `Connection "${connection}"`
  switch (failure.reason) {
    case 'open-failed':
      return new ConnectionError('CONNECTION_FAILED', `${at} cannot be opened: ${failure.message}`)
    case 'store-locked':
      return new ConnectionError('STORE_LOCKED', `${at} cannot be opened: ${failure.message}`)
    case 'second-thread':
      return new UnsupportedError('SECOND_THREAD', `${at} cannot be opened in this thread: ${failure.message}`)
    case 'timeout':
      return new TimeoutError(`${at}: ${failure.message}; whether the database carried the call out is not known.`)
    case 'lost':
      return isRepeatable
        ? new ConnectionError('CONNECTION_LOST', `${at} broke during the call: ${failure.message}.`)
        : new OutcomeUnknownError(
            'OUTCOME_UNKNOWN',
            `${at} broke during the call: ${failure.message}; whether the database carried it out is not known, and it was not sent again.`,
          )
    case 'not-sent':
      return new ConnectionError('CONNECTION_LOST', `${at} is gone: ${failure.message}; the call was not sent.`)
    case 'closed':
      return new ConnectionClosedError(`${at} was closed; create another one with createConnection().`)
    case 'host-died':
      return new ConnectionError(
        'HOST_DIED',
        `${at} lost the thread that holds it: ${failure.message}; create another connection.`,
      )
    case 'refused':
      return failure.status === 401 || failure.status === 403
        ? new AuthenticationError(`${at}: the server refused the credentials (status ${failure.status}).`)
        : new ConnectionError(
            'CONNECTION_FAILED',
            `${at}: the server did not answer as SurrealDB does: ${failure.message}`,
          )
    case 'session-refused':
      return new AuthenticationError(
        `${at}: a new channel could not be signed in again: the database refused the credentials; sign in with others.`,
      )
    case 'pool-exhausted':
      return new PoolExhaustedError(`${at}: ${failure.message}; nothing was sent.`)
    case 'aborted':
      return new AbortedError(`${at}: ${failure.message}; whether the database carried the call out is not known.`)
    default:
      return failure.reason satisfies never
  }
}

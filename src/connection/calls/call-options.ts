import type { DurationInput } from '../options/duration.js'

/** How one call is made. */
export interface CallOptions {
  /** Deadline of this call, instead of the connection's `operationTimeout`. Milliseconds, or a duration such as `'5s'`. */
  readonly timeout?: DurationInput
  /** Ends the wait for the call with an AbortedError; a blocking call looks at it only before it starts. */
  readonly signal?: AbortSignal
  /**
   * True: carrying the call out twice does no harm, so it is sent again when the channel breaks under it. Methods that only
   * read, such as `select` and those of querysets, have no need of it; the text of a `query` is not looked into.
   */
  readonly idempotent?: boolean
}

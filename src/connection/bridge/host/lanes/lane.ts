import type { LinkFailure, LinkReply, PoolCounters } from '../../link.js'
import type { Call, Channel } from '../channels/channel.js'
import type { Loan } from '../pool/loan.js'

/** How the calls of a line reach the database: over one channel, over those of a pool, or as single http requests. */
export interface Lane {
  open(timeout: number): Promise<LinkFailure | undefined>
  execute(call: Call): Promise<LinkReply>
  /** Nobody waits for the answer to this call any more. */
  forget(id: string): void
  counters(): PoolCounters | undefined
  close(timeout: number): Promise<LinkFailure | undefined>
}

/** Where a transaction gets a channel that knows the session. */
export interface Lender {
  borrow(timeout: number): Promise<Loan<Channel> | LinkFailure>
}

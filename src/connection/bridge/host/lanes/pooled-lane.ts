import { setMaxListeners } from 'node:events'
import pRetry from 'p-retry'
import type { Backoff, LinkFailure, LinkReply, LinkState, PoolCounters, PoolLimits } from '../../link.js'
import { openFailure, OpenFailed, type Call, type Channel } from '../channels/channel.js'
import { ChannelPool } from '../pool/channel-pool.js'
import { aheadOf } from '../deadline.js'
import type { Lane, Lender } from './lane.js'
import type { Loan } from '../pool/loan.js'
import { retryOptions } from './nodes.js'
import type { Session } from './session.js'

/** What a pooled lane is made of. */
export interface PooledLaneOptions {
  readonly limits: PoolLimits
  /** Opens a channel to some node; `onDown` is told when it breaks. Aborted: nobody wants it any more. */
  connect(timeout: number, onDown: (failure: LinkFailure) => void, signal: AbortSignal): Promise<Channel>
  readonly session: Session
  /** Carries a call over a borrowed channel. */
  carry(channel: Channel, call: Call): Promise<LinkReply>
  readonly backoff: Backoff | undefined
  /** Milliseconds for opening one channel. */
  readonly openTimeout: number
  state(state: LinkState): void
}

const CLOSE_WITHIN = 1000

/** Each call has a channel to itself for as long as it lasts. */
export class PooledLane implements Lane, Lender {
  readonly #options: PooledLaneOptions
  readonly #pool: ChannelPool<Channel>
  readonly #waiting = new Map<string, AbortController>()
  readonly #running = new Map<string, Channel>()
  readonly #closing = new AbortController()
  /** Those that have not broken and were not closed. */
  readonly #working = new Set<Channel>()
  #isReplacing = false

  constructor(options: PooledLaneOptions) {
    this.#options = options
    // as many channels as there may be can be opened at a time
    setMaxListeners(0, this.#closing.signal)
    this.#pool = new ChannelPool<Channel>(options.limits, {
      open: () => this.#connect(),
      check: (channel) => channel.isOpen,
      close: (channel) => {
        this.#working.delete(channel)
        return channel.close(CLOSE_WITHIN)
      },
    })
  }

  /** The first channel shows whether the server can be reached at all. */
  async open(timeout: number): Promise<LinkFailure | undefined> {
    const { backoff } = this.#options
    const end = performance.now() + aheadOf(timeout)
    try {
      await pRetry(() => this.#probe(Math.max(1, end - performance.now())), {
        ...(backoff && retryOptions(backoff)),
        retries: backoff?.limit ?? 0,
        maxRetryTime: aheadOf(timeout),
        signal: this.#closing.signal,
        shouldRetry: ({ error }) => openFailure(error).isTransient === true,
      })
      return undefined
    } catch (error) {
      return openFailure(error)
    }
  }

  async execute(call: Call): Promise<LinkReply> {
    const loan = await this.#borrow(call)
    if ('reason' in loan) return { ok: false, failure: notSent(loan) }
    this.#running.set(call.id, loan.channel)
    try {
      return await this.#options.carry(loan.channel, call)
    } finally {
      this.#running.delete(call.id)
      endLoan(loan)
    }
  }

  async borrow(timeout: number): Promise<Loan<Channel> | LinkFailure> {
    const loan = await this.#pool.borrow({ timeout: aheadOf(timeout) })
    if ('reason' in loan) return notSent(loan)
    const { failure } = await this.#options.session.restore(loan.channel)
    if (!failure) return loan
    endLoan(loan)
    return failure
  }

  forget(id: string): void {
    this.#waiting.get(id)?.abort()
    this.#running.get(id)?.forget(id)
  }

  counters(): PoolCounters {
    return this.#pool.counters()
  }

  close(timeout: number): Promise<LinkFailure | undefined> {
    this.#closing.abort(new Error('closed'))
    return this.#pool.close(timeout)
  }

  async #borrow({ id, timeout }: Call): Promise<Loan<Channel> | LinkFailure> {
    const abort = new AbortController()
    this.#waiting.set(id, abort)
    try {
      const loan = await this.#pool.borrow({ timeout: aheadOf(timeout), signal: abort.signal })
      return 'reason' in loan ? notSent(loan) : loan
    } finally {
      this.#waiting.delete(id)
    }
  }

  async #probe(timeout: number): Promise<void> {
    const loan = await this.#pool.borrow({ timeout })
    if ('reason' in loan) throw new OpenFailed(notOpened(loan, timeout))
    loan.giveBack()
  }

  async #connect(): Promise<Channel> {
    const opened: { channel?: Channel } = {}
    const onDown = (failure: LinkFailure): void => {
      if (opened.channel) this.#broke(opened.channel, failure)
    }
    const channel = await this.#options.connect(this.#options.openTimeout, onDown, this.#closing.signal)
    opened.channel = channel
    this.#working.add(channel)
    if (this.#isReplacing) {
      this.#isReplacing = false
      this.#options.state({ kind: 'up', version: undefined })
    }
    return channel
  }

  #broke(channel: Channel, failure: LinkFailure): void {
    this.#pool.broke(channel)
    this.#working.delete(channel)
    if (this.#working.size > 0 || this.#isReplacing || this.#closing.signal.aborted) return
    this.#isReplacing = true
    const { backoff } = this.#options
    this.#options.state({ kind: 'down', failure, isFinal: backoff === undefined })
    if (backoff) void this.#replace(backoff)
  }

  /** While no channel is left, one is tried again and again: the connection then knows by itself when it works again. */
  async #replace(backoff: Backoff): Promise<void> {
    const attempt = async (number: number): Promise<void> => {
      if (!this.#isReplacing) return
      this.#options.state({ kind: 'trying', attempt: number })
      await this.#probe(this.#options.openTimeout).catch((error: unknown) => {
        this.#options.state({ kind: 'tried', attempt: number, failure: openFailure(error) })
        throw error
      })
    }
    const options = { ...retryOptions(backoff), retries: Infinity, signal: this.#closing.signal }
    await pRetry(attempt, options).catch(() => {})
  }
}

/** The connection was open: that there is no channel to carry a call is the same as a channel that is gone. */
function notSent(failure: LinkFailure): LinkFailure {
  return failure.reason === 'open-failed' ? { ...failure, reason: 'not-sent' } : failure
}

/** Nobody else has the channels of a pool that is only being opened: there is none yet. */
function notOpened(failure: LinkFailure, timeout: number): LinkFailure {
  if (failure.reason !== 'pool-exhausted') return failure
  const message = `no channel to the server could be opened within ${Math.round(timeout)} ms`
  return { reason: 'open-failed', message, isTransient: true }
}

function endLoan(loan: Loan<Channel>): void {
  if (loan.channel.isOpen) loan.giveBack()
  else loan.discard()
}

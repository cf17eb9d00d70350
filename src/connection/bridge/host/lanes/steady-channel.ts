import pRetry from 'p-retry'
import type { Backoff, LinkFailure, LinkReply, LinkState } from '../../link.js'
import { failed, openFailure, OpenFailed, type Call, type Channel } from '../channels/channel.js'
import { aheadOf, settlesWithin } from '../deadline.js'
import type { Lane, Lender } from './lane.js'
import type { Loan } from '../pool/loan.js'
import { retryOptions } from './nodes.js'
import type { Session } from './session.js'

/** What a steady channel is made of. */
export interface SteadyOptions {
  /** Opens a channel to some node; `onDown` is told when it breaks. `signal`: nobody wants it any more. */
  connect(timeout: number, onDown: (failure: LinkFailure) => void, signal: AbortSignal): Promise<Channel>
  readonly session: Session
  readonly backoff: Backoff | undefined
  /** Milliseconds for one try. */
  readonly openTimeout: number
  /** The new channel knows the session: what hung on the old one moves over. */
  moved(channel: Channel): Promise<void>
  state(state: LinkState): void
}

/**
 * One channel for all calls, replaced when it breaks. Calls that were under way fail, because whether they were carried out
 * is not known; calls that come while it is being replaced wait for the try under way, and no longer.
 */
export class SteadyChannel implements Lane, Lender {
  readonly #options: SteadyOptions
  readonly #closing = new AbortController()
  #channel: Channel | undefined
  /** The try under way. */
  #trying: Promise<void> | undefined
  #opening: Promise<LinkFailure | undefined> | undefined
  /** Why there is no channel now. */
  #why: LinkFailure = { reason: 'not-sent', message: 'the link is not open' }
  #isReady = false
  #wasOpen = false
  /** Tries at once instead of at the end of the pause; of use while the channel is being replaced. */
  #hurry: (() => void) | undefined

  constructor(options: SteadyOptions) {
    this.#options = options
  }

  open(timeout: number): Promise<LinkFailure | undefined> {
    this.#opening ??= this.#openFirst(timeout)
    return this.#opening
  }

  async execute(call: Call): Promise<LinkReply> {
    const channel = await this.#current(call.timeout)
    if (!channel) return { ok: false, failure: this.#why }
    const reply = await this.#options.session.execute(channel, call)
    if (call.remember !== undefined && !this.#isReady && channel === this.#channel) await this.#prepare(channel)
    return reply
  }

  async borrow(timeout: number): Promise<Loan<Channel> | LinkFailure> {
    const channel = await this.#current(timeout)
    if (!channel) return this.#why
    const { failure } = await this.#options.session.restore(channel)
    return failure ?? { channel, giveBack: () => {}, discard: () => {} }
  }

  /** The channel itself, for what is not a call. */
  async channel(timeout: number): Promise<Channel | LinkFailure> {
    return (await this.#current(timeout)) ?? this.#why
  }

  forget(id: string): void {
    this.#channel?.forget(id)
  }

  counters(): undefined {
    return undefined
  }

  async close(timeout: number): Promise<LinkFailure | undefined> {
    const closed = failed('closed', 'the link was closed')
    if (!closed.ok) this.#why = closed.failure
    this.#closing.abort(new Error('closed'))
    const end = performance.now() + timeout
    if (this.#trying) await settlesWithin(this.#trying, timeout)
    return this.#channel?.close(Math.max(0, end - performance.now()))
  }

  async #current(timeout: number): Promise<Channel | undefined> {
    if (!this.#opening) await this.open(Math.min(timeout, this.#options.openTimeout))
    if (!this.#channel?.isOpen) this.#hurry?.()
    // the caller is to hear that nothing was sent, and not that nobody knows
    if (!this.#channel?.isOpen && this.#trying) await settlesWithin(this.#trying, aheadOf(timeout))
    return this.#channel?.isOpen ? this.#channel : undefined
  }

  async #openFirst(timeout: number): Promise<LinkFailure | undefined> {
    const { backoff, openTimeout } = this.#options
    const end = performance.now() + aheadOf(timeout)
    try {
      await pRetry(() => this.#try(Math.min(openTimeout, Math.max(1, end - performance.now()))), {
        ...(backoff && retryOptions(backoff)),
        retries: backoff?.limit ?? 0,
        maxRetryTime: aheadOf(timeout),
        signal: this.#closing.signal,
        shouldRetry: ({ error }) => openFailure(error).isTransient === true,
      })
      this.#wasOpen = true
      return undefined
    } catch (error) {
      const failure = openFailure(error)
      this.#opening = undefined
      this.#why = { ...failure, reason: 'not-sent' }
      return failure
    }
  }

  async #try(timeout: number): Promise<void> {
    const trying = this.#connect(timeout)
    this.#trying = trying
    try {
      await trying
    } finally {
      this.#trying = undefined
    }
  }

  async #connect(timeout: number): Promise<void> {
    const opened: { channel?: Channel } = {}
    const { signal } = this.#closing
    const channel = await this.#options.connect(timeout, (failure) => this.#broke(opened.channel, failure), signal)
    opened.channel = channel
    const leave = (): void => void channel.close(0)
    signal.addEventListener('abort', leave, { once: true })
    try {
      await this.#adopt(channel)
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  /** Puts a new channel into use, unless it is not wanted any more. */
  async #adopt(channel: Channel): Promise<void> {
    const isWanted = !this.#closing.signal.aborted && (await this.#prepare(channel))
    if (!isWanted || !channel.isOpen) {
      void channel.close(0)
      throw new OpenFailed({ reason: 'open-failed', message: this.#why.message, isTransient: true })
    }
    this.#channel = channel
  }

  /** Gives the channel the session; false when it broke over that. */
  async #prepare(channel: Channel): Promise<boolean> {
    const { failure, version } = await this.#options.session.restore(channel)
    if (failure?.reason === 'session-refused') {
      // a new sign-in may still go over it
      this.#options.state({ kind: 'refused', failure })
      return true
    }
    if (failure) {
      this.#why = { ...failure, reason: 'not-sent' }
      return false
    }
    await this.#options.moved(channel)
    if (!channel.isOpen) return false
    this.#isReady = true
    if (this.#wasOpen) this.#options.state({ kind: 'up', version })
    return true
  }

  /** One that breaks before it is in use makes its try fail, and nothing more. */
  #broke(channel: Channel | undefined, failure: LinkFailure): void {
    if (!channel || channel !== this.#channel) return
    this.#channel = undefined
    this.#isReady = false
    this.#why = { reason: 'not-sent', message: failure.message }
    const { backoff } = this.#options
    this.#options.state({ kind: 'down', failure, isFinal: backoff === undefined })
    if (backoff) void this.#replace(backoff)
  }

  /**
   * Goes on until it has a channel, or is closed. The pauses grow, as nobody may need the channel; whoever does need it ends
   * a pause that has lasted as long as the first one.
   */
  async #replace(backoff: Backoff): Promise<void> {
    const replaced = new AbortController()
    const signal = AbortSignal.any([this.#closing.signal, replaced.signal])
    let attempts = 0
    let triedAt = performance.now()
    const attempt = async (): Promise<void> => {
      const number = ++attempts
      this.#options.state({ kind: 'trying', attempt: number })
      try {
        await this.#try(this.#options.openTimeout)
        replaced.abort()
      } catch (error) {
        const failure = openFailure(error)
        this.#why = { reason: 'not-sent', message: failure.message }
        if (!this.#closing.signal.aborted) this.#options.state({ kind: 'tried', attempt: number, failure })
        throw error
      } finally {
        triedAt = performance.now()
      }
    }
    this.#hurry = () => {
      const isTooSoon = performance.now() - triedAt < backoff.initialDelay
      if (!signal.aborted && !this.#trying && !isTooSoon) attempt().catch(() => {})
    }
    // one that somebody hurried is the try of this turn too
    const turn = async (): Promise<void> => this.#trying ?? attempt()
    await pRetry(turn, { ...retryOptions(backoff), retries: Infinity, signal }).catch(() => {})
  }
}

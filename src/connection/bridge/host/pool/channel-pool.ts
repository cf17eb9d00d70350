import type { LinkFailure, PoolCounters, PoolLimits } from '../../link.js'
import { ChannelStore, type Member } from './channel-store.js'
import { ChannelTraffic } from './channel-traffic.js'
import { settlesWithin } from '../deadline.js'
import { GuardedChannels, type PooledChannels } from './guarded-channels.js'
import { loanOf, type Loan } from './loan.js'
import { ABORTED, CLOSED, notEmpty, tooLate, tooMany } from './pool-failures.js'
import { WaitingLine } from './waiting-line.js'

export type { Loan, PooledChannels }

/**
 * Channels that are lent to one user at a time. What is open, lent and idle is kept by generic-pool; who waits, what is
 * opened when, and whether a channel is still good, is decided here.
 */
export class ChannelPool<Each extends object> {
  readonly #limits: PoolLimits
  readonly #channels: GuardedChannels<Each>
  readonly #onChange: (() => void) | undefined
  readonly #store: ChannelStore<Each>
  readonly #traffic: ChannelTraffic<Each>
  readonly #line: WaitingLine<Loan<Each>>
  /** Those that are open, lent or idle. */
  readonly #members = new Map<Each, Member<Each>>()
  #borrowed = 0
  /** Requests to the store whose channel is not yet lent or put back. */
  #requests = 0
  #isBalancing = false
  #isClosed = false
  #closed: Promise<LinkFailure | undefined> | undefined
  #emptied: () => void = () => {}

  constructor(limits: PoolLimits, channels: PooledChannels<Each>, onChange?: () => void) {
    this.#limits = { ...limits, min: Math.min(limits.min, limits.max) }
    this.#channels = new GuardedChannels(channels)
    this.#onChange = onChange
    this.#line = new WaitingLine(
      (timeout) => tooLate(timeout, this.counters()),
      () => this.#changed(),
    )
    this.#traffic = new ChannelTraffic(this.#channels, {
      opened: (channel) => this.#opened(channel),
      failed: (failure) => this.#missed(failure),
      changed: () => this.#changed(),
    })
    this.#store = new ChannelStore(this.#limits, {
      vacancy: () => this.#changed(),
      evicted: (member) => this.#end(member),
    })
    this.#store.start()
  }

  /** Never rejects: a loan, or why there is none. */
  borrow({ timeout, signal }: { timeout?: number; signal?: AbortSignal }): Promise<Loan<Each> | LinkFailure> {
    const { max, maxWaiting, acquireTimeout } = this.#limits
    if (this.#isClosed) return Promise.resolve(CLOSED)
    if (signal?.aborted) return Promise.resolve(ABORTED)
    // those who can have an idle channel, or one that is opened for them, wait for nobody
    if (this.#line.length >= maxWaiting + max - this.#borrowed) return Promise.resolve(tooMany(this.counters()))
    const outcome = this.#line.join({ timeout: Math.min(timeout ?? Infinity, acquireTimeout), signal })
    this.#changed()
    return outcome
  }

  counters(): PoolCounters {
    const { max, min } = this.#limits
    const open = { size: this.#size, idle: this.#idle, borrowed: this.#borrowed, opening: this.#traffic.opening }
    return { ...open, waiting: this.#line.length, max, min }
  }

  /** The channel broke by itself: out of the pool as soon as it is idle, or when it comes back. */
  broke(channel: Each): void {
    const member = this.#members.get(channel)
    if (member?.state === 'borrowed') member.isBroken = true
    else if (member) this.#remove(member)
  }

  /** Takes no new calls, waits for the loans, closes all. What is not back in time is closed under its borrower. */
  close(timeout: number): Promise<LinkFailure | undefined> {
    return (this.#closed ??= this.#shutDown(timeout))
  }

  async #shutDown(timeout: number): Promise<LinkFailure | undefined> {
    this.#isClosed = true
    this.#line.refuseAll(CLOSED)
    const ended = this.#store.end()
    const emptied = new Promise<void>((resolve) => (this.#emptied = resolve))
    for (const member of [...this.#members.values()]) if (member.state === 'idle') this.#remove(member)
    this.#changed()
    const isEmpty = await settlesWithin(emptied, timeout)
    const failure = isEmpty ? undefined : notEmpty(timeout, this.counters(), this.#traffic.closing)
    this.#traffic.abandon()
    for (const member of [...this.#members.values()]) this.#remove(member)
    await ended
    return failure
  }

  get #size(): number {
    return this.#members.size + this.#traffic.opening
  }

  get #idle(): number {
    return this.#members.size - this.#borrowed
  }

  /** Asks the store for what can be lent now, and opens what it has room for and somebody needs. */
  #balance(): void {
    if (this.#isBalancing || this.#isClosed) return
    this.#isBalancing = true
    while (this.#requests < Math.min(this.#line.length, this.#limits.max - this.#borrowed)) this.#request()
    // a close that hangs must not let the sockets grow without end
    while (this.#store.vacancies > this.#traffic.opening && this.#isShort && this.#traffic.closing < this.#limits.max)
      void this.#traffic.open()
    this.#isBalancing = false
  }

  /** Somebody waits whom neither an idle channel nor one on its way can serve, or there are fewer than there should be. */
  get #isShort(): boolean {
    if (this.#line.length > this.#idle + this.#traffic.opening) return true
    return !this.#traffic.isPausing && this.#size < this.#limits.min
  }

  #opened(channel: Each): void {
    if (this.#isClosed) return void this.#traffic.close(channel)
    const member: Member<Each> = { channel, state: 'idle', isFresh: true, isBroken: false, hasLeft: false }
    setImmediate(() => (member.isFresh = false))
    this.#members.set(channel, member)
    this.#store.fill(member)
    this.#changed()
  }

  /** One of those who wait is told, if what is left cannot serve all of them; all of them, if nothing is left. */
  #missed(failure: LinkFailure): void {
    if (this.#size === 0) this.#line.refuseAll(failure)
    else if (this.#line.length > this.#idle + this.#traffic.opening) this.#line.settleFirst(failure)
    this.#changed()
  }

  #request(): void {
    this.#requests += 1
    void this.#store.take().then((member) => {
      const isUsable = this.#check(member)
      if (typeof isUsable === 'boolean') this.#place(member, isUsable)
      else void isUsable.then((verdict) => this.#place(member, verdict))
    })
  }

  #check({ channel, state, isFresh }: Member<Each>): boolean | Promise<boolean> {
    const isNeeded = this.#limits.validate && !isFresh && this.#line.length > 0
    return channel && state === 'idle' && isNeeded ? this.#channels.check(channel) : true
  }

  /** The store has handed it out. Those who asked may have left, and so may the channel. */
  #place(member: Member<Each>, isUsable: boolean): void {
    this.#requests -= 1
    if (member.state === 'gone') this.#store.remove(member)
    else if (!isUsable) this.#remove(member)
    else if (this.#line.length === 0) this.#store.putBack(member)
    else this.#lend(member)
    this.#changed()
  }

  #lend(member: Member<Each>): void {
    member.state = 'borrowed'
    this.#borrowed += 1
    this.#line.settleFirst(loanOf(member.channel as Each, (isDiscarded) => this.#ended(member, isDiscarded)))
  }

  #ended(member: Member<Each>, isDiscarded: boolean): void {
    if (member.state === 'gone') return
    if (isDiscarded || member.isBroken || this.#isClosed) return this.#remove(member)
    member.state = 'idle'
    this.#borrowed -= 1
    this.#store.putBack(member)
    this.#changed()
  }

  #remove(member: Member<Each>): void {
    this.#end(member)
    this.#store.remove(member)
  }

  #end(member: Member<Each>): void {
    if (member.state === 'borrowed') this.#borrowed -= 1
    member.state = 'gone'
    this.#members.delete(member.channel as Each)
    void this.#traffic.close(member.channel as Each)
    this.#changed()
  }

  #changed(): void {
    this.#balance()
    if (this.#isClosed && this.#size + this.#traffic.closing === 0) this.#emptied()
    try {
      this.#onChange?.()
    } catch {
      // whoever watches must not harm those who are served
    }
  }
}

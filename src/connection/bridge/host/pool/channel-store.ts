import { createPool, type Pool } from 'generic-pool'
import type { PoolLimits } from '../../link.js'

/** One channel and how the pool stands to it. */
export interface Member<Each> {
  /** None: generic-pool was given it only so that it comes to an end. */
  readonly channel: Each | undefined
  /** `gone` for the pool, even where generic-pool still has it. */
  state: 'idle' | 'borrowed' | 'gone'
  /** Opened in this very turn of the event loop, so there is nothing to check. */
  isFresh: boolean
  isBroken: boolean
  /** generic-pool has let go of it. */
  hasLeft: boolean
}

export interface StoreEvents<Each> {
  /** There is room, and use, for one more channel. */
  vacancy(): void
  /** Nobody used it for too long. */
  evicted(member: Member<Each>): void
}

/**
 * generic-pool, as far as it can be relied on: it knows what is lent and what is idle, how many there may and should be,
 * and throws out what nobody uses. What goes wrong in it is dealt with here, so that the pool itself need not know.
 */
export class ChannelStore<Each> {
  readonly #pool: Pool<Member<Each>>
  readonly #events: StoreEvents<Each>
  readonly #vacancies: ((member: Member<Each>) => void)[] = []
  readonly #leaving = new Set<Member<Each>>()
  #dropping: NodeJS.Immediate | undefined
  #hasEnded = false

  constructor({ max, min, idleTimeout }: PoolLimits, events: StoreEvents<Each>) {
    this.#events = events
    const factory = {
      create: () => this.#vacancy(),
      destroy: (member: Member<Each>) => this.#letGo(member),
    }
    this.#pool = createPool(factory, {
      max,
      min,
      // otherwise `create` is called before this constructor is through
      autostart: false,
      // trap: a validation that rejects or hangs takes the channel and its borrower with it, so the pool checks by itself
      testOnBorrow: false,
      // the one used last is lent first: with the default every channel is used now and then, and none is ever idle
      fifo: false,
      // trap: this one throws out what `min` wants kept, and makes it anew; the soft one stops at `min`
      idleTimeoutMillis: Infinity,
      // trap: zero means never
      softIdleTimeoutMillis: Math.max(1, idleTimeout),
      evictionRunIntervalMillis: Math.min(Math.max(idleTimeout / 4, 10), 10_000),
      // trap: three at a time by default, however many there are
      numTestsPerEvictionRun: max,
    })
  }

  start(): void {
    this.#pool.start()
  }

  /** How many channels may be opened and filled in. */
  get vacancies(): number {
    return this.#vacancies.length
  }

  fill(member: Member<Each>): void {
    this.#vacancies.shift()?.(member)
  }

  /**
   * trap: a request cannot be taken back, one with a deadline can swallow a channel while it times out, and the limit of
   * those who wait is not kept while anything is idle. So the pool has a line of its own, a request here belongs to nobody,
   * and is to be made only when it can be fulfilled.
   */
  take(): Promise<Member<Each>> {
    return this.#pool.acquire()
  }

  putBack(member: Member<Each>): void {
    void this.#pool.release(member)
  }

  /**
   * Lent or idle, it is not to be taken any more.
   * trap: generic-pool takes in a new resource over several ticks; for one of them it counts it twice, and misses then that
   * `min` is not reached. Between two turns of the event loop its counts are right, so that is when something leaves.
   */
  remove(member: Member<Each>): void {
    if (member.hasLeft) return
    this.#leaving.add(member)
    if (this.#hasEnded) this.#drop()
    else this.#dropping ??= setImmediate(() => this.#drop())
  }

  /** Settles when all that was taken has been removed. */
  async end(): Promise<void> {
    this.#hasEnded = true
    clearImmediate(this.#dropping)
    const drained = this.#pool.drain()
    // trap: draining waits for every request, and clearing for every `create`
    for (const fill of this.#vacancies.splice(0)) fill(nobody())
    this.#drop()
    await drained
    await this.#pool.clear()
  }

  /**
   * trap: a `create` that fails is called again at once, for ever, without a word to those who wait, or never again, if it
   * was called for the sake of `min`. So it does not fail: it stays a vacancy until the pool has a channel for it.
   */
  #vacancy(): Promise<Member<Each>> {
    if (this.#hasEnded) return Promise.resolve(nobody())
    return new Promise((resolve) => {
      this.#vacancies.push(resolve)
      this.#events.vacancy()
    })
  }

  /** trap: what this throws leaves generic-pool half way. The pool closes the channel, in its own time. */
  #letGo(member: Member<Each>): Promise<void> {
    member.hasLeft = true
    this.#leaving.delete(member)
    if (member.state !== 'gone') this.#events.evicted(member)
    return Promise.resolve()
  }

  #drop(): void {
    this.#dropping = undefined
    for (const member of [...this.#leaving]) {
      this.#reach(member)
      if (this.#pool.isBorrowedResource(member)) void this.#pool.destroy(member)
    }
  }

  /** trap: an idle resource cannot be removed, only one that is lent. So those before it are lent too, and come back. */
  #reach(member: Member<Each>): void {
    // what is idle at the end is cleared away by `end`, and nothing may be asked for any more
    if (this.#hasEnded) return
    for (let idle = this.#pool.available; idle > 0 && !this.#pool.isBorrowedResource(member); idle -= 1)
      void this.#pool.acquire().then((other) => {
        if (other.state === 'gone') this.remove(other)
        else this.putBack(other)
      })
  }
}

function nobody<Each>(): Member<Each> {
  return { channel: undefined, state: 'gone', isFresh: false, isBroken: false, hasLeft: false }
}

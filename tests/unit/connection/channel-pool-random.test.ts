import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import assert from 'node:assert/strict'
import type { ChannelPool, Loan } from '../../../src/connection/bridge/host/pool/channel-pool.js'
import { FakeChannels, HANGS, now, poolOf, refuses, type FakeChannel } from './fake-channels.js'

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

const LIMITS = { max: 4, min: 2, idleTimeout: 3000, acquireTimeout: 5000, maxWaiting: 6 }
const STEPS = 10_000

/** A small generator of its own, so that a run can be repeated from the seed in the message of its failure. */
function randomFrom(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return {
    below: (limit: number) => Math.floor(next() * limit),
    oneOf: <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)]!,
  }
}

type Random = ReturnType<typeof randomFrom>

class Run {
  readonly channels = new FakeChannels()
  readonly pool: ChannelPool<FakeChannel> = poolOf(this.channels, LIMITS, () => this.note(() => this.checkCounters()))
  readonly loans: Loan<FakeChannel>[] = []
  /** Those who wait, by order of arrival. */
  readonly waiting = new Map<number, AbortController>()
  readonly outcomes = new Map<string, number>()
  arrived = 0
  /** What was found wrong where the pool, or a promise, would swallow the error. */
  readonly problems: unknown[] = []
  readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  readonly steps: Record<string, () => void | Promise<void>> = {
    borrow: () => this.borrow(),
    'borrow again': () => this.borrow(),
    'give back': () => this.someLoan()?.giveBack(),
    'give back again': () => this.someLoan()?.giveBack(),
    discard: () => this.someLoan()?.discard(),
    abort: () => this.random.oneOf([...this.waiting.values()])?.abort(),
    break: () => {
      const channel = this.random.oneOf([...this.channels.live])
      if (channel) this.pool.broke(channel)
    },
    'opening changes': () => {
      this.channels.whileOpening = this.random.oneOf([atOnce, atOnce, atOnce, () => this.later(), refuses, () => HANGS])
    },
    'checks change': () => {
      this.channels.verdict = this.random.oneOf([yes, yes, yes, no, async () => this.later().then(yes), () => HANGS])
    },
    'closing changes': () => {
      this.channels.whileClosing = this.random.oneOf([atOnce, atOnce, atOnce, () => this.later(), fails, () => HANGS])
    },
    'a few ticks': async () => {
      for (let tick = this.random.below(8); tick > 0; tick -= 1) await Promise.resolve()
    },
    'time passes': () => jest.advanceTimersByTimeAsync(this.random.below(1500)),
    'the turn ends': now,
  }

  borrow(): void {
    const place = (this.arrived += 1)
    const controller = new AbortController()
    this.waiting.set(place, controller)
    const timeout = this.random.oneOf([1, 100, 4000, 10_000])
    void this.pool.borrow({ timeout, signal: controller.signal }).then((outcome) => {
      this.waiting.delete(place)
      if ('reason' in outcome) return this.count(outcome.reason)
      this.count('lent')
      this.note(() => this.checkLoan(outcome, place))
      this.loans.push(outcome)
    })
  }

  checkLoan({ channel }: Loan<FakeChannel>, place: number): void {
    for (const other of this.waiting.keys()) assert(place < other, 'out of turn')
    assert(!this.loans.some((loan) => loan.channel === channel), 'lent twice')
    assert(this.channels.live.has(channel), 'lent a channel that is closed')
  }

  note(check: () => void): void {
    try {
      check()
    } catch (problem) {
      this.problems.push(problem)
    }
  }

  checkCounters(): void {
    const { size, idle, borrowed, opening, waiting } = this.pool.counters()
    assert.equal(size, idle + borrowed + opening)
    assert(Math.min(idle, borrowed, opening, waiting) >= 0)
    assert(size <= LIMITS.max)
    assert(waiting <= LIMITS.max + LIMITS.maxWaiting)
  }

  // node's assert, because that of Jest would take most of the time of some 100,000 checks
  /** What holds when no promise is left to be settled. */
  checkWorld(): void {
    this.checkCounters()
    const { borrowed, waiting } = this.pool.counters()
    assert.equal(borrowed, this.loans.length)
    assert.equal(waiting, this.waiting.size)
    for (const { channel } of this.loans) assert(this.channels.live.has(channel))
  }

  /** All is well again, for long enough. */
  async recover(): Promise<void> {
    this.channels.whileOpening = this.channels.whileClosing = atOnce
    this.channels.verdict = yes
    // longer than the longest deadline, which is that of an open that hangs
    for (let rounds = 0; rounds < 10; rounds += 1) {
      while (this.loans.length > 0) this.someLoan()?.giveBack()
      await jest.advanceTimersByTimeAsync(4000)
    }
    this.checkWorld()
    expect(this.pool.counters()).toMatchObject({ size: LIMITS.min, idle: LIMITS.min, waiting: 0 })
    expect(this.channels.live.size).toBe(LIMITS.min)
  }

  count(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1)
  }

  someLoan(): Loan<FakeChannel> | undefined {
    return this.loans.splice(this.random.below(this.loans.length), 1)[0]
  }

  later(): Promise<unknown> {
    return new Promise((resolve) => {
      setTimeout(resolve, this.random.below(500))
    })
  }
}

const atOnce = () => Promise.resolve()
const fails = () => Promise.reject(new Error('no'))
const yes = () => true
const no = () => false

it.each([1, Date.now()])(`holds its promises in ${STEPS} random steps (seed %i)`, async (seed) => {
  const run = new Run(randomFrom(seed))
  const names = Object.keys(run.steps)
  for (let step = 1; step <= STEPS; step += 1) {
    const name = run.random.oneOf(names)
    try {
      await run.steps[name]!()
      run.checkCounters()
      if (run.problems.length > 0) throw run.problems[0]
      if (step % 10 === 0) {
        await now()
        run.checkWorld()
      }
      if (step % 1000 === 0) await run.recover()
    } catch (error) {
      throw new Error(`seed ${seed}, step ${step}: ${name}`, { cause: error })
    }
  }
  for (const outcome of ['lent', 'aborted', 'pool-exhausted', 'open-failed'])
    expect(run.outcomes.get(outcome)).toBeGreaterThan(50)

  const closed = run.pool.close(1000)
  await now()
  while (run.loans.length > 0) run.someLoan()?.giveBack()
  expect(await closed).toBeUndefined()
  await jest.advanceTimersByTimeAsync(1)
  expect(run.pool.counters()).toMatchObject({ size: 0, idle: 0, borrowed: 0, opening: 0, waiting: 0 })
  expect(run.channels.live.size).toBe(0)
  expect(run.waiting.size).toBe(0)
  expect(jest.getTimerCount()).toBe(0)
  expect(run.problems).toEqual([])
})

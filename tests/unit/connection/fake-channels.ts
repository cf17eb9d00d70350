import { jest } from '@jest/globals'
import { ChannelPool, type Loan, type PooledChannels } from '../../../src/connection/bridge/host/pool/channel-pool.js'
import { OpenFailed } from '../../../src/connection/bridge/host/channels/channel.js'
import type { LinkFailure, PoolLimits } from '../../../src/connection/bridge/link.js'

export interface FakeChannel {
  readonly name: number
}

export const HANGS = new Promise<never>(() => {})

/** Channels that open, check and close as a test says, and are counted. */
export class FakeChannels implements PooledChannels<FakeChannel> {
  readonly opened: FakeChannel[] = []
  readonly checked: FakeChannel[] = []
  readonly closed: FakeChannel[] = []
  readonly live = new Set<FakeChannel>()
  attempts = 0
  /** What happens before a channel is there. */
  whileOpening: () => Promise<unknown> = () => Promise.resolve()
  verdict: (channel: FakeChannel) => boolean | Promise<boolean> = () => true
  whileClosing: () => Promise<unknown> = () => Promise.resolve()

  async open(): Promise<FakeChannel> {
    this.attempts += 1
    await this.whileOpening()
    const channel = { name: this.opened.length }
    this.opened.push(channel)
    this.live.add(channel)
    return channel
  }

  check(channel: FakeChannel): boolean | Promise<boolean> {
    this.checked.push(channel)
    return this.verdict(channel)
  }

  close(channel: FakeChannel): Promise<unknown> {
    if (!this.live.delete(channel)) throw new Error(`${channel.name} was closed twice`)
    this.closed.push(channel)
    return this.whileClosing()
  }
}

const LIMITS: PoolLimits = {
  max: 2,
  min: 0,
  idleTimeout: 60_000,
  acquireTimeout: 30_000,
  maxWaiting: 100,
  validate: true,
}

export function poolOf(channels: FakeChannels, limits: Partial<PoolLimits> = {}, onChange?: () => void) {
  return new ChannelPool({ ...LIMITS, ...limits }, channels, onChange)
}

export type Outcome = Loan<FakeChannel> | LinkFailure

export function loanIn(outcome: Outcome): Loan<FakeChannel> {
  if ('reason' in outcome) throw new Error(`no loan, but: ${outcome.reason}: ${outcome.message}`)
  return outcome
}

export async function lent(outcome: Promise<Outcome>): Promise<Loan<FakeChannel>> {
  return loanIn(await outcome)
}

export const NO_SERVER: LinkFailure = { reason: 'open-failed', message: 'nobody listens' }

export const refuses = () => Promise.reject(new OpenFailed(NO_SERVER))

/** Lets everything happen that needs no time. */
export async function now(): Promise<void> {
  await jest.advanceTimersByTimeAsync(0)
}

/** What `outcome` is by now. */
export async function peek(outcome: Promise<Outcome>): Promise<Outcome | 'waiting'> {
  await now()
  return Promise.race([outcome, Promise.resolve('waiting' as const)])
}

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { OpenFailed } from '../../../src/connection/bridge/host/channels/channel.js'
import { Session } from '../../../src/connection/bridge/host/lanes/session.js'
import { SteadyChannel, type SteadyOptions } from '../../../src/connection/bridge/host/lanes/steady-channel.js'
import type { LinkFailure, LinkReply, LinkState } from '../../../src/connection/bridge/link.js'
import { ACCEPTED, callOf, LOST, REFUSED, ScriptedChannel } from './scripted-channel.js'

const BACKOFF = { limit: 2, initialDelay: 100, backoff: 2, maxDelay: 1000, jitter: false }
const NOBODY: LinkFailure = { reason: 'open-failed', message: 'nobody listens', isTransient: true }

/** A server that a steady channel connects to. */
class Server {
  readonly channels: ScriptedChannel[] = []
  readonly states: LinkState[] = []
  /** The channels that what hung on the old one moved to. */
  readonly moved: ScriptedChannel[] = []
  attempts = 0
  whileOpening: () => Promise<unknown> = () => Promise.resolve()
  prepare: (channel: ScriptedChannel) => void = () => {}
  whileMoving: (channel: ScriptedChannel) => Promise<void> = () => Promise.resolve()
  readonly session = new Session(1000)
  #downs: ((failure: LinkFailure) => void)[] = []

  steady(more: Partial<SteadyOptions> = {}): SteadyChannel {
    return new SteadyChannel({
      connect: async (_timeout, onDown) => {
        this.attempts++
        await this.whileOpening()
        const channel = new ScriptedChannel()
        this.prepare(channel)
        this.channels.push(channel)
        this.#downs.push(onDown)
        return channel
      },
      session: this.session,
      backoff: BACKOFF,
      openTimeout: 5000,
      moved: async (channel) => {
        this.moved.push(channel as ScriptedChannel)
        await this.whileMoving(channel as ScriptedChannel)
      },
      state: (state) => this.states.push(state),
      ...more,
    })
  }

  get last(): ScriptedChannel {
    return this.channels.at(-1)!
  }

  /** The newest channel breaks, or the one of that number. */
  break(number = this.channels.length - 1): void {
    this.channels[number]!.isOpen = false
    this.#downs[number]!(LOST)
  }
}

let server: Server
const pass = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds)
const refuses = (): Promise<never> => Promise.reject(new OpenFailed(NOBODY))

beforeEach(() => {
  jest.useFakeTimers()
  server = new Server()
})

afterEach(() => {
  jest.useRealTimers()
})

describe('opening', () => {
  it('is tried again as often as the back-off says, with its pauses', async () => {
    server.whileOpening = refuses
    const opening = server.steady().open(30_000)
    await pass(0)
    expect(server.attempts).toBe(1)
    await pass(100)
    expect(server.attempts).toBe(2)
    await pass(199)
    expect(server.attempts).toBe(2)
    await pass(1)
    expect(server.attempts).toBe(3)
    expect(await opening).toEqual(NOBODY)
  })

  it('is tried once without a back-off, and after a failure that will not pass', async () => {
    server.whileOpening = refuses
    expect(await server.steady({ backoff: undefined }).open(30_000)).toEqual(NOBODY)
    const lasting: LinkFailure = { reason: 'open-failed', message: 'no such place' }
    server.whileOpening = () => Promise.reject(new OpenFailed(lasting))
    expect(await server.steady().open(30_000)).toEqual(lasting)
    expect(server.attempts).toBe(2)
  })

  it('happens once, however many ask for it, and a call opens it too', async () => {
    const steady = server.steady()
    const opened = Promise.all([steady.open(1000), steady.open(1000)])
    const replies = Promise.all([steady.execute(callOf('one')), steady.execute(callOf('two'))])
    expect(await opened).toEqual([undefined, undefined])
    expect(await replies).toEqual([ACCEPTED, ACCEPTED])
    expect(server.attempts).toBe(1)
    expect(server.last.told).toEqual(['one', 'two'])
  })

  it('may be tried anew after it has failed', async () => {
    const steady = server.steady({ backoff: undefined })
    server.whileOpening = refuses
    expect(await steady.open(1000)).toEqual(NOBODY)
    expect(await steady.execute(callOf('one'))).toEqual({ ok: false, failure: { ...NOBODY, reason: 'not-sent' } })
    server.whileOpening = () => Promise.resolve()
    expect(await steady.execute(callOf('two'))).toBe(ACCEPTED)
  })
})

describe('a channel that breaks', () => {
  it('is replaced, and the new one is told the session before it carries a call', async () => {
    const steady = server.steady()
    await steady.execute(callOf('auth-1', 'auth'))
    await steady.execute(callOf('use-1', 'use'))
    server.break()
    const reply = steady.execute(callOf('later'))
    await pass(0)
    expect(await reply).toBe(ACCEPTED)
    expect(server.channels).toHaveLength(2)
    expect(server.last.told).toEqual(['auth-1', 'use-1', 'later'])
    expect(server.moved.at(-1)).toBe(server.last)
    expect(server.states.map(({ kind }) => kind)).toEqual(['down', 'trying', 'up'])
  })

  it('is tried again at once for a call that comes late in a pause, and the pauses go on if that fails', async () => {
    const steady = server.steady()
    await steady.open(1000)
    server.whileOpening = refuses
    server.break()
    await pass(100 + 200 + 400)
    expect(server.attempts).toBe(1 + 4)
    // the next one is due in 800 ms
    expect(await steady.execute(callOf('too soon'))).toMatchObject({ ok: false, failure: { reason: 'not-sent' } })
    await pass(99)
    expect(await steady.execute(callOf('too soon'))).toMatchObject({ ok: false, failure: { reason: 'not-sent' } })
    expect(server.attempts).toBe(1 + 4)
    await pass(1)
    expect(await steady.execute(callOf('hurried'))).toMatchObject({ ok: false, failure: { reason: 'not-sent' } })
    expect(server.attempts).toBe(1 + 5)
    await pass(700)
    expect(server.attempts).toBe(1 + 6)
    server.whileOpening = () => Promise.resolve()
    await pass(100)
    expect(await Promise.all([steady.execute(callOf('hurried')), steady.execute(callOf('too'))])).toEqual([
      ACCEPTED,
      ACCEPTED,
    ])
    expect(server.attempts).toBe(1 + 7)
    const attempts = server.states.flatMap((state) => (state.kind === 'trying' ? [state.attempt] : []))
    expect(attempts).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(server.states.at(-1)).toMatchObject({ kind: 'up' })
    // nothing goes on behind it
    await pass(5000)
    expect(server.attempts).toBe(1 + 7)
    server.break()
    expect(await steady.execute(callOf('later'))).toBe(ACCEPTED)
    expect(server.attempts).toBe(1 + 8)
  })

  it('is tried again for ever, and those who wait are let go after each try', async () => {
    const steady = server.steady()
    await steady.open(1000)
    let fail: (error: Error) => void = () => {}
    server.whileOpening = () => new Promise((_resolve, reject) => (fail = reject))
    server.break()
    for (let attempt = 1; attempt <= 8; attempt++) {
      const waiting = Promise.all([steady.execute(callOf('one')), steady.execute(callOf('two'))])
      await pass(0)
      fail(new OpenFailed(NOBODY))
      expect(await waiting).toEqual(
        Array(2).fill({ ok: false, failure: expect.objectContaining({ reason: 'not-sent' }) }),
      )
      // between two tries nobody waits
      expect(await steady.execute(callOf('three'))).toMatchObject({ ok: false, failure: { message: 'nobody listens' } })
      await pass(1000)
    }
    expect(server.attempts).toBe(1 + 9)
    expect(server.states.filter(({ kind }) => kind === 'tried')).toHaveLength(8)
  })

  it('is not replaced without a back-off', async () => {
    const steady = server.steady({ backoff: undefined })
    await steady.open(1000)
    server.break()
    expect(server.states).toEqual([{ kind: 'down', failure: LOST, isFinal: true }])
    expect(await steady.execute(callOf('later'))).toMatchObject({ ok: false, failure: { reason: 'not-sent' } })
    await pass(60_000)
    expect(server.attempts).toBe(1)
  })

  it('while the session is told to it, is followed by another one that is told everything', async () => {
    const steady = server.steady()
    await steady.execute(callOf('auth-1', 'auth'))
    await steady.execute(callOf('use-1', 'use'))
    server.prepare = (channel) => {
      const number = server.channels.length
      channel.answer = ({ id }) => {
        if (id !== 'use-1' || number !== 1) return ACCEPTED
        server.break(number)
        return { ok: false, failure: LOST }
      }
    }
    server.break()
    const early = steady.execute(callOf('early'))
    await pass(0)
    expect(await early).toMatchObject({ ok: false, failure: { reason: 'not-sent' } })
    await pass(100)
    expect(await steady.execute(callOf('late'))).toBe(ACCEPTED)
    expect(server.channels.map(({ told }) => told.slice(-3))).toEqual([
      ['auth-1', 'use-1'],
      ['auth-1', 'use-1'],
      ['auth-1', 'use-1', 'late'],
    ])
    expect(server.channels[1]!.closings).toBe(1)
    expect(server.states.map(({ kind }) => kind)).toEqual(['down', 'trying', 'tried', 'trying', 'up'])
  })

  it('while what hung on the old one moves over, is not taken', async () => {
    const steady = server.steady()
    await steady.open(1000)
    server.whileMoving = async (channel) => {
      if (channel === server.channels[1]) server.break(1)
    }
    server.break(0)
    await pass(100)
    expect(server.channels).toHaveLength(3)
    expect(await steady.execute(callOf('late'))).toBe(ACCEPTED)
    expect(server.last.told).toEqual(['late'])
  })

  it('after it was replaced, changes nothing', async () => {
    const steady = server.steady()
    await steady.open(1000)
    server.break(0)
    await pass(0)
    server.break(0)
    await pass(10_000)
    expect(server.channels).toHaveLength(2)
    expect(await steady.execute(callOf('later'))).toBe(ACCEPTED)
  })
})

describe('a session that is refused', () => {
  it('is told once; a new sign-in goes over that channel, and makes it ready', async () => {
    const steady = server.steady()
    await steady.execute(callOf('auth-1', 'auth'))
    server.prepare = (channel) => {
      channel.answer = ({ id }): LinkReply => (id === 'auth-1' ? REFUSED : ACCEPTED)
    }
    server.break()
    await pass(0)
    expect(server.states.map(({ kind }) => kind)).toEqual(['down', 'trying', 'refused'])
    expect(await steady.execute(callOf('call'))).toMatchObject({ failure: { reason: 'session-refused' } })
    expect(server.last.told).not.toContain('call')
    const moves = server.moved.length
    expect(await steady.execute(callOf('auth-2', 'auth'))).toBe(ACCEPTED)
    expect(server.states.at(-1)).toMatchObject({ kind: 'up' })
    expect(server.moved.slice(moves)).toEqual([server.last])
    expect(await steady.execute(callOf('call'))).toBe(ACCEPTED)
    expect(server.channels).toHaveLength(2)
  })
})

describe('a loan', () => {
  it('is the channel itself, with the session on it, and may be given back as often as one likes', async () => {
    server.session.set('use', callOf('use-1', 'use'))
    const steady = server.steady()
    const loan = await steady.borrow(1000)
    if ('reason' in loan) throw new Error(loan.message)
    expect(loan.channel).toBe(server.last)
    expect(server.last.told).toEqual(['use-1'])
    loan.giveBack()
    loan.discard()
    expect(server.last.isOpen).toBe(true)
  })

  it('is refused when there is no channel', async () => {
    server.whileOpening = refuses
    expect(await server.steady({ backoff: undefined }).borrow(1000)).toMatchObject({ reason: 'not-sent' })
  })
})

describe('closing', () => {
  it('ends the tries to replace it', async () => {
    const steady = server.steady()
    await steady.open(1000)
    server.whileOpening = refuses
    server.break()
    await pass(150)
    const { attempts } = server
    const closing = steady.close(1000)
    await pass(60_000)
    expect(await closing).toBeUndefined()
    expect(server.attempts).toBe(attempts)
    expect(await steady.execute(callOf('late'))).toEqual({
      ok: false,
      failure: { reason: 'closed', message: 'the link was closed' },
    })
  })

  it('closes a channel that comes too late', async () => {
    const steady = server.steady()
    await steady.open(1000)
    let come: () => void = () => {}
    server.whileOpening = () => new Promise<void>((resolve) => (come = resolve))
    server.break()
    await pass(0)
    const closing = steady.close(1000)
    come()
    await pass(0)
    expect(await closing).toBeUndefined()
    expect(server.last).toMatchObject({ isOpen: false, closings: 1 })
    await pass(60_000)
    expect(server.channels).toHaveLength(2)
  })
})

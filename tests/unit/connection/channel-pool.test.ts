import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { FakeChannels, HANGS, lent, loanIn, NO_SERVER, now, peek, poolOf, refuses } from './fake-channels.js'

let channels: FakeChannels

beforeEach(() => {
  jest.useFakeTimers()
  channels = new FakeChannels()
})

afterEach(() => {
  jest.useRealTimers()
})

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds)

describe('lending', () => {
  it('never exceeds max', async () => {
    const pool = poolOf(channels, { max: 3 })
    const outcomes = Array.from({ length: 10 }, () => pool.borrow({}))
    await now()
    expect(channels.attempts).toBe(3)
    expect(pool.counters()).toEqual({ size: 3, idle: 0, borrowed: 3, opening: 0, waiting: 7, max: 3, min: 0 })
    for (const outcome of outcomes) (await lent(outcome)).giveBack()
    expect(channels.attempts).toBe(3)
  })

  it('never lends the same channel twice', async () => {
    const pool = poolOf(channels, { max: 3 })
    const first = await Promise.all([1, 2, 3].map(() => lent(pool.borrow({}))))
    expect(new Set(first.map(({ channel }) => channel)).size).toBe(3)
    for (const loan of first) loan.giveBack()
    const second = await Promise.all([1, 2, 3].map(() => lent(pool.borrow({}))))
    expect(new Set(second.map(({ channel }) => channel)).size).toBe(3)
    expect(channels.attempts).toBe(3)
  })

  it('serves those who wait in the order in which they came', async () => {
    const pool = poolOf(channels, { max: 1 })
    const order: number[] = []
    const users = [0, 1, 2, 3, 4].map(async (user) => {
      const loan = await lent(pool.borrow({}))
      order.push(user)
      await pass(1)
      loan.giveBack()
    })
    await Promise.all(users)
    expect(order).toEqual([0, 1, 2, 3, 4])
  })

  it('does not let a newcomer overtake those who wait when a channel comes back', async () => {
    const pool = poolOf(channels, { max: 1 })
    const loan = await lent(pool.borrow({}))
    const first = pool.borrow({})
    loan.giveBack()
    const newcomer = pool.borrow({})
    const served = await lent(first)
    expect(await peek(newcomer)).toBe('waiting')
    served.giveBack()
    await lent(newcomer)
  })

  it('lends the channel used last, so that the others can become idle', async () => {
    const pool = poolOf(channels)
    const [one, two] = await Promise.all([lent(pool.borrow({})), lent(pool.borrow({}))])
    one.giveBack()
    two.giveBack()
    for (let time = 0; time < 3; time += 1) {
      const loan = await lent(pool.borrow({}))
      expect(loan.channel).toBe(two.channel)
      loan.giveBack()
    }
  })

  it('takes a second end of a loan for an error', async () => {
    const pool = poolOf(channels)
    const loan = await lent(pool.borrow({}))
    loan.giveBack()
    expect(() => loan.giveBack()).toThrow('this connection was given back already')
    expect(() => loan.discard()).toThrow('this connection was given back already')
    const again = await lent(pool.borrow({}))
    expect(() => loan.giveBack()).toThrow(Error)
    expect(pool.counters()).toMatchObject({ size: 1, borrowed: 1 })
    again.discard()
    expect(() => again.giveBack()).toThrow(Error)
    expect(pool.counters().size).toBe(0)
  })

  it('closes a channel that is discarded, and opens another one for who waits', async () => {
    const pool = poolOf(channels, { max: 1 })
    const loan = await lent(pool.borrow({}))
    const next = pool.borrow({})
    loan.discard()
    await now()
    expect((await lent(next)).channel).not.toBe(loan.channel)
    expect(channels.closed).toEqual([loan.channel])
  })
})

describe('waiting', () => {
  it('ends at the acquire deadline, with what the pool looks like', async () => {
    const pool = poolOf(channels, { max: 1 })
    const loan = await lent(pool.borrow({}))
    const waiting = pool.borrow({})
    const longer = pool.borrow({ timeout: 60_000 })
    await pass(29_999)
    expect(await peek(waiting)).toBe('waiting')
    await pass(1)
    const message = 'no connection of the pool became free within 30000 ms (1 in use, 2 waiting)'
    expect(await waiting).toEqual({ reason: 'pool-exhausted', message })
    expect(await longer).toMatchObject({ reason: 'pool-exhausted' })
    expect(pool.counters()).toMatchObject({ waiting: 0, borrowed: 1 })
    loan.giveBack()
    await lent(pool.borrow({}))
  })

  it('ends at the deadline of the call, where that is shorter', async () => {
    const pool = poolOf(channels, { max: 1 })
    await lent(pool.borrow({}))
    const waiting = pool.borrow({ timeout: 50 })
    await pass(50)
    expect(await waiting).toMatchObject({ reason: 'pool-exhausted', message: expect.stringContaining('50 ms') })
  })

  it('does not harm the others when one leaves by its deadline in the same tick in which a channel comes back', async () => {
    const pool = poolOf(channels, { max: 1 })
    const loan = await lent(pool.borrow({}))
    setTimeout(() => loan.giveBack(), 50)
    const [first, second] = [pool.borrow({ timeout: 50 }), pool.borrow({})]
    await pass(50)
    const outcomes = [await peek(first), await peek(second)]
    expect(outcomes.filter((outcome) => outcome !== 'waiting' && 'channel' in outcome)).toHaveLength(1)
  })

  it('ends when the caller aborts, and the place in the line is free', async () => {
    const pool = poolOf(channels, { max: 1, maxWaiting: 2 })
    const loan = await lent(pool.borrow({}))
    const controller = new AbortController()
    const aborted = pool.borrow({ signal: controller.signal })
    const stays = pool.borrow({})
    expect(await peek(pool.borrow({}))).toMatchObject({ reason: 'pool-exhausted' })
    controller.abort()
    expect(await aborted).toMatchObject({ reason: 'aborted' })
    expect(pool.counters().waiting).toBe(1)
    const newcomer = pool.borrow({})
    loan.giveBack()
    const next = await lent(stays)
    expect(await peek(newcomer)).toBe('waiting')
    next.giveBack()
    await lent(newcomer)
  })

  it('does not begin when the caller has aborted before', async () => {
    const pool = poolOf(channels)
    expect(await pool.borrow({ signal: AbortSignal.abort() })).toMatchObject({ reason: 'aborted' })
    expect(channels.attempts).toBe(0)
  })

  it('leaves no listener on a signal that outlives the loan', async () => {
    const pool = poolOf(channels)
    const { signal } = new AbortController()
    const remove = jest.spyOn(signal, 'removeEventListener')
    const add = jest.spyOn(signal, 'addEventListener')
    ;(await lent(pool.borrow({ signal }))).giveBack()
    expect(remove.mock.calls).toEqual(add.mock.calls)
  })

  it('is refused at once when as many as may wait already do', async () => {
    const pool = poolOf(channels, { max: 1, maxWaiting: 2 })
    const loan = await lent(pool.borrow({}))
    const waiting = [pool.borrow({}), pool.borrow({})]
    const message = 'no connection of the pool is free, and no more calls may wait for one (1 in use, 2 waiting)'
    expect(await peek(pool.borrow({}))).toEqual({ reason: 'pool-exhausted', message })
    loan.giveBack()
    for (const outcome of waiting) (await lent(outcome)).giveBack()
  })

  it('does not count those for whom there is room', async () => {
    const pool = poolOf(channels, { max: 2, maxWaiting: 0 })
    const outcomes = [pool.borrow({}), pool.borrow({}), pool.borrow({})]
    expect(loanIn(await outcomes[0]!)).toBeDefined()
    expect(loanIn(await outcomes[1]!)).toBeDefined()
    expect(await outcomes[2]).toMatchObject({ reason: 'pool-exhausted' })
  })
})

describe('opening', () => {
  it('gives a channel whose waiter has left to the next one', async () => {
    channels.whileOpening = () => pass100()
    const pool = poolOf(channels, { max: 1 })
    const controller = new AbortController()
    const left = pool.borrow({ signal: controller.signal })
    const next = pool.borrow({})
    controller.abort()
    expect(await left).toMatchObject({ reason: 'aborted' })
    await pass(100)
    await lent(next)
    expect(channels.attempts).toBe(1)
  })

  it('keeps a channel whose waiter has left, when nobody else waits', async () => {
    channels.whileOpening = () => pass100()
    const pool = poolOf(channels)
    const late = pool.borrow({ timeout: 50 })
    await pass(100)
    expect(await late).toMatchObject({ reason: 'pool-exhausted' })
    expect(pool.counters()).toMatchObject({ size: 1, idle: 1 })
    await lent(pool.borrow({}))
    expect(channels.attempts).toBe(1)
  })

  it('tells all who wait that it failed, when nothing else could serve them', async () => {
    channels.whileOpening = refuses
    const pool = poolOf(channels, { max: 1 })
    const outcomes = [pool.borrow({}), pool.borrow({}), pool.borrow({})]
    expect(await Promise.all(outcomes)).toEqual([NO_SERVER, NO_SERVER, NO_SERVER])
    expect(channels.attempts).toBeLessThanOrEqual(3)
    expect(pool.counters()).toMatchObject({ size: 0, waiting: 0 })
  })

  it('tells the one who waits longest that it failed, when others can still be served', async () => {
    const pool = poolOf(channels, { max: 2 })
    const loan = await lent(pool.borrow({}))
    channels.whileOpening = async () => {
      channels.whileOpening = () => HANGS
      return refuses()
    }
    const [first, second] = [pool.borrow({}), pool.borrow({})]
    expect(await peek(first)).toEqual(NO_SERVER)
    expect(await peek(second)).toBe('waiting')
    loan.giveBack()
    await lent(second)
  })

  it('refuses nobody for a failure that takes nothing from them', async () => {
    let attempt = 0
    channels.whileOpening = () => ((attempt += 1) === 1 ? pass100() : refuses())
    const pool = poolOf(channels, { max: 5, min: 3 })
    const served = pool.borrow({})
    expect(await peek(served)).toBe('waiting')
    await pass(100)
    await lent(served)
  })

  it('turns a plain error, thrown or rejected, into a failure', async () => {
    const pool = poolOf(channels)
    channels.whileOpening = () => Promise.reject(new TypeError('broken'))
    expect(await pool.borrow({})).toEqual({ reason: 'open-failed', message: 'broken' })
    jest.spyOn(channels, 'open').mockImplementation(() => {
      throw new Error('at once')
    })
    expect(await pool.borrow({})).toEqual({ reason: 'open-failed', message: 'at once' })
  })

  it('does not try in a tight loop while nobody could be served', async () => {
    channels.whileOpening = refuses
    const pool = poolOf(channels, { max: 2 })
    await pool.borrow({})
    await pass(60_000)
    expect(channels.attempts).toBe(1)
  })

  it('gives up on an open that hangs, and has its place for another', async () => {
    let arrive = () => {}
    channels.whileOpening = () => new Promise<void>((resolve) => (arrive = resolve))
    const pool = poolOf(channels, { max: 1, acquireTimeout: 40_000 })
    const hung = pool.borrow({})
    await pass(29_999)
    expect(await peek(hung)).toBe('waiting')
    expect(pool.counters()).toMatchObject({ size: 1, opening: 1 })
    await pass(1)
    expect(await hung).toEqual({ reason: 'open-failed', message: 'the connection did not open within 30000 ms' })
    expect(pool.counters().size).toBe(0)
    const arriveLate = arrive
    channels.whileOpening = () => Promise.resolve()
    await lent(pool.borrow({}))
    arriveLate()
    await now()
    expect(channels.closed).toEqual([{ name: 1 }])
    expect(pool.counters()).toMatchObject({ size: 1, borrowed: 1 })
  })
})

describe('checks', () => {
  const verdicts: [string, () => boolean | Promise<boolean>][] = [
    ['says no', () => false],
    ['says no later', () => Promise.resolve(false)],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['hangs', () => HANGS],
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
  ]

  it.each(verdicts)('closes a channel whose check %s, and tries another one', async (_, verdict) => {
    const pool = poolOf(channels, { max: 2 })
    const loans = [await lent(pool.borrow({})), await lent(pool.borrow({}))]
    for (const { giveBack } of loans) giveBack()
    await now()
    channels.verdict = ({ name }) => name === 0 || verdict()
    const next = pool.borrow({})
    await pass(2000)
    expect((await lent(next)).channel.name).toBe(0)
    expect(channels.closed).toEqual([{ name: 1 }])
    expect(pool.counters()).toMatchObject({ size: 1, borrowed: 1 })
  })

  it.each(verdicts)('do not let the pool grow when each of them %s', async (_, verdict) => {
    const pool = poolOf(channels, { max: 2 })
    channels.verdict = verdict
    for (let round = 0; round < 20; round += 1) {
      const outcomes = [1, 2, 3, 4].map(() => pool.borrow({}))
      for (const outcome of outcomes) {
        await pass(2000)
        expect(channels.live.size).toBeLessThanOrEqual(2)
        expect(pool.counters().size).toBeLessThanOrEqual(2)
        ;(await lent(outcome)).giveBack()
        await now()
      }
    }
    expect(await pool.close(1000)).toBeUndefined()
    expect(channels.live.size).toBe(0)
  })

  it('do not let the sockets grow when each of them fails and no close ends', async () => {
    const pool = poolOf(channels, { max: 2 })
    channels.verdict = () => false
    channels.whileClosing = () => HANGS
    for (let round = 0; round < 10; round += 1) {
      const outcome = pool.borrow({})
      if ((await peek(outcome)) === 'waiting') break
      ;(await lent(outcome)).giveBack()
      await now()
    }
    expect(channels.opened).toHaveLength(2)
    expect(pool.counters()).toMatchObject({ size: 0, waiting: 1 })
    await pass(5000)
    expect(channels.opened).toHaveLength(3)
    expect(pool.counters()).toMatchObject({ borrowed: 1, waiting: 0 })
  })

  it('are not made of what was opened this very moment', async () => {
    channels.verdict = () => false
    await lent(poolOf(channels).borrow({}))
    expect(channels.checked).toEqual([])
  })

  it('are made of what was opened ahead', async () => {
    const pool = poolOf(channels, { min: 1 })
    await now()
    await lent(pool.borrow({}))
    expect(channels.checked).toEqual([{ name: 0 }])
  })

  it('are not made at all without `validate`', async () => {
    const pool = poolOf(channels, { validate: false })
    ;(await lent(pool.borrow({}))).giveBack()
    await now()
    channels.verdict = () => false
    await lent(pool.borrow({}))
    expect(channels.checked).toEqual([])
  })

  it('keep the order of those who wait', async () => {
    const pool = poolOf(channels, { max: 2, maxWaiting: 10 })
    const loans = [await lent(pool.borrow({})), await lent(pool.borrow({}))]
    for (const { giveBack } of loans) giveBack()
    await now()
    channels.verdict = ({ name }) => (name === 1 ? HANGS : true)
    const [first, second] = [pool.borrow({}), pool.borrow({})]
    expect((await lent(first)).channel.name).toBe(0)
    await pass(2001)
    expect((await lent(second)).channel.name).toBe(2)
  })

  it('give the channel back when its waiter leaves meanwhile', async () => {
    const pool = poolOf(channels, { max: 1 })
    ;(await lent(pool.borrow({}))).giveBack()
    await now()
    channels.verdict = () => pass100().then(() => true)
    const controller = new AbortController()
    const left = pool.borrow({ signal: controller.signal })
    await now()
    controller.abort()
    expect(await left).toMatchObject({ reason: 'aborted' })
    await pass(100)
    expect(pool.counters()).toMatchObject({ size: 1, idle: 1, waiting: 0 })
    channels.verdict = () => true
    await lent(pool.borrow({}))
  })
})

describe('channels that break by themselves', () => {
  it('are out of the pool at once when idle', async () => {
    const pool = poolOf(channels, { max: 3 })
    const loans = [await lent(pool.borrow({})), await lent(pool.borrow({})), await lent(pool.borrow({}))]
    for (const { giveBack } of loans) giveBack()
    pool.broke(loans[0]!.channel)
    expect(pool.counters()).toMatchObject({ size: 2, idle: 2 })
    expect(channels.closed).toEqual([{ name: 0 }])
    await now()
    const outcomes = [pool.borrow({}), pool.borrow({}), pool.borrow({})]
    const names = (await Promise.all(outcomes.map(lent))).map(({ channel }) => channel.name)
    expect(names.sort()).toEqual([1, 2, 3])
  })

  it('are out of the pool when they come back, if they are lent', async () => {
    const pool = poolOf(channels, { max: 1 })
    const loan = await lent(pool.borrow({}))
    const next = pool.borrow({})
    pool.broke(loan.channel)
    expect(pool.counters()).toMatchObject({ size: 1, borrowed: 1 })
    loan.giveBack()
    await now()
    expect((await lent(next)).channel.name).toBe(1)
    expect(channels.closed).toEqual([{ name: 0 }])
  })

  it('are not lent when they break on the way to their borrower', async () => {
    const pool = poolOf(channels, { max: 1 })
    const { channel, giveBack } = await lent(pool.borrow({}))
    giveBack()
    const next = pool.borrow({})
    pool.broke(channel)
    await now()
    expect((await lent(next)).channel.name).toBe(1)
  })

  it('are not lent when they break during their check', async () => {
    const pool = poolOf(channels, { max: 1 })
    const { channel, giveBack } = await lent(pool.borrow({}))
    giveBack()
    await now()
    channels.verdict = () => pass100().then(() => true)
    const next = pool.borrow({})
    await now()
    pool.broke(channel)
    await pass(100)
    expect((await lent(next)).channel.name).toBe(1)
    expect(pool.counters()).toMatchObject({ size: 1, borrowed: 1 })
  })

  it('mean nothing when the pool does not have them', () => {
    poolOf(channels).broke({ name: 7 })
  })
})

describe('min', () => {
  it('is opened ahead, and kept', async () => {
    const pool = poolOf(channels, { max: 4, min: 2 })
    await now()
    expect(pool.counters()).toMatchObject({ size: 2, idle: 2 })
    ;(await lent(pool.borrow({}))).discard()
    pool.broke({ name: 0 })
    await now()
    expect(pool.counters()).toMatchObject({ size: 2, idle: 2 })
    for (const channel of channels.live) pool.broke(channel)
    await now()
    expect(pool.counters()).toMatchObject({ size: 2, idle: 2 })
    expect(channels.opened).toHaveLength(5)
  })

  it('is kept when one is discarded in the very tick in which another one opens', async () => {
    for (let ticks = 0; ticks < 20; ticks += 1) {
      const supply = new FakeChannels()
      const pool = poolOf(supply, { max: 3, min: 3 })
      await now()
      const [loan, other] = [await lent(pool.borrow({})), await lent(pool.borrow({}))]
      let open = () => {}
      supply.whileOpening = () => new Promise<void>((resolve) => (open = resolve))
      loan.discard()
      await now()
      supply.whileOpening = () => Promise.resolve()
      open()
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve()
      other.discard()
      await now()
      expect(pool.counters()).toMatchObject({ size: 3, idle: 3, opening: 0 })
    }
  })

  it('is tried again after pauses that double, when opening fails', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(1)
    channels.whileOpening = refuses
    const pool = poolOf(channels, { max: 4, min: 2 })
    const attempts: number[] = []
    for (const pause of [0, 250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      await pass(pause)
      attempts.push(channels.attempts)
    }
    expect(attempts).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20])
    channels.whileOpening = () => Promise.resolve()
    await pass(30_000)
    expect(pool.counters()).toMatchObject({ size: 2, idle: 2 })
    jest.mocked(Math.random).mockRestore()
  })

  it('does not make a call wait for that pause', async () => {
    channels.whileOpening = refuses
    const pool = poolOf(channels, { max: 4, min: 2 })
    await pass(100_000)
    channels.whileOpening = () => Promise.resolve()
    const outcome = pool.borrow({})
    await now()
    await lent(outcome)
    await now()
    expect(pool.counters()).toMatchObject({ size: 2, borrowed: 1, idle: 1 })
  })

  it('is what is left when nobody uses the rest for long enough', async () => {
    const pool = poolOf(channels, { max: 5, min: 2, idleTimeout: 1000 })
    const outcomes = [1, 2, 3, 4, 5].map(() => pool.borrow({}))
    for (const outcome of outcomes) (await lent(outcome)).giveBack()
    await pass(900)
    expect(pool.counters()).toMatchObject({ size: 5, idle: 5 })
    await pass(2000)
    expect(pool.counters()).toMatchObject({ size: 2, idle: 2 })
    expect(channels.live.size).toBe(2)
    await pass(100_000)
    expect(channels.attempts).toBe(5)
  })

  it('lets a channel in use alone, however long', async () => {
    const pool = poolOf(channels, { idleTimeout: 1000 })
    const loan = await lent(pool.borrow({}))
    await pass(100_000)
    expect(pool.counters()).toMatchObject({ size: 1, borrowed: 1 })
    loan.giveBack()
    await pass(2000)
    expect(pool.counters().size).toBe(0)
  })
})

describe('close', () => {
  it('refuses those who wait, and those who come', async () => {
    const pool = poolOf(channels, { max: 1 })
    const loan = await lent(pool.borrow({}))
    const waiting = [pool.borrow({}), pool.borrow({})]
    const closed = pool.close(1000)
    for (const outcome of [...waiting, pool.borrow({})]) expect(await outcome).toMatchObject({ reason: 'closed' })
    loan.giveBack()
    expect(await closed).toBeUndefined()
  })

  it('waits for loans, then closes all', async () => {
    const pool = poolOf(channels, { max: 3, min: 2 })
    const loan = await lent(pool.borrow({}))
    const closed = jest.fn()
    void pool.close(1000).then(closed)
    await pass(500)
    expect(closed).not.toHaveBeenCalled()
    loan.giveBack()
    await now()
    expect(closed).toHaveBeenCalledWith(undefined)
    expect(channels.live.size).toBe(0)
    expect(pool.counters()).toEqual({ size: 0, idle: 0, borrowed: 0, opening: 0, waiting: 0, max: 3, min: 2 })
  })

  it('closes what is not back in time under its borrower, and says so', async () => {
    const pool = poolOf(channels)
    const loan = await lent(pool.borrow({}))
    const closed = pool.close(1000)
    await pass(1000)
    const message = 'the pool was not empty after 1000 ms (1 in use, 0 opening, 0 closing)'
    expect(await closed).toEqual({ reason: 'timeout', message })
    expect(pool.counters().size).toBe(0)
    loan.giveBack()
    expect(channels.closed).toEqual([loan.channel])
    expect(pool.counters().size).toBe(0)
  })

  it('closes a channel that opens meanwhile', async () => {
    channels.whileOpening = () => pass100()
    const pool = poolOf(channels)
    const outcome = pool.borrow({})
    const closed = pool.close(1000)
    expect(await outcome).toMatchObject({ reason: 'closed' })
    await pass(100)
    expect(await closed).toBeUndefined()
    expect(channels.closed).toHaveLength(1)
  })

  it('does not wait for ever for one that does not open, and closes it when it does', async () => {
    channels.whileOpening = () => pass100()
    const pool = poolOf(channels, { min: 1 })
    const closed = pool.close(10)
    await pass(10)
    expect(await closed).toMatchObject({ reason: 'timeout' })
    expect(pool.counters().size).toBe(0)
    await pass(90)
    expect(channels.live.size).toBe(0)
  })

  it('ends while a check is under way', async () => {
    const pool = poolOf(channels)
    ;(await lent(pool.borrow({}))).giveBack()
    await now()
    channels.verdict = () => HANGS
    const outcome = pool.borrow({})
    await now()
    expect(await pool.close(100)).toBeUndefined()
    expect(await outcome).toMatchObject({ reason: 'closed' })
    await pass(2000)
    expect(channels.closed).toHaveLength(1)
  })

  it('ends, whatever requests those have left behind who are gone', async () => {
    channels.whileOpening = refuses
    const pool = poolOf(channels, { max: 2, min: 1 })
    await Promise.all([pool.borrow({}), pool.borrow({}), pool.borrow({})])
    expect(await pool.close(100)).toBeUndefined()
    expect(jest.getTimerCount()).toBe(0)
  })

  it('is done once, however often it is called', async () => {
    const pool = poolOf(channels)
    ;(await lent(pool.borrow({}))).giveBack()
    expect(await Promise.all([pool.close(1000), pool.close(1000)])).toEqual([undefined, undefined])
    expect(await pool.close(1000)).toBeUndefined()
    expect(channels.closed).toHaveLength(1)
  })

  it('leaves no timer behind', async () => {
    const pool = poolOf(channels, { min: 2 })
    const loan = await lent(pool.borrow({}))
    loan.giveBack()
    await pool.close(1000)
    await now()
    expect(jest.getTimerCount()).toBe(0)
  })
})

describe('what goes wrong outside', () => {
  const ends: [string, () => Promise<unknown>][] = [
    ['rejects', () => Promise.reject(new Error('no'))],
    ['hangs', () => HANGS],
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
  ]

  it.each(ends)('a close that %s leaves no channel behind in the counters', async (_, whileClosing) => {
    channels.whileClosing = whileClosing
    const pool = poolOf(channels, { max: 2 })
    for (let round = 0; round < 4; round += 1) {
      const outcome = pool.borrow({})
      await pass(5000)
      ;(await lent(outcome)).discard()
      expect(pool.counters().size).toBe(0)
    }
    const closed = pool.close(6000)
    await pass(5000)
    expect(await closed).toBeUndefined()
  })

  it('a listener that throws harms nobody', async () => {
    const onChange = jest.fn(() => {
      throw new Error('no')
    })
    const pool = poolOf(channels, { max: 1, min: 1, idleTimeout: 100 }, onChange)
    const loan = await lent(pool.borrow({}))
    const next = pool.borrow({})
    loan.giveBack()
    ;(await lent(next)).discard()
    await pass(1000)
    expect(await pool.close(1000)).toBeUndefined()
    expect(onChange).toHaveBeenCalled()
  })

  it('a listener sees counters that add up, each time', async () => {
    const seen = new Set<string>()
    const onChange = () => {
      const { size, idle, borrowed, opening } = pool.counters()
      seen.add(`${size} = ${idle} + ${borrowed} + ${opening}`)
    }
    const pool = poolOf(channels, { max: 1 }, onChange)
    ;(await lent(pool.borrow({}))).giveBack()
    expect([...seen].sort()).toEqual(['0 = 0 + 0 + 0', '1 = 0 + 0 + 1', '1 = 0 + 1 + 0', '1 = 1 + 0 + 0'])
  })
})

function pass100(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 100)
  })
}
